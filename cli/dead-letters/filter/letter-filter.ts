/** Selects the dead letters of a command by reason, destination, outcome, time and id. */
import { fingerprint } from '../../../lib/privacy/sha256.ts';
import type { SharedOptions } from '../../stage/stage-command.ts';
import type { DeadLetter } from '../dead-letter.ts';
import { factsOf } from '../letter-facts.ts';

export interface FilterOptions extends SharedOptions {
  readonly reason?: string | undefined;
  readonly destination?: string | undefined;
  readonly outcome?: string | undefined;
  /** Unix milliseconds. */
  readonly olderThan?: number | undefined;
  readonly newerThan?: number | undefined;
  readonly id?: readonly string[] | undefined;
}

export interface LetterFilter {
  readonly reason?: string | undefined;
  readonly destination?: string | undefined;
  readonly outcome?: string | undefined;
  /** Parked at this time or before, in Unix milliseconds. */
  readonly parkedUntilMs?: number | undefined;
  /** Parked at this time or after. */
  readonly parkedFromMs?: number | undefined;
  /** Message ids, and fingerprints of events. */
  readonly ids?: ReadonlySet<string> | undefined;
}

export const filterOf = (options: FilterOptions): LetterFilter => ({
  reason: options.reason,
  destination: options.destination,
  outcome: options.outcome,
  parkedUntilMs: options.olderThan,
  parkedFromMs: options.newerThan,
  ids: options.id && idsOf(options.id),
});

/** An id as a person has it: of the message, of the event, or the fingerprint that the logs show. */
export const idsOf = (given: readonly string[]): ReadonlySet<string> =>
  new Set(given.flatMap((id) => [id, fingerprint(id)]));

export const isEmptyFilter = (filter: LetterFilter): boolean =>
  Object.values(filter).every((value) => value === undefined);

export const matches = (letter: DeadLetter, filter: LetterFilter): boolean =>
  (filter.reason === undefined || letter.reason === filter.reason) &&
  (filter.destination === undefined || letter.destination === filter.destination) &&
  (filter.outcome === undefined || letter.outcome === filter.outcome) &&
  (filter.parkedUntilMs === undefined || letter.failedAtMs <= filter.parkedUntilMs) &&
  (filter.parkedFromMs === undefined || letter.failedAtMs >= filter.parkedFromMs) &&
  (filter.ids === undefined || isNamed(letter, filter.ids));

function isNamed(letter: DeadLetter, ids: ReadonlySet<string>): boolean {
  if (ids.has(letter.messageId)) return true;
  const { event } = factsOf(letter);
  return event !== undefined && ids.has(event);
}

/** The same filter as options of a command, so that another command finds the same letters. */
export function filterWords({ reason, destination, outcome, parkedUntilMs, parkedFromMs }: LetterFilter) {
  const words = {
    '--reason': reason,
    '--destination': destination,
    '--outcome': outcome,
    '--older-than': timeText(parkedUntilMs),
    '--newer-than': timeText(parkedFromMs),
  };
  return Object.entries(words)
    .filter(([, value]) => value !== undefined)
    .map((word) => word.join(' '))
    .join(' ');
}

const timeText = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : new Date(ms).toISOString();
