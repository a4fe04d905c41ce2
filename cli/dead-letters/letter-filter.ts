/** Which dead letters a command is about: by reason, destination and age. */
import type { DeadLetter } from './dead-letter.ts';

export interface LetterFilter {
  readonly reason?: string | undefined;
  readonly destination?: string | undefined;
  /** Parked at least this long ago. */
  readonly olderThanMs?: number | undefined;
}

export const matches = (letter: DeadLetter, filter: LetterFilter, nowMs: number): boolean =>
  (filter.reason === undefined || letter.reason === filter.reason) &&
  (filter.destination === undefined || letter.destination === filter.destination) &&
  (filter.olderThanMs === undefined || nowMs - letter.failedAtMs >= filter.olderThanMs);
