/**
 * Puts dead letters back into the source queue. A message is sent first and its dead letter deleted then: even if
 * the command is killed, every message is in at least one of the two queues.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { giveBack, takeLetters } from '../letter-queue.ts';
import { createReplayRun, type ReplayReport, type ReplaySettings } from './replay-run.ts';

export interface ReplayOptions extends ReplaySettings {
  /** Messages a second. */
  readonly rate: number;
  readonly signal: AbortSignal;
  readonly onProgress: (replayed: number) => void;
}

/** Long enough for a pause of the rate; a killed program's letters come back after this time. */
const hiddenSeconds = 300;
/** One worker moves about 50 messages a second. */
const maxWorkers = 8;

export async function replayDeadLetters(options: ReplayOptions): Promise<ReplayReport> {
  const { sqs, deadLetterQueueUrl, rate, signal, onProgress } = options;
  const run = createReplayRun(options);
  const startedAt = performance.now();
  let isEmpty = false;
  let newsAtMs = startedAt;

  const work = async (): Promise<void> => {
    while (!isEmpty && run.room() > 0 && !signal.aborted) {
      const letters = await takeLetters(sqs, deadLetterQueueUrl, hiddenSeconds);
      if (run.isNews(letters)) newsAtMs = performance.now();
      // In a long run, letters that stay come again: receiving only these does not mean that all were seen.
      isEmpty = letters.length === 0 || performance.now() - newsAtMs > hiddenSeconds * 1000;
      await run.putBack(run.choose(letters));
      onProgress(run.replayed());
      const dueMs = (run.taken() / rate) * 1000 - (performance.now() - startedAt);
      if (dueMs > 0) await pause(dueMs, undefined, { signal }).catch(() => undefined);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(maxWorkers, Math.ceil(rate / 50)) }, work));
  } finally {
    await giveBack(sqs, deadLetterQueueUrl, run.kept());
  }
  return run.report(signal.aborted);
}
