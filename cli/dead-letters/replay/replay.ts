/**
 * Puts dead letters back into the source queue. A message is sent first and its dead letter deleted then: even if
 * the command is killed, every message is in at least one of the two queues.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { walkLetters } from '../walk.ts';
import type { ReplayReport } from './replay-report.ts';
import { createReplayRun, type ReplaySettings } from './replay-run.ts';

export interface ReplayOptions extends ReplaySettings {
  /** Messages a second. */
  readonly rate: number;
  readonly signal: AbortSignal;
  /** Stops as soon as it is true, also before the limit. */
  readonly isEnough?: () => boolean;
  readonly onProgress: (replayed: number) => void;
}

/** One worker moves about 50 messages a second. */
const maxWorkers = 8;

export async function replayDeadLetters(options: ReplayOptions): Promise<ReplayReport> {
  const { sqs, deadLetterQueueUrl: queueUrl, rate, signal, onProgress } = options;
  const run = createReplayRun(options);
  const startedAt = performance.now();
  const workers = Math.min(maxWorkers, Math.ceil(rate / 50));
  const isEnough = () => !run.hasRoom() || options.isEnough?.() === true;
  await walkLetters({ sqs, queueUrl, signal, workers, isEnough }, async (hand) => {
    const stay = await run.handle(hand);
    onProgress(run.replayed());
    const dueMs = (run.taken() / rate) * 1000 - (performance.now() - startedAt);
    if (dueMs > 0) await pause(dueMs, undefined, { signal }).catch(() => undefined);
    return stay;
  });
  return run.report(signal.aborted);
}
