/** The queue as the functions use it: they send messages and dead letters, and delay messages. It never throws. */
import { type Clock, systemClock } from '../clock/clock.ts';
import { errorName, loggableName } from '../privacy/error-name.ts';
import { splitIntoBatches } from './batches.ts';
import { type OutgoingMessage, sizeOf, toEntry } from './entries.ts';
import { type BatchAnswer, createSqsApi, type SqsApi } from './sqs.ts';

export type { OutgoingMessage };

export interface Delay {
  readonly receiptHandle: string;
  /** Seconds until the message is visible again, 0 to 43,200. */
  readonly seconds: number;
}

/** The result of `send`. */
export interface Sent {
  /** One flag for each message, in order: true when SQS has stored it. */
  readonly stored: readonly boolean[];
  /** For each message that is not stored, the name of the last error. */
  readonly errors: readonly string[];
}

export interface QueueClient {
  /** Never throws. */
  send(queueUrl: string, messages: readonly OutgoingMessage[]): Promise<Sent>;
  /**
   * A message whose delay fails becomes visible after the queue's visibility timeout. Never throws.
   * @returns for each delay that failed, the name of the error
   */
  delay(queueUrl: string, delays: readonly Delay[]): Promise<readonly string[]>;
}

/** For all rounds together: API clients and webhook platforms wait only a few seconds. */
const budgetMs = 3_000;
const sendRounds = 3;
const pauseMs = 100;

interface Reach {
  readonly sqs: SqsApi;
  readonly clock: Clock;
}

export const createQueueClient = (sqs: SqsApi = createSqsApi(), clock: Clock = systemClock): QueueClient => ({
  send: (queueUrl, messages) => sendAll({ sqs, clock }, queueUrl, messages),
  delay: (queueUrl, delays) => delayAll({ sqs, clock }, queueUrl, delays),
});

/** Retries the entries that SQS did not store, in at most three rounds within three seconds. */
async function sendAll(
  { sqs, clock }: Reach,
  queueUrl: string,
  messages: readonly OutgoingMessage[],
): Promise<Sent> {
  let open = messages.map((message, index) => ({ entry: toEntry(message, index), bytes: sizeOf(message) }));
  // A message counts as not stored until SQS says that it is.
  let failures: readonly Failure[] = open.map(({ entry }) => ({ id: entry.Id, error: 'NotSent' }));
  const abortSignal = clock.timeout(budgetMs);
  for (let round = 0; round < sendRounds && open.length > 0 && !abortSignal.aborted; round += 1) {
    if (round > 0) await clock.pause(pauseMs);
    const batches = splitIntoBatches(open.map(({ bytes }) => bytes));
    /* v8 ignore next -- a batch holds positions of `open` only */
    const entries = batches.map((batch) => batch.flatMap((position) => open[position]?.entry ?? []));
    const rounds = entries.map((Entries) =>
      failuresOf(Entries, () => sqs.sendMessageBatch({ QueueUrl: queueUrl, Entries }, abortSignal)),
    );
    failures = (await Promise.all(rounds)).flat();
    const failed = new Set(failures.map(({ id }) => id));
    open = open.filter(({ entry }) => failed.has(entry.Id));
  }
  const failed = new Set(failures.map(({ id }) => id));
  return {
    stored: messages.map((_, index) => !failed.has(String(index))),
    errors: failures.map(({ error }) => error),
  };
}

async function delayAll(
  { sqs, clock }: Reach,
  queueUrl: string,
  delays: readonly Delay[],
): Promise<string[]> {
  const entries = delays.map(({ receiptHandle, seconds }, index) => ({
    Id: String(index),
    ReceiptHandle: receiptHandle,
    VisibilityTimeout: seconds,
  }));
  const abortSignal = clock.timeout(budgetMs);
  const batches = splitIntoBatches(entries.map(() => 0)).map((batch) => {
    /* v8 ignore next -- a batch holds positions of `entries` only */
    const Entries = batch.flatMap((index) => entries[index] ?? []);
    return failuresOf(Entries, () =>
      sqs.changeMessageVisibilityBatch({ QueueUrl: queueUrl, Entries }, abortSignal),
    );
  });
  return (await Promise.all(batches)).flat().map(({ error }) => error);
}

/** An entry of a batch that failed. */
interface Failure {
  readonly id: string;
  /** Name of AWS's error. Its message can repeat what was sent, and is never used. */
  readonly error: string;
}

/** A request can fail as a whole, and an answer with HTTP 200 can contain failed entries (SendMessageBatch). */
async function failuresOf(
  entries: readonly { readonly Id: string }[],
  call: () => Promise<BatchAnswer>,
): Promise<Failure[]> {
  try {
    const { Successful = [], Failed = [] } = await call();
    const done = new Set(Successful.map(({ Id }) => Id));
    const codes = new Map(Failed.map(({ Id, Code }) => [Id, Code]));
    return entries
      .filter(({ Id }) => !done.has(Id))
      .map(({ Id }) => ({ id: Id, error: loggableName(codes.get(Id)) }));
  } catch (error) {
    return entries.map(({ Id }) => ({ id: Id, error: isAbort(error) ? 'TimeoutError' : errorName(error) }));
  }
}

/** Only `budgetMs` aborts a request. */
const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';
