/** The two facts that only CloudWatch has: how old the oldest waiting message is, and when events were last delivered. */

import { regionOf } from '../stack-outputs.ts';
import type { Stage } from '../stage.ts';
import { readMetric } from './cloudwatch.ts';

const hourMs = 3_600_000;

/** undefined on this machine, where there is no CloudWatch, and when it cannot be asked. */
export async function oldestMessageMs(stage: Stage, nowMs: number): Promise<number | undefined> {
  if (stage.isLocal) return undefined;
  const points = await read(stage, {
    namespace: 'AWS/SQS',
    name: 'ApproximateAgeOfOldestMessage',
    statistic: 'Maximum',
    dimensions: { QueueName: `tiktok-events-${stage.name}` },
    fromMs: nowMs - 15 * 60_000,
    toMs: nowMs,
    periodSeconds: 60,
  });
  const last = points.toSorted((a, b) => a.atMs - b.atMs).at(-1);
  return last === undefined ? undefined : last.value * 1000;
}

/** To the hour, of the last three days. */
export async function lastDeliveryMs(stage: Stage, nowMs: number): Promise<number | undefined> {
  const points = await read(stage, {
    namespace: 'TikTokEvents',
    name: 'EventsDelivered',
    statistic: 'Sum',
    dimensions: { service: 'tiktok-events', stage: stage.name },
    fromMs: nowMs - 72 * hourMs,
    toMs: nowMs,
    periodSeconds: 300,
  });
  const times = points.filter(({ value }) => value > 0).map(({ atMs }) => atMs);
  return times.length > 0 ? Math.max(...times) : undefined;
}

type Question = Omit<Parameters<typeof readMetric>[0], 'region' | 'credentials'>;

async function read(stage: Stage, question: Question) {
  const sqs = await stage.sqs();
  const credentials = await sqs.config.credentials();
  return readMetric({ ...question, region: await regionOf(stage.name), credentials });
}
