/** A replay in words: what went back, what will come back from there, and why the others stayed. */
import { commandLine } from '../../terminal/command-line.ts';
import { sortableTime, timeZone } from '../../terminal/local-time.ts';
import { printable } from '../../terminal/output.ts';
import { explain } from '../explain-letter.ts';
import { hiddenText } from '../letter-report.ts';
import type { Left, ReplayReport } from './replay-report.ts';

type Report = ReplayReport & {
  /** Letters that were hidden when the replay started. */
  readonly hidden: number;
};

const messages = (count: number): string => `${count} message${count === 1 ? '' : 's'}`;

export function replayText(report: Report, stage: string): string {
  const { replayed, renewed, still_there, interrupted, hidden } = report;
  const lines = [
    `${messages(replayed)} put back into the queue${renewed > 0 ? `, ${renewed} of them renewed` : ''}.`,
    ...forecast(report, stage),
    ...leftTexts(report),
    ...cameBackTexts(report, stage),
    still_there > 0 &&
      `${messages(still_there)} put back, but the dead letters could not be deleted: another replay sends them again, which TikTok counts once within 48 hours.`,
    report.journal_problem !== null &&
      `Warning: ${messages(report.not_in_journal)} put back without a line in the journal: ${report.journal_problem}`,
    hidden > 0 && hiddenText(hidden),
    interrupted && 'Interrupted: nothing is lost. Run the command again to continue.',
  ];
  return lines.filter((line) => line !== false).join('\n');
}

/** Why one letter stays. */
export const leftSentences: Readonly<Record<Left, string>> = {
  filtered: 'It was not asked for.',
  unknown_outcome:
    'TikTok may have it and would count it again: it is more than 48 hours old or has no event_id. `dead-letters replay --include-unknown` replays it.',
  expired:
    'It is past its time and would be parked again as expired. `dead-letters replay --renew` gives it another 47 hours.',
  came_back:
    'It was replayed before, and parked again for the same reason. Correct it: `dead-letters export`, `sync`, then discard it. `dead-letters replay --again` replays it all the same.',
  parked_again: 'It was parked again during the replay.',
  not_sent: 'SQS did not accept it. Try it once more.',
};

const forecast = ({ likely_to_return }: Report, stage: string): string[] =>
  Object.entries(likely_to_return).map(
    ([reason, count]) =>
      `${count} of them had the reason ${printable(reason)}, which is about their content: they are parked again within a minute, unless the cause was elsewhere. ${commandLine(`dead-letters list --stage ${stage}`)} shows which.`,
  );

const leftTexts = ({ left }: Report) => [
  left.filtered > 0 && `${messages(left.filtered)} left: outside the filter.`,
  left.unknown_outcome > 0 &&
    `${messages(left.unknown_outcome)} left: TikTok may have accepted them and would count them again: they are more than 48 hours old or have no event_id. --include-unknown replays them too.`,
  left.expired > 0 &&
    `${messages(left.expired)} left: past their time, they would be parked again as expired. --renew gives another 47 hours to those that TikTok refused (with --include-unknown to all, which can count twice).`,
  left.parked_again > 0 &&
    `${messages(left.parked_again)} parked again during the replay: \`dead-letters list\` says why.`,
  left.not_sent > 0 && `${messages(left.not_sent)} left: SQS did not accept them. Run the command again.`,
];

function cameBackTexts({ left, came_back, last_replayed_at }: Report, stage: string): string[] {
  if (last_replayed_at === null) return [];
  const when = `${sortableTime(Date.parse(last_replayed_at))} ${timeZone()}`;
  const head = `${messages(left.came_back)} left: replayed before, last at ${when}, and parked again for the same reason. --again replays them all the same.`;
  const remedies = Object.entries(came_back).map(([reason, count]) =>
    explain({ reason, detail: undefined }).isHopeless
      ? `  ${count} × ${printable(reason)}: ${commandLine(`dead-letters export --stage ${stage} --reason ${printable(reason)}`)} writes the events into a file. Correct them, send them with sync, and discard the letters.`
      : `  ${count} × ${printable(reason)}: ${explain({ reason, detail: undefined }).remedy}`,
  );
  return [head, ...remedies];
}
