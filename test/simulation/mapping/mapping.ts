/**
 * The event source mapping of the consumer: pollers that each collect a batch, invoke the function, and delete what it did not
 * report as failed. Everything else returns to the queue at the end of its visibility timeout.
 */
import type { Message } from '@aws-sdk/client-sqs';
import { type BatchOutcome, batchOutcome } from '../../../local/lambda/batch-outcome.ts';
import { sqsRecord } from '../../../local/lambda/sqs-record.ts';
import { clockOf } from '../engine/scheduler.ts';
import { ThrottledError } from '../lambda/lambda.ts';
import type { ConsumerApi } from '../sqs/sqs.ts';
import type { ConsumerPart, MappingPart, Surroundings } from '../world-parts.ts';
import { createCollector } from './collector.ts';

export interface MappingSettings {
  /** The queue's visibility timeout: a batch that Lambda throttles is tried again until then. */
  readonly visibilityTimeoutMs: number;
  readonly windowMs: number;
  readonly maximumConcurrency: number;
}

interface Mapping extends Pick<Surroundings, 'scheduler' | 'trace'> {
  readonly queue: ConsumerApi;
  readonly consumer: ConsumerPart;
  readonly settings: MappingSettings;
}

const queueArn = 'arn:aws:sqs:eu-central-1:123456789012:tiktok-events-prod';
/** SQS deletes at most ten messages in one call. */
const deletesAtOnce = 10;
const throttledPauseMs = 1_000;

export const createMapping = (mapping: Mapping): MappingPart => ({
  start() {
    for (let poller = 0; poller < mapping.settings.maximumConcurrency; poller += 1) void poll(mapping);
  },
});

/** A poller takes no message while its batch is in work: it would use up the message's visibility timeout. */
async function poll(mapping: Mapping): Promise<never> {
  const collector = createCollector(mapping.scheduler, mapping.queue, mapping.settings.windowMs);
  for (;;) await work(await collector.collect(), mapping);
}

async function work(batch: readonly Message[], mapping: Mapping): Promise<void> {
  const records = batch.map((message) => sqsRecord(message, queueArn));
  const ids = records.map(({ messageId }) => messageId);
  const untilMs = mapping.scheduler.now() + mapping.settings.visibilityTimeoutMs;
  const outcome = await invoke({ Records: records }, ids, untilMs, mapping);
  mapping.trace.note(`mapping batch ${batch.length}, returns ${outcome === 'all' ? 'all' : outcome.size}`);
  if (outcome === 'all') return;
  const done = records.filter(({ messageId }) => !outcome.has(messageId));
  const handles = done.map(({ receiptHandle }) => receiptHandle);
  for (let start = 0; start < handles.length; start += deletesAtOnce)
    await mapping.queue.remove(handles.slice(start, start + deletesAtOnce)).catch(() => undefined);
}

async function invoke(
  event: Parameters<ConsumerPart['invoke']>[0],
  ids: readonly string[],
  untilMs: number,
  mapping: Mapping,
): Promise<BatchOutcome> {
  try {
    return batchOutcome(await mapping.consumer.invoke(event), ids);
  } catch (error) {
    const isThrottled = error instanceof ThrottledError;
    if (!isThrottled || mapping.scheduler.now() + throttledPauseMs >= untilMs) return 'all';
    await clockOf(mapping.scheduler).pause(throttledPauseMs);
    return await invoke(event, ids, untilMs, mapping);
  }
}
