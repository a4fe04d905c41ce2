/** The end of a replay in words: what went back, what stayed, and how to go on. */
import { hiddenText } from './letter-report.ts';
import type { ReplayReport } from './replay.ts';

const messages = (count: number): string => `${count} message${count === 1 ? '' : 's'}`;

/** @param hidden letters that were out of sight when the replay began */
export function replayText(report: ReplayReport & { readonly hidden: number }): string {
  const { replayed, renewed, left, still_there, interrupted, hidden } = report;
  const lines = [
    `${messages(replayed)} put back into the queue${renewed > 0 ? `, ${renewed} of them renewed` : ''}.`,
    left.filtered > 0 && `${messages(left.filtered)} left: not among those asked for.`,
    left.unknown_outcome > 0 &&
      `${messages(left.unknown_outcome)} left: TikTok may have taken them and would count them again, for it was more than 48 hours ago or they have no event_id. --include-unknown replays them too.`,
    left.expired > 0 &&
      `${messages(left.expired)} left: past their time, they would be parked again as expired. --renew gives those that TikTok refused another 47 hours (with --include-unknown also the others, which may count twice).`,
    left.parked_again > 0 &&
      `${messages(left.parked_again)} parked again during the replay: \`dead-letters list\` says why.`,
    left.not_sent > 0 && `${messages(left.not_sent)} left: SQS did not take them. Run the command again.`,
    still_there > 0 &&
      `${messages(still_there)} put back, but the dead letters could not be deleted: a further replay sends them again, which TikTok counts once within 48 hours.`,
    hidden > 0 && hiddenText(hidden),
    interrupted && 'Interrupted: nothing is lost, run the command again for the rest.',
  ];
  return lines.filter((line) => line !== false).join('\n');
}
