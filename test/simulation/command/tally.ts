/** What many seeds add up to. */
import type { SeedResult } from '../run-seed.ts';

export interface Tally {
  readonly seeds: number;
  readonly steps: number;
  readonly events: number;
  readonly calls: number;
  readonly virtualHours: number;
}

export const noSeeds: Tally = { seeds: 0, steps: 0, events: 0, calls: 0, virtualHours: 0 };

export const tallyOf = ({ steps, events, calls, virtualMs }: SeedResult): Tally => ({
  seeds: 1,
  steps,
  events,
  calls,
  virtualHours: virtualMs / 3_600_000,
});

export const add = (a: Tally, b: Tally): Tally => ({
  seeds: a.seeds + b.seeds,
  steps: a.steps + b.steps,
  events: a.events + b.events,
  calls: a.calls + b.calls,
  virtualHours: a.virtualHours + b.virtualHours,
});
