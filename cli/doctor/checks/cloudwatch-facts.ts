/** Facts that only CloudWatch has: the age of the oldest waiting message, and recent counts of events. */
import { metricNamespace, queueName, serviceName } from '../../../lib/config/names.ts';
import { regionOf } from '../../stage/stack-outputs.ts';
import type { Stage } from '../../stage/stage.ts';

const hourMs = 3_600_000;

/** undefined on this machine, where there is no CloudWatch, and when CloudWatch has no data. */
export async function oldestMessageMs(stage: Stage, nowMs: number): Promise<number | undefined> {
  if (stage.isLocal) return undefined;
  const points = await read(stage, {
    namespace: 'AWS/SQS',
    name: 'ApproximateAgeOfOldestMessage',
    statistic: 'Maximum',
    dimensions: { QueueName: queueName(stage.name) },
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
    namespace: metricNamespace,
    name: 'EventsDelivered',
    statistic: 'Sum',
    dimensions: { service: serviceName, stage: stage.name },
    fromMs: nowMs - 72 * hourMs,
    toMs: nowMs,
    periodSeconds: 300,
  });
  const times = points.filter(({ value }) => value > 0).map(({ atMs }) => atMs);
  return times.length > 0 ? Math.max(...times) : undefined;
}

const lately = 15 * 60_000;

/** The sum of a metric of the stage over the last 15 minutes. */
export async function recentCount(stage: Stage, name: string, nowMs: number): Promise<number> {
  const points = await read(stage, {
    namespace: metricNamespace,
    name,
    statistic: 'Sum',
    dimensions: { service: serviceName, stage: stage.name },
    fromMs: nowMs - lately,
    toMs: nowMs,
    periodSeconds: 60,
  });
  return points.reduce((sum, { value }) => sum + value, 0);
}

/** The API's requests of the last 15 minutes, and those that it answered 4xx. */
export async function recentRequests(stage: Stage, apiId: string, nowMs: number) {
  const count = async (name: string): Promise<number> => {
    const points = await read(stage, {
      namespace: 'AWS/ApiGateway',
      name,
      statistic: 'Sum',
      dimensions: { ApiId: apiId },
      fromMs: nowMs - lately,
      toMs: nowMs,
      periodSeconds: 60,
    });
    return points.reduce((sum, { value }) => sum + value, 0);
  };
  const [requests, refused] = await Promise.all([count('Count'), count('4xx')]);
  return { requests, refused };
}

interface Question {
  readonly namespace: string;
  readonly name: string;
  readonly statistic: 'Sum' | 'Maximum';
  readonly dimensions: Readonly<Record<string, string>>;
  readonly fromMs: number;
  readonly toMs: number;
  readonly periodSeconds: number;
}

const timeoutMs = 10_000;

async function read(stage: Stage, question: Question): Promise<{ atMs: number; value: number }[]> {
  const { statistic, dimensions } = question;
  const { CloudWatchClient, GetMetricStatisticsCommand } = await import('@aws-sdk/client-cloudwatch');
  const client = new CloudWatchClient({ region: await regionOf(stage.name), maxAttempts: 3 });
  const command = new GetMetricStatisticsCommand({
    Namespace: question.namespace,
    MetricName: question.name,
    Statistics: [statistic],
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    StartTime: new Date(question.fromMs),
    EndTime: new Date(question.toMs),
    Period: question.periodSeconds,
  });
  try {
    const { Datapoints = [] } = await client.send(command, { abortSignal: AbortSignal.timeout(timeoutMs) });
    return Datapoints.map((point) => ({
      atMs: point.Timestamp?.getTime() ?? 0,
      value: point[statistic] ?? 0,
    }));
  } finally {
    client.destroy();
  }
}
