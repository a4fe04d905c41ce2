/** What a discard would delete and has deleted, in words. */
import { printable, table } from '../../terminal/output.ts';
import { hiddenText } from '../letter-report.ts';
import type { Selection } from './discard.ts';

export interface DiscardReport {
  /** Letters that were asked for, and confirmed. */
  readonly selected: number;
  /** Of these, by reason. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly discarded: number;
  /** SQS did not delete them. */
  readonly still_there: number;
  /** Another command has them, or has finished them meanwhile. */
  readonly not_found: number;
  /** Letters that were not asked for. */
  readonly others: number;
  readonly hidden: number;
  readonly interrupted: boolean;
}

const letters = (count: number): string => `${count} dead letter${count === 1 ? '' : 's'}`;

/** Shown before the question. */
export const breakdown = ({ ids, reasons }: Pick<Selection, 'ids' | 'reasons'>): string =>
  [
    `${letters(ids.size)}:`,
    table(Object.entries(reasons).map(([reason, count]) => [String(count).padStart(7), printable(reason)])),
  ].join('\n');

export function discardText(report: DiscardReport): string {
  const { selected, discarded, still_there, not_found, others, hidden, interrupted } = report;
  const lines = [
    selected === 0 && !interrupted
      ? noneText(others)
      : `${letters(discarded)} discarded${selected > discarded ? ` of ${selected}` : ''}.`,
    still_there > 0 &&
      `${letters(still_there)} left: SQS did not delete them. The journal says that they were discarded: run the command again.`,
    not_found > 0 && `${letters(not_found)} left: another command has them, or has finished them meanwhile.`,
    hidden > 0 && hiddenText(hidden),
    interrupted && 'Interrupted: the other letters are where they were. Run the command again to continue.',
  ];
  return lines.filter((line) => line !== false).join('\n');
}

const noneText = (others: number): string =>
  others === 0 ? 'No dead letters.' : `No dead letters among those asked for; ${others} others.`;
