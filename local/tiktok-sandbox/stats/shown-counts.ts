/** The counts that TikTok shows of a pixel for some days, with the `stats` faults: they miss, double and delay server events. */
import type { FaultOf } from '../faults/faults.ts';
import { dayOf, type HourCounts, type StatCounts, sum } from './event-counts.ts';

export interface DayRange {
  /** UTC days, such as `2026-11-26`; both are included. */
  readonly start: string;
  readonly end: string;
}

export interface ShownEvent extends StatCounts {
  readonly event: string;
}

type StatsFault = FaultOf<'stats'>;

export interface Showing {
  readonly range: DayRange;
  readonly faults: readonly StatsFault[];
  readonly nowMs: number;
}

/** @param hours of one pixel; @returns one entry for each event name, in order of name */
export function shownCounts(hours: readonly HourCounts[], { range, faults, nowMs }: Showing): ShownEvent[] {
  const days = new Map<string, { event: string; day: string; counts: StatCounts }>();
  for (const hour of hours) {
    const day = dayOf(hour.hourMs);
    if (day < range.start || day > range.end || isDelayed(hour, day, faults, nowMs)) continue;
    const key = JSON.stringify([hour.event, day]);
    days.set(key, { event: hour.event, day, counts: sum(days.get(key)?.counts, hour) });
  }
  const events = new Map<string, StatCounts>();
  for (const { event, day, counts } of days.values()) {
    const server = faults.filter((fault) => applies(fault, event, day)).reduce(miscounted, counts.server);
    events.set(event, sum(events.get(event), { ...counts, server }));
  }
  return [...events]
    .map(([event, counts]) => ({ event, ...counts }))
    .toSorted((a, b) => a.event.localeCompare(b.event));
}

const applies = ({ event: wanted, day: on }: StatsFault, event: string, day: string): boolean =>
  (wanted === undefined || wanted === event) && (on === undefined || on === day);

const isDelayed = (
  { event, hourMs }: HourCounts,
  day: string,
  faults: readonly StatsFault[],
  nowMs: number,
): boolean =>
  faults.some((fault) => applies(fault, event, day) && hourMs + (fault.delayHours ?? 0) * 3_600_000 > nowMs);

/** Rounded up, so that a fault always shows. */
const miscounted = (server: number, { drop = 0, double = 0 }: StatsFault): number =>
  server - Math.ceil(server * drop) + Math.ceil(server * double);
