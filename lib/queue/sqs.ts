/** The one file that talks to SQS: sends messages, parks dead letters, and sets when a message comes back. */
import { ChangeMessageVisibilityBatchCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { splitIntoBatches } from './batches.ts';
import { type OutgoingMessage, type QueueEntry, sizeOf, toEntry } from './entries.ts';

export type { OutgoingMessage };

export interface Delay {
  readonly receiptHandle: string;
  /** Seconds until the message is visible again, 0 to 43,200. */
  readonly seconds: number;
}

export interface QueueClient {
  /** @returns one flag for each message, in order: true when SQS has stored it. Never throws. */
  send(queueUrl: string, messages: readonly OutgoingMessage[]): Promise<boolean[]>;
  /** A delay that fails is ignored: the message then comes back after the queue's visibility timeout. Never throws. */
  delay(queueUrl: string, delays: readonly Delay[]): Promise<void>;
}

const requestTimeoutMs = 1_000;
/** All rounds together: API Gateway's caller and the webhook senders wait only seconds. */
const budgetMs = 3_000;
const sendRounds = 3;
const pauseMs = 100;

const ignore = (): void => {};
/**
 * A logger would be given whole commands, personal data included; without one the SDK writes a line to the console
 * for each call to a queue that is not on AWS.
 */
const logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** Sockets are kept alive and limited to 50 by the SDK, so the batches of one call may all be started at once. */
export function createQueueClient(): QueueClient {
  const requestHandler = {
    connectionTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    throwOnRequestTimeout: true,
  };
  const sqs = new SQSClient({ maxAttempts: 2, requestHandler, logger });
  return {
    send: (queueUrl, messages) => sendAll(sqs, queueUrl, messages),
    delay: (queueUrl, delays) => delayAll(sqs, queueUrl, delays),
  };
}

/** Entries that SQS did not store are sent again: three rounds at most, within three seconds. */
async function sendAll(
  sqs: SQSClient,
  queueUrl: string,
  messages: readonly OutgoingMessage[],
): Promise<boolean[]> {
  const stored = messages.map(() => false);
  let open = messages.map((message, index) => ({ entry: toEntry(message, index), bytes: sizeOf(message) }));
  const abortSignal = AbortSignal.timeout(budgetMs);
  for (let round = 0; round < sendRounds && open.length > 0 && !abortSignal.aborted; round += 1) {
    if (round > 0) await pause(pauseMs);
    const batches = splitIntoBatches(open.map(({ bytes }) => bytes));
    const entries = batches.map((batch) => batch.flatMap((position) => open[position]?.entry ?? []));
    const sent = await Promise.all(entries.map((batch) => sendBatch(sqs, queueUrl, batch, abortSignal)));
    for (const id of sent.flat()) stored[Number(id)] = true;
    open = open.filter(({ entry }) => !stored[Number(entry.Id)]);
  }
  return stored;
}

/** @returns the ids of the entries that SQS stored: HTTP 200 can carry failed entries (SendMessageBatch) */
async function sendBatch(
  sqs: SQSClient,
  queueUrl: string,
  entries: QueueEntry[],
  abortSignal: AbortSignal,
): Promise<string[]> {
  try {
    const answer = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }), {
      abortSignal,
    });
    return (answer.Successful ?? []).flatMap((result) => result.Id ?? []);
  } catch {
    return [];
  }
}

async function delayAll(sqs: SQSClient, queueUrl: string, delays: readonly Delay[]): Promise<void> {
  const entries = delays.map(({ receiptHandle, seconds }, index) => ({
    Id: String(index),
    ReceiptHandle: receiptHandle,
    VisibilityTimeout: seconds,
  }));
  const batches = splitIntoBatches(entries.map(() => 0)).map((batch) =>
    batch.flatMap((index) => entries[index] ?? []),
  );
  const abortSignal = AbortSignal.timeout(budgetMs);
  const commands = batches.map(
    (Entries) => new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }),
  );
  await Promise.allSettled(commands.map((command) => sqs.send(command, { abortSignal })));
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
