/** Which rows `events tail` shows. */
import type { EventRow, Outcome } from '../../lib/journal/row.ts';

export const tailOutcomes = [
  'accepted',
  'delivered',
  'waiting',
  'held',
  'parked',
  'rejected',
  'skipped',
  'discarded',
] as const;

export interface TailFilter {
  readonly source?: string | undefined;
  readonly event?: string | undefined;
  readonly outcome?: (typeof tailOutcomes)[number] | undefined;
}

/** @returns the word for a person: a dead letter is parked */
export const outcomeText = (outcome: Outcome): (typeof tailOutcomes)[number] =>
  outcome === 'dead-letter' ? 'parked' : outcome;

export const isShown = (row: EventRow, { source, event, outcome }: TailFilter): boolean =>
  (source === undefined || row.source === source) &&
  (event === undefined || row.name === event) &&
  (outcome === undefined || outcomeText(row.outcome) === outcome);
