/**
 * Counts what events have, and adds such counts up: match keys, value, content ids, own ids. The journal's
 * coverage and that of a sync's rows come from these functions.
 */
import type { EventSource } from '../events/destination.ts';
import type { Event } from '../events/event.ts';
import { countMatchKeys } from '../events/match-keys.ts';
import type { CoverageCount } from './line.ts';

/** A count that is missing is 0. */
export type CoverageCounts = Readonly<Partial<Record<CoverageCount, number>>>;

/** Counts to add to. */
export type CoverageSums = Partial<Record<CoverageCount, number>>;

/**
 * Adds one event to `sums`. `in_time` is not counted, because an event that is not delivered yet has no delay.
 * @param hasOwnId its sender gave the event id
 */
export function countEvent(sums: CoverageSums, event: Event, source: EventSource, hasOwnId: boolean): void {
  increase(sums, 'events', 1);
  addCounts(sums, countMatchKeys([event], source));
  if (event.value !== undefined) increase(sums, 'value', 1);
  if (hasContentIds(event)) increase(sums, 'content_ids', 1);
  if (hasOwnId) increase(sums, 'own_id', 1);
}

const hasContentIds = ({ content_ids, contents }: Event): boolean =>
  content_ids !== undefined || contents?.some(({ content_id }) => content_id !== undefined) === true;

function increase(sums: CoverageSums, name: CoverageCount, by: number): void {
  sums[name] = (sums[name] ?? 0) + by;
}

export function addCounts(sums: CoverageSums, counts: CoverageCounts): void {
  for (const name of namesOf(counts)) increase(sums, name, counts[name] ?? 0);
}

/** Adds up the counts of the items with the same key. @returns the sums in the order in which their keys appear */
export function sumCoverage<Item extends { readonly counts: CoverageCounts }>(
  items: Iterable<Item>,
  keyOf: (item: Item) => string,
): Map<string, { readonly first: Item; readonly counts: CoverageCounts }> {
  const found = new Map<string, { readonly first: Item; readonly counts: CoverageSums }>();
  for (const item of items) {
    const key = keyOf(item);
    const sum = found.get(key) ?? { first: item, counts: {} };
    found.set(key, sum);
    addCounts(sum.counts, item.counts);
  }
  return found;
}

const namesOf = (counts: CoverageCounts): CoverageCount[] => Object.keys(counts).filter(isCount);

/** The keys of counts are counts; TypeScript forgets it. */
const isCount = (name: string): name is CoverageCount => name !== '';

/**
 * @param names of counts for one thing, such as `email` and `hashed_email`: an event that has both counts twice,
 *   so the share stops at 1
 * @returns the share of the events that have it, 0 to 1; 0 when there are no events
 */
export function shareOf(counts: CoverageCounts, ...names: readonly CoverageCount[]): number {
  const { events = 0 } = counts;
  if (events <= 0) return 0;
  const sum = names.reduce((total, name) => total + (counts[name] ?? 0), 0);
  return Math.min(1, Math.max(0, sum / events));
}
