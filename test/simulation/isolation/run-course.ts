/**
 * The course of one batch: the real consumer receives it, and a message that it does not settle comes back when its delay
 * is over. Everything runs on virtual time, with prod's settings.
 */
import { deliverBatch } from '../../../lib/delivery/deliver-batch.ts';
import { createTokenReader } from '../../../lib/secrets/token-secrets.ts';
import { receivedAtMs } from '../../support/events/events.ts';
import type { Random } from '../../support/random.ts';
import { clockOf, createScheduler } from '../engine/scheduler.ts';
import { createCountingTelemetry } from '../lambda/counting-telemetry.ts';
import { simulatedStage } from '../stage.ts';
import { type CourseEvent, createCourseQueue, type Settled } from './course-queue.ts';
import { type Answers, createTrackClient } from './track-client.ts';

export interface CourseOptions {
  /** The batch of the first invocation: 50 at most, in their order. */
  readonly events: readonly CourseEvent[];
  readonly answers: Answers;
  /** After these seconds, the secret contains the token `new` instead of `old`. */
  readonly newTokenAfterSeconds: number;
  readonly random: Random;
  /** The course ends when all of them are settled, by their ids. */
  readonly awaited: readonly string[];
}

export interface Course {
  readonly invocations: readonly Invocation[];
  /** By event id. */
  readonly settled: ReadonlyMap<string, Settled>;
}

export interface Invocation {
  /** Calls beyond the first. */
  readonly extraCalls: number;
  readonly lastedMs: number;
}

const { deliver: settings, delivery, timeoutMs } = simulatedStage();
const longestMs = 48 * 3_600_000;
const stepMs = 30_000;

/** @throws when a message is settled twice, or when time is over before the awaited events are settled */
export async function runCourse({ events, answers, random, ...options }: CourseOptions): Promise<Course> {
  const scheduler = createScheduler(receivedAtMs);
  const secondsIn = (): number => (scheduler.now() - receivedAtMs) / 1_000;
  const invocations: Invocation[] = [];
  const token = (): string => (secondsIn() < options.newTokenAfterSeconds ? 'old' : 'new');
  const secrets = { read: async () => JSON.stringify({ access_token: token() }) };
  const readToken = createTokenReader('stage', { client: secrets, report: () => {}, now: scheduler.now });
  const telemetry = createCountingTelemetry();

  async function invoke(ids: readonly string[]): Promise<void> {
    const startedAtMs = scheduler.now();
    let calls = 0;
    const counted: Answers = (call) => {
      calls += 1;
      return answers(call);
    };
    const tiktok = createTrackClient(clockOf(scheduler), counted, secondsIn);
    const { batchItemFailures } = await deliverBatch(ids.map(queue.receive), timeoutMs.deliver, {
      settings,
      clients: { queue: queue.client, tiktok, readToken, telemetry },
      now: scheduler.now,
      random: random.next,
    });
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const id of ids) if (!failed.has(id)) queue.remove(id);
    invocations.push({ extraCalls: Math.max(0, calls - 1), lastedMs: scheduler.now() - startedAtMs });
  }

  const { windowSeconds } = delivery;
  const queue = createCourseQueue({
    events,
    scheduler,
    secondsIn,
    windowSeconds,
    invoke: (ids) => void invoke(ids),
  });
  scheduler.after(0, () => void invoke(events.map(({ id }) => id)));
  while (!options.awaited.every((id) => queue.settled.has(id))) {
    if (secondsIn() * 1_000 > longestMs) throw new Error('some events were never settled');
    await scheduler.run(scheduler.now() + stepMs);
  }
  return { invocations, settled: queue.settled };
}
