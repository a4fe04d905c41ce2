/** The options by which dead letters are chosen, and the filter made of them. */
import type { SharedOptions } from '../stage/stage-command.ts';
import type { LetterFilter } from './letter-filter.ts';

export interface FilterOptions extends SharedOptions {
  readonly reason?: string | undefined;
  readonly destination?: string | undefined;
  readonly olderThan?: number | undefined;
}

export const filterOf = ({ reason, destination, olderThan }: FilterOptions): LetterFilter => ({
  reason,
  destination,
  olderThanMs: olderThan,
});
