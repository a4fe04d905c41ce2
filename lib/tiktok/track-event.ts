/** One event in the shape of TikTok's Events API 2.0 (reference id 1771101303285761), as the table of fields says. */
import type { EventSource } from '../events/destination.ts';
import type { IdentifiedEvent } from '../events/event.ts';
import type { Field, FieldTable } from '../events/fields/field.ts';
import { fields } from '../events/fields/table.ts';
import { forEachSource, isTakenBy } from '../events/match-keys.ts';
import { phoneCountry } from '../privacy/country.ts';
import { lazily } from '../schema/lazy/lazily.ts';
import { type Convert, conversionOf, mergeLists } from './sent-value.ts';

type Values = Record<string, unknown>;

/** The event's own fields, TikTok's objects, and the caller's own properties. */
interface Parts {
  event: Values;
  user: Values | undefined;
  properties: Values | undefined;
  page: Values | undefined;
  spread: Values | undefined;
}

export type TrackEvent = Readonly<Values> & {
  readonly [Name in 'user' | 'properties' | 'page']?: Readonly<Values> | undefined;
};

/**
 * Nothing empty is sent, numbers are numbers, ids are text, and fields that the source does not accept are dropped.
 * `event_id` is sent for every source, also for apps: without it, a repeat would count twice.
 * @param country upper-case default for events that name none; decides how a zip code is normalized
 * @returns an object for JSON.stringify, which leaves out what is undefined
 */
export type ToTrackEvent = (
  event: IdentifiedEvent,
  source: EventSource,
  country: string | undefined,
) => TrackEvent;

/** Computes the plan of an event source from the table on its first event, so that an event only looks up its fields. */
export function createTrackEvents(table: FieldTable): ToTrackEvent {
  const plans = forEachSource((source) => lazily(() => planFor(source, table)));
  return (event, source, country) => {
    const parts = toParts(event, plans[source](), phoneCountry(event.country, country));
    const { user, page, spread } = parts;
    if (parts.properties !== undefined) deriveContentIds(parts.properties);
    return { ...parts.event, user, properties: withSpread(parts.properties, spread), page };
  };
}

export const toTrackEvent: ToTrackEvent = createTrackEvents(fields);

/** How one field of an event is sent. */
interface Step {
  readonly to: keyof Parts;
  readonly as: string;
  /** Undefined for a value that leaves as it is. */
  readonly convert: Convert | undefined;
  /** Another field has the same name at TikTok, such as `email` and `hashed_email`. */
  readonly isShared: boolean;
}

type Plan = ReadonlyMap<string, Step>;

function toParts(event: Readonly<Values>, plan: Plan, country: string | undefined): Parts {
  const parts: Parts = {
    event: {},
    user: undefined,
    properties: undefined,
    page: undefined,
    spread: undefined,
  };
  for (const name in event) {
    const step = plan.get(name);
    const value = event[name];
    if (step === undefined || value === undefined) continue;
    const sent = step.convert === undefined ? value : step.convert(value, country);
    if (sent !== undefined) put(sent, step, parts);
  }
  return parts;
}

function put(sent: unknown, { to, as, isShared }: Step, parts: Parts): void {
  const part = parts[to] ?? {};
  parts[to] = part;
  part[as] = isShared && part[as] !== undefined ? mergeLists(part[as], sent) : sent;
}

/** Computed once for each source, not for every event. */
function planFor(source: EventSource, table: FieldTable): Plan {
  const rows = Object.entries(table).filter(([, row]) => isTakenBy(source, row));
  const rowsByTarget = Map.groupBy(rows, ([name, row]) => targetOf(name, row));
  const steps = rows.flatMap(([name, row]): [string, Step][] => {
    // Fields of a product are in `contents` by now; those of the call are not part of the event.
    if (row.to === 'contents' || row.to === 'call') return [];
    const { to, as = name, isSpread } = row;
    const isShared = rowsByTarget.get(targetOf(name, row))?.length !== 1;
    return [[name, { to: isSpread ? 'spread' : to, as, convert: conversionOf(row), isShared }]];
  });
  return new Map(steps);
}

function targetOf(name: string, { to, as = name }: Field): string {
  return `${to}.${as}`;
}

/** TikTok's catalog ads look for the ids of `contents` in `content_ids`, too (TikTok help: standard events). */
function deriveContentIds(properties: Values): void {
  if (!Array.isArray(properties.contents) || properties.content_ids !== undefined) return;
  const ids = new Set<unknown>();
  for (const { content_id } of properties.contents) if (content_id !== undefined) ids.add(content_id);
  if (ids.size > 0) properties.content_ids = [...ids];
}

/** Named fields win over the caller's own properties of the same name. */
const withSpread = (named: Values | undefined, spread: Values | undefined): Values | undefined =>
  spread === undefined ? named : Object.assign({}, ...Object.values(spread), named);
