/**
 * Leaves out of an event each field, or part of one, that the event schema would refuse: a mistake in a product's
 * quantity must not cost the order. The schema itself is asked, so that the two cannot come to differ.
 */

import type { Reader, Reading } from '../events/fields/reading.ts';
import { type FieldName, fields } from '../events/fields/table.ts';
import { isPayload } from '../payload/values.ts';
import type { Omission } from './webhook-outcome.ts';

/** Without these it would be another event: a wrong one is told as `invalid_event`. */
const essential: ReadonlySet<string> = new Set(['event_name', 'test_event_code', 'destination']);

/** As many as a list may hold (lib/events/fields/table.ts): products, and identifiers of a person. */
const maxItems = { contents: 200, content_ids: 200 } as const;
const maxIdentifiers = 10;

const maxOf = (name: string): number =>
  name === 'contents' || name === 'content_ids' ? maxItems[name] : maxIdentifiers;

/**
 * Cuts each list to what the event may have, before anything looks at its entries: a webhook of 1 MiB has room for
 * 60,000 phone numbers. Changes `event`. @returns the fields that were cut
 */
export function cutLists(event: Record<string, unknown>): Omission[] {
  const cut: Omission[] = [];
  for (const [name, value] of Object.entries(event)) {
    if (!Array.isArray(value) || value.length <= maxOf(name)) continue;
    event[name] = value.slice(0, maxOf(name));
    if (isFieldName(name)) cut.push(name);
  }
  return cut;
}

/** Changes `event`. @returns the fields of which something was left out */
export function keepUsable(event: Record<string, unknown>, nowMs: number): Omission[] {
  const omitted: Omission[] = [];
  for (const [name, value] of Object.entries(event)) {
    if (value === undefined || value === null || essential.has(name)) continue;
    if (!isFieldName(name)) omitted.push('unknown_field');
    else if (isUsable(name, value, nowMs)) continue;
    else omitted.push(name);
    const kept = isFieldName(name) ? usablePart(name, value, nowMs) : undefined;
    if (kept === undefined) delete event[name];
    else event[name] = kept;
  }
  return omitted;
}

const isFieldName = (name: string): name is FieldName => Object.hasOwn(fields, name);

function isUsable(name: FieldName, value: unknown, nowMs: number): boolean {
  const { schema, read } = fields[name];
  const shaped = schema().safeParse(value);
  if (!shaped.success) return false;
  let isRefused = false;
  const reading: Reading = {
    receivedAtMs: nowMs,
    country: undefined,
    // Without its time an old event would pass for a new one.
    reject: (code) => {
      if (code !== 'too_old') isRefused = true;
      return undefined;
    },
    warn: () => undefined,
  };
  (read as Reader<unknown>)(shaped.data, reading, name);
  return !isRefused;
}

/** What is left of a list or an object without its wrong entries; undefined when that is nothing. */
function usablePart(name: FieldName, value: unknown, nowMs: number): unknown {
  // What limits the use of data is not left out because it was written wrongly.
  if (name === 'limited_data_use') return true;
  const kept = Array.isArray(value)
    ? usableItems(name, value, nowMs)
    : isPayload(value)
      ? usableEntries(value, (entry) => isUsable(name, entry, nowMs))
      : undefined;
  return kept !== undefined && isUsable(name, kept, nowMs) ? kept : undefined;
}

function usableItems(name: FieldName, list: readonly unknown[], nowMs: number): unknown[] {
  const isItem = (item: unknown): boolean => isUsable(name, [item], nowMs);
  return list
    .map((item) => (isPayload(item) && !isItem(item) ? usableEntries(item, isItem) : item))
    .filter((item) => item !== undefined && isItem(item));
}

function usableEntries(object: object, isEntry: (entry: object) => boolean): object | undefined {
  const entries = Object.entries(object).filter(([key, value]) => isEntry({ [key]: value }));
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
