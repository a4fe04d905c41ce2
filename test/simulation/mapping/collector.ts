/** Collects the batches of one poller: up to 50 messages and 6 MB, within the window after the first message. */
import type { Message } from '@aws-sdk/client-sqs';
import { clockOf, type Scheduler } from '../engine/scheduler.ts';
import type { ConsumerApi } from '../sqs/sqs.ts';

const batchSize = 50;
/** SQS gives at most ten messages in one receive. */
const receiveSize = 10;
/** Lambda invokes a function with at most 6 MB. */
const maxPayloadBytes = 6 * 1024 * 1024;
/** An upper bound of what metadata adds to the body of a record. */
const recordBytes = 2048;
const failedReceivePauseMs = 1_000;

export interface Collector {
  /** @returns one message or more */
  readonly collect: () => Promise<Message[]>;
}

export function createCollector(scheduler: Scheduler, queue: ConsumerApi, windowMs: number): Collector {
  /** Received messages that no batch has taken yet. */
  let waiting: Message[] = [];

  const receive = async (most: number, waitMs: number): Promise<void> => {
    try {
      waiting.push(...(await queue.receive(Math.min(receiveSize, most), waitMs)));
    } catch {
      await clockOf(scheduler).pause(failedReceivePauseMs);
    }
  };
  const take = (count: number): Message[] => {
    const batch = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return batch;
  };

  return {
    async collect() {
      while (waiting.length === 0) await receive(receiveSize, Number.POSITIVE_INFINITY);
      const endsAtMs = scheduler.now() + windowMs;
      while (waiting.length < batchSize && fitting(waiting) === waiting.length) {
        const leftMs = endsAtMs - scheduler.now();
        if (leftMs <= 0) break;
        await receive(batchSize - waiting.length, leftMs);
      }
      return take(fitting(waiting));
    },
  };
}

/** @returns how many messages fit into one invocation; one always does */
function fitting(messages: readonly Message[]): number {
  let bytes = 0;
  for (const [index, { Body = '' }] of messages.entries()) {
    bytes += Buffer.byteLength(Body) + recordBytes;
    if (bytes > maxPayloadBytes && index > 0) return index;
  }
  return messages.length;
}
