/** A real queue server, and a mapping whose batches are recorded, for tests of the event source mapping. */
import { GetQueueAttributesCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { afterEach } from 'vitest';
import {
  type EventSourceMappingSettings,
  startEventSourceMapping,
} from '../../../local/lambda/event-source-mapping.ts';
import { type QueueServer, startQueueServer } from '../../../local/sqs/queue-server.ts';

export interface QueueSettings {
  maxReceiveCount?: number;
  visibilityTimeoutSeconds?: number;
}

export function startQueue({ maxReceiveCount = 10, visibilityTimeoutSeconds = 1 }: QueueSettings = {}) {
  const stage = 'test';
  return startQueueServer({ port: 0, stage, region: 'us-east-1', maxReceiveCount, visibilityTimeoutSeconds });
}

const clientOf = (queue: QueueServer) =>
  new SQSClient({
    region: 'us-east-1',
    endpoint: queue.url,
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });

export async function send(queue: QueueServer, bodies: readonly string[]): Promise<void> {
  const client = clientOf(queue);
  for (let start = 0; start < bodies.length; start += 10) {
    const Entries = bodies.slice(start, start + 10).map((MessageBody, index) => ({
      Id: String(index),
      MessageBody,
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'test' } },
    }));
    await client.send(new SendMessageBatchCommand({ QueueUrl: queue.queueUrl, Entries }));
  }
  client.destroy();
}

export async function readAttributes(queue: QueueServer): Promise<Record<string, string>> {
  const client = clientOf(queue);
  const command = new GetQueueAttributesCommand({ QueueUrl: queue.queueUrl, AttributeNames: ['All'] });
  const { Attributes = {} } = await client.send(command);
  client.destroy();
  return Attributes;
}

/** Everything is deleted: neither waiting nor in flight. */
export async function isEmpty(queue: QueueServer): Promise<boolean> {
  const { visible, inFlight, delayed } = await queue.depth(queue.queueUrl);
  return visible + inFlight + delayed === 0;
}

/** Starts a mapping with a short window; `batches` are the events that the function got. */
export function startMapping(
  queue: QueueServer,
  invoke: EventSourceMappingSettings['invoke'],
  settings: Partial<EventSourceMappingSettings> = {},
) {
  const batches: SQSEvent[] = [];
  const errors: unknown[] = [];
  const mapping = startEventSourceMapping({
    queueUrl: queue.queueUrl,
    queueArn: queue.queueArn,
    functionName: 'deliver',
    timeoutMs: 10_000,
    windowMs: 100,
    onError: (error) => errors.push(error),
    ...settings,
    invoke: (event, context) => {
      batches.push(structuredClone(event));
      return invoke(event, context);
    },
  });
  const bodies = () => batches.map(({ Records }) => Records.map(({ body }) => body));
  return { batches, bodies, errors, mapping };
}

/** Makes queues and mappings for the tests of a file; what a test has started is stopped at its end. */
export function useMappings() {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });
  return {
    async start(settings?: QueueSettings): Promise<QueueServer> {
      const queue = await startQueue(settings);
      stops.push(() => queue.stop());
      return queue;
    },
    map(...args: Parameters<typeof startMapping>) {
      const started = startMapping(...args);
      stops.push(() => started.mapping.stop({ abandonPoll: true }));
      return started;
    },
  };
}

/** Bodies `m0`, `m1`, … */
export const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => `m${index}`);
