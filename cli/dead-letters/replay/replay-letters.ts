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
import { type FilterOptions, filterOf } from '../filter/letter-filter.ts';
import { operatorJournal } from '../journal/operator-journal.ts';
import { replayDeadLetters } from './replay.ts';
import type { ReplayReport } from './replay-report.ts';
import { replayText } from './replay-text.ts';

interface ReplayOptions extends FilterOptions {
  readonly limit?: number | undefined;
  readonly rate: number;
  readonly includeUnknown?: true | undefined;
  readonly renew?: true | undefined;
  readonly again?: true | undefined;
}

export async function replayLetters(options: ReplayOptions): Promise<void> {
  const stage = openStage(options);
  const [sqs, queueUrl] = [await stage.sqs(), await stage.queueUrl()];
  const deadLetterQueueUrl = await stage.deadLetterQueueUrl();
  const journal = operatorJournal(stage);
  const { visible, inFlight: hidden } = await readDepth(sqs, deadLetterQueueUrl);
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  const count = Math.min(limit, visible);
  await confirmChange({
    isLoopback: stage.isLocal,
    yes: options.yes === true,
    action: `put up to ${count} dead letters of stage ${stage.name} back into its queue`,
  });
  const progress = startProgress({ unit: 'message', total: count || undefined });
  const report = await untilInterrupted('Stopping after the messages in hand …', (signal) =>
    replayDeadLetters({
      sqs,
      queueUrl,
      deadLetterQueueUrl,
      journal,
      // Without the stage file here, messages go back without a group: they are delivered all the same.
      destinations: namesInStageFile(stage.name, 'destinations') ?? [],
      filter: filterOf(options),
      limit,
      rate: options.rate,
      includeUnknown: options.includeUnknown === true,
      renew: options.renew === true,
      again: options.again === true,
      signal,
      onProgress: progress.update,
    }),
  ).finally(() => progress.stop());
  const whole = { ...report, hidden };
  showResult(options.json === true, whole, () => replayText(whole, stage.name));
  endWith(exitCodeOf(report));
}

function exitCodeOf({ interrupted, left, still_there }: ReplayReport): number {
  if (interrupted) return exitCodes.interrupted;
  return left.not_sent + still_there > 0 ? exitCodes.failed : exitCodes.ok;
}
