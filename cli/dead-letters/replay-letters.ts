/** `dead-letters replay`: asks, puts back what may go back, and tells what stayed. */

import { exitCodes } from '../errors/exit-codes.ts';
import { openStage } from '../stage/stage.ts';
import { namesInStageFile } from '../stage/stage-file.ts';
import { confirmChange } from '../terminal/confirm.ts';
import { showResult } from '../terminal/output.ts';
import { startProgress } from '../terminal/progress.ts';
import { untilInterrupted } from '../terminal/until-interrupted.ts';
import { type FilterOptions, filterOf } from './filter-options.ts';
import { readDepth } from './queue-depth.ts';
import { replayDeadLetters } from './replay.ts';
import { replayText } from './replay-text.ts';

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
  process.exitCode = report.interrupted
    ? exitCodes.interrupted
    : report.left.not_sent + report.still_there > 0
      ? exitCodes.failed
      : exitCodes.ok;
}
