/** `dead-letters replay`: asks, puts messages back into the queue, and reports the ones that stayed. */

import { readDepth } from '../../../lib/queue/queue-depth.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import { openStage } from '../../stage/stage.ts';
import { namesInStageFile } from '../../stage/stage-file.ts';
import { confirmChange } from '../../terminal/confirm.ts';
import { endWith } from '../../terminal/io.ts';
import { showResult } from '../../terminal/output.ts';
import { startProgress } from '../../terminal/progress.ts';
import { untilInterrupted } from '../../terminal/until-interrupted.ts';
import { type FilterOptions, filterOf } from '../letter-filter.ts';
import { hiddenText } from '../letter-report.ts';
import { replayDeadLetters } from './replay.ts';
import type { ReplayReport } from './replay-run.ts';

interface ReplayOptions extends FilterOptions {
  readonly limit?: number | undefined;
  readonly rate: number;
  readonly includeUnknown?: true | undefined;
  readonly renew?: true | undefined;
}

export async function replayLetters(options: ReplayOptions): Promise<void> {
  const stage = openStage(options);
  const [sqs, queueUrl] = [await stage.sqs(), await stage.queueUrl()];
  const deadLetterQueueUrl = await stage.deadLetterQueueUrl();
  const { visible, inFlight: hidden } = await readDepth(sqs, deadLetterQueueUrl);
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  const count = Math.min(limit, visible);
  await confirmChange({
    isLoopback: stage.isLocal,
    yes: options.yes === true,
    action: `put up to ${count} dead letters of stage ${stage.name} back into its queue`,
  });
  const progress = startProgress({ unit: 'messages', total: count || undefined });
  const report = await untilInterrupted('Stopping after the messages in hand …', (signal) =>
    replayDeadLetters({
      sqs,
      queueUrl,
      deadLetterQueueUrl,
      // Without the stage file here, messages go back without a group: they are delivered all the same.
      destinations: namesInStageFile(stage.name, 'destinations') ?? [],
      filter: filterOf(options),
      limit,
      rate: options.rate,
      includeUnknown: options.includeUnknown === true,
      renew: options.renew === true,
      signal,
      onProgress: progress.update,
    }),
  ).finally(() => progress.stop());
  const whole = { ...report, hidden };
  showResult(options.json === true, whole, () => replayText(whole));
  endWith(exitCodeOf(report));
}

function exitCodeOf({ interrupted, left, still_there }: ReplayReport): number {
  if (interrupted) return exitCodes.interrupted;
  return left.not_sent + still_there > 0 ? exitCodes.failed : exitCodes.ok;
}

const messages = (count: number): string => `${count} message${count === 1 ? '' : 's'}`;

/** @param hidden letters that were hidden when the replay started */
function replayText(report: ReplayReport & { readonly hidden: number }): string {
  const { replayed, renewed, left, still_there, interrupted, hidden } = report;
  const lines = [
    `${messages(replayed)} put back into the queue${renewed > 0 ? `, ${renewed} of them renewed` : ''}.`,
    left.filtered > 0 && `${messages(left.filtered)} left: outside the filter.`,
    left.unknown_outcome > 0 &&
      `${messages(left.unknown_outcome)} left: TikTok may have accepted them and would count them again: they are more than 48 hours old or have no event_id. --include-unknown replays them too.`,
    left.expired > 0 &&
      `${messages(left.expired)} left: past their time, they would be parked again as expired. --renew gives another 47 hours to those that TikTok refused (with --include-unknown to all, which can count twice).`,
    left.parked_again > 0 &&
      `${messages(left.parked_again)} parked again during the replay: \`dead-letters list\` says why.`,
    left.not_sent > 0 && `${messages(left.not_sent)} left: SQS did not accept them. Run the command again.`,
    still_there > 0 &&
      `${messages(still_there)} put back, but the dead letters could not be deleted: another replay sends them again, which TikTok counts once within 48 hours.`,
    hidden > 0 && hiddenText(hidden),
    interrupted && 'Interrupted: nothing is lost. Run the command again to continue.',
  ];
  return lines.filter((line) => line !== false).join('\n');
}
