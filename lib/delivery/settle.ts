/** Settles a batch with SQS: parks messages, delays those to retry, and names the messages that SQS must keep. */
import type { SQSBatchResponse } from 'aws-lambda';
import type { Delay } from '../queue/queue-client.ts';
import { backoffSeconds } from './backoff.ts';
import type { DeliveryContext } from './context.ts';
import { toDeadLetter } from './dead-letter.ts';
import type { Message, Park, SettledMessage, Wait } from './message.ts';

export interface Settlement {
  /** SQS's partial batch response, each message once. */
  readonly response: SQSBatchResponse;
  /** The messages whose dead letter is stored. */
  readonly parked: readonly ParkedMessage[];
  /** The messages that SQS hands out again. */
  readonly waiting: readonly WaitingMessage[];
  /** Names of errors: one for each dead letter that is not stored, and one for each message without its delay. */
  readonly awsErrors: { readonly park: readonly string[]; readonly delay: readonly string[] };
}

export type ParkedMessage = SettledMessage & { readonly disposition: Park };

export interface WaitingMessage {
  readonly message: Message;
  readonly disposition: Wait;
  /** Until SQS hands it out again; the queue's visibility timeout instead when SQS does not set the delay. */
  readonly seconds: number;
}

/** Parks at the second-to-last receive: after the last, SQS moves the message itself, and its reason would be lost. */
export function parkWhenSpent(
  { message, disposition }: SettledMessage,
  maxReceiveCount: number,
): SettledMessage {
  const isSpent = message.receives >= maxReceiveCount - 1;
  if (disposition.kind === 'delivered' || !isSpent) return { message, disposition };
  return { message, disposition: { ...disposition, kind: 'park' } };
}

/**
 * Reports every message as failed unless it was delivered or its dead letter is stored: in doubt, SQS keeps it.
 * Every message that is not delivered gets its delay, parked ones too, in case their parking fails. Parking and
 * delaying run in parallel, so both fit into the time that is reserved for them.
 * @param messages all messages of the batch
 */
export async function settle(
  messages: readonly Message[],
  settled: readonly SettledMessage[],
  context: DeliveryContext,
): Promise<Settlement> {
  const open = settled.flatMap(({ message, disposition }) =>
    disposition.kind === 'delivered'
      ? []
      : [{ message, disposition, delay: delayOf({ message, disposition }, context) }],
  );
  const delays = open.map(({ delay }) => delay);
  const [parking, delayErrors] = await Promise.all([
    park(open, context),
    context.clients.queue.delay(context.settings.queueUrl, delays),
  ]);
  const delivered = settled.filter(({ disposition }) => disposition.kind === 'delivered');
  const done = new Set([...delivered, ...parking.parked].map(({ message }) => message));
  const failed = messages.filter((message) => !done.has(message));
  const ids = new Set(failed.map(({ messageId }) => messageId));
  return {
    response: { batchItemFailures: [...ids].map((itemIdentifier) => ({ itemIdentifier })) },
    parked: parking.parked,
    waiting: open
      .filter(({ message }) => !done.has(message))
      .map(({ message, disposition, delay: { seconds } }) => ({
        message,
        disposition: asWait(disposition),
        seconds,
      })),
    awsErrors: { park: parking.errors, delay: delayErrors },
  };
}

export const isParked = (settled: SettledMessage): settled is ParkedMessage =>
  settled.disposition.kind === 'park';

/** @returns the messages whose dead letter is stored, and the names of the errors of the others */
async function park(open: readonly SettledMessage[], { settings, clients, now }: DeliveryContext) {
  const parked = open.filter(isParked);
  const letters = parked.map(({ message, disposition }) => toDeadLetter(message, disposition, now()));
  const { stored, errors } = await clients.queue.send(settings.deadLetterQueueUrl, letters);
  return { parked: parked.filter((_, index) => stored[index] === true), errors };
}

function delayOf(
  { message: { receiptHandle, receives }, disposition }: SettledMessage,
  { settings: { delivery }, random }: DeliveryContext,
): Delay {
  const steps = disposition.kind === 'hold' ? delivery.holdStepsSeconds : delivery.retryStepsSeconds;
  return { receiptHandle, seconds: backoffSeconds(steps, receives, random()) };
}

/** A message to park waits while SQS does not store its dead letter. */
const asWait = (disposition: Wait | Park): Wait =>
  disposition.kind === 'park' ? { ...disposition, kind: 'retry', detail: 'not_parked' } : disposition;
