/**
 * The event id of a row that has none: a digest of what the event says and of the row's cursor value. The same row
 * gets the same id from any source, on any stage and in any run, so that sending it again cannot count again.
 */

import { decodeEvent } from '../events/decode/decode-event.ts';
import type { Destination } from '../events/destination.ts';
import type { Event } from '../events/event.ts';
import { sha256 } from '../privacy/sha256.ts';
import { canonicalJson } from '../schema/canonical-json.ts';
import type { RowEvent } from './fit-event.ts';

/** Without defaults: the id must not depend on the settings of a destination. */
const neutral: Destination = { pixelCode: 'none', eventSource: 'web' };

/** The event in canonical form, where that needs no defaults of a destination; otherwise unchanged. */
export function canonicalEvent(event: Readonly<RowEvent>, nowMs: number): Event | Readonly<RowEvent> {
  const { destination = 'default' } = event;
  const context = { receivedAtMs: nowMs, destinations: { [String(destination)]: neutral } };
  // Strict: an omission would give rows with different values one id.
  const parsed = decodeEvent(event, context, 'strict');
  return parsed.ok ? parsed.event : event;
}

export interface RowIdentifier {
  /** The id for an event of a row. */
  idOf(event: Readonly<RowEvent>, cursor: string | null | undefined): string;
}

/** Equal rows are counted: the second gets an id of its own, and the same one in the next run. */
export function createRowIdentifier(now: () => number): RowIdentifier {
  /** By the first 64 bits of the digest: of a million rows, two are alike with a chance of 1 in 37 million. */
  const seen = new Map<bigint, number>();
  let group: string | null | undefined;
  return {
    idOf: (event, cursor) => {
      // The cursor is part of the digest, so rows of another value are never equal: only memory is saved.
      if (cursor !== group) seen.clear();
      group = cursor;
      const digest = sha256(sortedText([canonicalEvent(event, now()), cursor ?? null]));
      const key = BigInt(`0x${digest.slice(0, 16)}`);
      const copy = seen.get(key) ?? 0;
      seen.set(key, copy + 1);
      return `sync-${digest.slice(0, 40)}${copy === 0 ? '' : `-${copy}`}`;
    },
  };
}

/** Canonical JSON in which a number and its text are one: sources differ in nothing else. */
export function sortedText(value: unknown): string {
  // One call for a whole row takes about half the time of one for each of its cells.
  const copy = sortedCopy(value);
  if (copy !== undefined) return JSON.stringify(copy);
  return canonicalJson(value, (scalar) => JSON.stringify(String(scalar)));
}

/** @returns the value with sorted keys and texts only; undefined for keys that an object would put into another order */
function sortedCopy(value: unknown): unknown {
  if (Array.isArray(value)) {
    const list = value.map(sortedCopy);
    return list.includes(undefined) ? undefined : list;
  }
  if (typeof value !== 'object' || value === null) return String(value);
  const object = value as Readonly<Record<string, unknown>>;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(object).sort()) {
    const entry = hasOwnPlace(key) ? sortedCopy(object[key]) : undefined;
    if (entry === undefined) return undefined;
    copy[key] = entry;
  }
  return copy;
}

/** Keys such as `10` come first in an object, in the order of their numbers, and `__proto__` is none. */
const hasOwnPlace = (key: string): boolean => !/^[0-9]/.test(key) && key !== '__proto__';
