/** Selects the dead letters of a command by reason, destination and age. */
import type { SharedOptions } from '../stage/stage-command.ts';
import type { DeadLetter } from './dead-letter.ts';

export interface FilterOptions extends SharedOptions {
  readonly reason?: string | undefined;
  readonly destination?: string | undefined;
  readonly olderThan?: number | undefined;
}

export interface LetterFilter {
  readonly reason?: string | undefined;
  readonly destination?: string | undefined;
  /** Parked at least this long ago. */
  readonly olderThanMs?: number | undefined;
}

export const filterOf = ({ reason, destination, olderThan }: FilterOptions): LetterFilter => ({
  reason,
  destination,
  olderThanMs: olderThan,
});

export const matches = (letter: DeadLetter, filter: LetterFilter, nowMs: number): boolean =>
  (filter.reason === undefined || letter.reason === filter.reason) &&
  (filter.destination === undefined || letter.destination === filter.destination) &&
  (filter.olderThanMs === undefined || nowMs - letter.failedAtMs >= filter.olderThanMs);
