/**
 * Lambda's event source mapping on one machine: takes messages from the queue in batches, calls the function, and
 * deletes what was not reported as failed. What it does not delete returns at its visibility timeout.
 */
import type { Message } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { type BatchCollector, createBatchCollector } from './batch-collector.ts';
import { type BatchOutcome, batchOutcome } from './batch-outcome.ts';
import { type Invoke, invokeFunction } from './invoke-function.ts';
import { sqsRecord } from './sqs-record.ts';

export interface EventSourceMappingSettings {
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly functionName: string;
  readonly invoke: Invoke<SQSEvent>;
  readonly timeoutMs: number;
  /** Most messages in a batch; SQS gives ten at a time, so a batch is collected. Default 50. */
  readonly batchSize?: number;
  /** How long a batch is collected once it has its first message. Default 1000. */
  readonly windowMs?: number;
  /** Batches that are worked on at once. Default 2, the least that Lambda allows. */
  readonly maximumConcurrency?: number;
  /** Told of a function or queue that failed; Lambda shows these as metrics only. */
  readonly onError?: (error: unknown) => void;
}

export interface EventSourceMapping {
  /** Takes no new message, and resolves when the batches in work are done. `abandonPoll`: the queue ends too. */
  stop(options?: { abandonPoll?: boolean }): Promise<void>;
}

const failedPollPauseMs = 200;
/** Lambda invokes with at most 6 MB; a batch that is larger is cut. */
const maxPayloadBytes = 6 * 1024 * 1024;
/** What the metadata of a record adds to its body, generously. */
const recordBytes = 2048;

/** Cuts a batch so that each part fits one invocation; a single message always fits. */
export function cutByPayload(batch: readonly Message[], maxBytes = maxPayloadBytes): Message[][] {
  const parts: Message[][] = [];
  let free = 0;
  for (const message of batch) {
    const bytes = Buffer.byteLength(JSON.stringify(message.Body ?? '')) + recordBytes;
    const last = parts.at(-1);
    if (last && bytes <= free) last.push(message);
    else parts.push([message]);
    free = (last && bytes <= free ? free : maxBytes) - bytes;
  }
  return parts;
}

export function startEventSourceMapping(settings: EventSourceMappingSettings): EventSourceMapping {
  const { queueUrl, queueArn, batchSize = 50, windowMs = 1000, maximumConcurrency = 2 } = settings;
  const region = queueArn.split(':')[3] ?? '';
  const collector = createBatchCollector({ queueUrl, region, batchSize, windowMs });
  const inWork = new Set<Promise<void>>();
  let isStopped = false;

  async function takeBatch(): Promise<void> {
    try {
      const batch = await collector.collect();
      const work = workOff(batch, collector, settings).finally(() => inWork.delete(work));
      inWork.add(work);
    } catch (error) {
      if (isStopped) return;
      settings.onError?.(error);
      await new Promise((resolve) => setTimeout(resolve, failedPollPauseMs));
    }
  }

  async function poll(): Promise<void> {
    while (!isStopped) {
      // A message must not wait in a batch while its visibility runs: a free place comes first.
      if (inWork.size >= maximumConcurrency) await Promise.race(inWork);
      else await takeBatch();
    }
  }

  const polling = poll();
  return {
    stop: async ({ abandonPoll = false } = {}) => {
      isStopped = true;
      collector.stop(abandonPoll);
      await polling;
      await Promise.all(inWork);
      collector.close();
    },
  };
}

/** Which messages come back: those that the function reported, or all when it failed. */
async function invokeBatch(batch: Message[], settings: EventSourceMappingSettings): Promise<BatchOutcome> {
  const event = { Records: batch.map((message) => sqsRecord(message, settings.queueArn)) };
  const ids = event.Records.map((record) => record.messageId);
  try {
    const { functionName: name, timeoutMs } = settings;
    return batchOutcome(await invokeFunction(settings.invoke, event, { name, timeoutMs }), ids);
  } catch (error) {
    settings.onError?.(error);
    return 'all';
  }
}

async function workOff(
  batch: Message[],
  collector: BatchCollector,
  settings: EventSourceMappingSettings,
): Promise<void> {
  for (const part of cutByPayload(batch)) {
    const failed = await invokeBatch(part, settings);
    const done = part.filter(({ MessageId = '' }) => failed !== 'all' && !failed.has(MessageId));
    await collector.remove(done).catch((error: unknown) => settings.onError?.(error));
  }
}
