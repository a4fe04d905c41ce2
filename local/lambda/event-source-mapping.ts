/**
 * A local event source mapping: takes messages from the queue in batches, calls the function, and deletes the messages
 * that the function did not report as failed. The others return after their visibility timeout.
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
  /** The most messages in a batch, 50 by default. SQS returns ten at a time, so a batch is collected. */
  readonly batchSize?: number;
  /** How long a batch is collected after its first message, 1000 by default. */
  readonly windowMs?: number;
  /** The most batches in progress at once, 2 by default: the least that Lambda allows. */
  readonly maximumConcurrency?: number;
  /** Called with every error of the function or the queue; Lambda only counts these in metrics. */
  readonly onError?: (error: unknown) => void;
}

export interface EventSourceMapping {
  /** Takes no new message and resolves when all batches are done. `abandonPoll` also cancels the current poll. */
  stop(options?: { abandonPoll?: boolean }): Promise<void>;
}

const failedPollPauseMs = 200;
/** Lambda invokes a function with at most 6 MB, so larger batches are split. */
const maxPayloadBytes = 6 * 1024 * 1024;
/** An upper bound of what metadata adds to the body of a record. */
const recordBytes = 2048;

/** Splits a batch into parts that each fit one invocation; a single message always fits. */
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
  const inProgress = new Set<Promise<void>>();
  let isStopped = false;

  async function takeBatch(): Promise<void> {
    try {
      const batch = await collector.collect();
      const work = processBatch(batch, collector, settings).finally(() => inProgress.delete(work));
      inProgress.add(work);
    } catch (error) {
      if (isStopped) return;
      settings.onError?.(error);
      await new Promise((resolve) => setTimeout(resolve, failedPollPauseMs));
    }
  }

  async function poll(): Promise<void> {
    while (!isStopped) {
      // Wait for a free place first: a batch that waits would use up the visibility timeout of its messages.
      if (inProgress.size >= maximumConcurrency) await Promise.race(inProgress);
      else await takeBatch();
    }
  }

  const polling = poll();
  return {
    stop: async ({ abandonPoll = false } = {}) => {
      isStopped = true;
      collector.stop(abandonPoll);
      await polling;
      await Promise.all(inProgress);
      collector.close();
    },
  };
}

/** @returns the messages that return to the queue: those the function reported, or all when it failed */
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

async function processBatch(
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
