/** Compares what the gateway delivered with what TikTok counted, by UTC day and event. Pure. */
import { pixelEventType } from '../../lib/tiktok/pixel-event-types.ts';

/** Server events that one side counted. */
export interface OwnCount {
  /** UTC day. */
  readonly day: string;
  /** As the journal has it: `custom` for every name that neither TikTok nor the stage file knows. */
  readonly name: string;
  readonly events: number;
}

export interface TikTokCount {
  readonly day: string;
  /** A type such as `SHOPPING`, or the name of a custom event. */
  readonly type: string;
  readonly isCustom: boolean;
  readonly server: number;
  readonly browser: number;
}

export interface Comparison {
  /** `all` is the sum of the final days. */
  readonly day: string;
  readonly event: string;
  readonly delivered: number;
  readonly server: number;
  readonly browser: number;
  /** TikTok's server events less the delivered ones. */
  readonly difference: number;
  readonly verdict: 'equal' | 'drift' | 'not_final';
}

const maxDrift = 0.02;
/** One event can be counted on the other side of midnight. */
const leastEvents = 2;

/** True for a difference of more than 2 %, and of at least two events. */
export const isDrift = (difference: number, base: number): boolean =>
  Math.abs(difference) >= leastEvents && Math.abs(difference) > base * maxDrift;

/**
 * @param isFinal whether TikTok's count of a day can be relied on
 * @returns one entry for each day and event that either side has, and with two or more final days their sum, as day `all`
 */
export function compareCounts(
  own: readonly OwnCount[],
  theirs: readonly TikTokCount[],
  isFinal: (day: string) => boolean,
): Comparison[] {
  const names = namesByKey(own);
  const rows = new Map<string, Sides>();
  const rowOf = (day: string, key: string): Sides => {
    const id = JSON.stringify([day, key]);
    const row = rows.get(id) ?? { day, key, delivered: 0, server: 0, browser: 0 };
    rows.set(id, row);
    return row;
  };
  for (const { day, name, events } of own) rowOf(day, keyOf(name)).delivered += events;
  for (const count of theirs) {
    const row = rowOf(count.day, keyOfTheirs(count, names));
    row.server += count.server;
    row.browser += count.browser;
  }
  const compared = [...rows.values()].map((row) => judge(row, names, isFinal(row.day)));
  return [...inOrder(compared), ...totals(compared)];
}

interface Sides {
  readonly day: string;
  readonly key: string;
  delivered: number;
  server: number;
  browser: number;
}

const unknownCustom = 'custom';

/** Names that TikTok counts as one have one key: Purchase and CompletePayment are `SHOPPING`. */
const keyOf = (name: string): string =>
  name === unknownCustom ? unknownCustom : (pixelEventType(name) ?? `name ${name}`);

/** A custom name that our side does not list is one of those that it calls `custom`. */
function keyOfTheirs({ type, isCustom }: TikTokCount, names: ReadonlyMap<string, string>): string {
  if (!isCustom) return type;
  return names.has(keyOf(type)) ? keyOf(type) : unknownCustom;
}

function namesByKey(own: readonly OwnCount[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { name } of own) if (!names.has(keyOf(name))) names.set(keyOf(name), name);
  return names;
}

function judge(
  { day, key, ...counts }: Sides,
  names: ReadonlyMap<string, string>,
  isFinal: boolean,
): Comparison {
  const difference = counts.server - counts.delivered;
  const verdict = isDrift(difference, counts.delivered) ? 'drift' : 'equal';
  return {
    day,
    event: names.get(key) ?? key,
    ...counts,
    difference,
    verdict: isFinal ? verdict : 'not_final',
  };
}

const inOrder = (rows: readonly Comparison[]): Comparison[] =>
  rows.toSorted((a, b) => a.day.localeCompare(b.day) || a.event.localeCompare(b.event));

/** Losses too small for one day add up. */
function totals(rows: readonly Comparison[]): Comparison[] {
  const final = rows.filter(({ verdict }) => verdict !== 'not_final');
  if (new Set(final.map(({ day }) => day)).size < 2) return [];
  const sums = new Map<string, Sides>();
  for (const { event, delivered, server, browser } of final) {
    const sum = sums.get(event) ?? { day: 'all', key: event, delivered: 0, server: 0, browser: 0 };
    sum.delivered += delivered;
    sum.server += server;
    sum.browser += browser;
    sums.set(event, sum);
  }
  return inOrder([...sums.values()].map((sum) => judge(sum, new Map(), true)));
}
