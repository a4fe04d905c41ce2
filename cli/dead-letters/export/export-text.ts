/** An export in words, with the commands that come after it. */
import { programName } from '../../terminal/command-line.ts';
import { printable } from '../../terminal/output.ts';
import { filterWords, type LetterFilter } from '../filter/letter-filter.ts';
import { hiddenText } from '../letter-report.ts';

export interface ExportReport {
  readonly exported: number;
  /** Of these, bodies that are no events. */
  readonly undecodable: number;
  /** Of these, events that TikTok may have, and has forgotten since. */
  readonly may_count_twice: number;
  /** Letters outside the filter. */
  readonly others: number;
  readonly hidden: number;
  /** False when the command was interrupted: then nothing was exported. */
  readonly complete: boolean;
  readonly output: string | null;
}

interface Asked {
  readonly stage: string;
  readonly filter: LetterFilter;
  readonly startedAtMs: number;
}

export function exportText(report: ExportReport, { stage, filter, startedAtMs }: Asked): string {
  const { exported, undecodable, may_count_twice, others, hidden, complete, output } = report;
  if (!complete) return 'Interrupted: nothing was exported. The letters are where they were.';
  if (exported === 0)
    return [
      others === 0 ? 'No dead letters.' : `No dead letters among those asked for; ${others} others.`,
      hiddenText(hidden),
    ]
      .filter(Boolean)
      .join('\n');
  // Letters that are parked from now on are not in the file.
  const until = Math.min(startedAtMs, filter.parkedUntilMs ?? startedAtMs);
  const words = printable(filterWords({ ...filter, parkedUntilMs: until }));
  const file = output === null ? 'events.ndjson' : `'${printable(output)}'`;
  const lines = [
    `${exported} dead letter${exported === 1 ? '' : 's'} exported${output === null ? '' : ` to ${printable(output)}`}. ${exported === 1 ? 'It stays where it is' : 'They stay where they are'}.`,
    undecodable > 0 &&
      `${undecodable} of them are no events: they are lines with "undecodable" and the body as text. sync rejects these lines.`,
    may_count_twice > 0 &&
      `${may_count_twice} of them may be at TikTok, which has forgotten them: sent again, they count twice. --outcome refused leaves them out.`,
    hidden > 0 && hiddenText(hidden),
    'Correct the events, then send them, and discard the letters:',
    `  ${programName} sync - --stage ${stage} < ${file}`,
    `  ${programName} dead-letters discard --stage ${stage} ${words}${filter.ids === undefined ? '' : ' --id …'}`,
  ];
  return lines.filter((line) => line !== false).join('\n');
}
