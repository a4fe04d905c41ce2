/** Turns fates into what SQS must know: which messages come back and when, and which are parked. */
import type { SQSBatchResponse } from 'aws-lambda';
import type { DeliverySettings } from '../config/delivery-settings.ts';
import type { QueueClient } from '../queue/sqs.ts';
import { backoffSeconds } from './backoff.ts';
import { toDeadLetter } from './dead-letter.ts';
import type { Fate, Item, Park, Received } from './item.ts';

export interface SettlePorts {
  readonly queue: QueueClient;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly settings: DeliverySettings;
  readonly now: () => number;
  readonly random: () => number;
}

export interface Settled {
  readonly received: Received;
  readonly destinationName: string | undefined;
  readonly trace: string;
  /** Undefined when no event could be read from the message. */
  readonly item: Item | undefined;
  readonly fate: Fate;
}

export interface Settlement {
  /** SQS's partial batch response, each message once. */
  readonly response: SQSBatchResponse;
  /** Names of errors: one for each dead letter that is not stored, and one for each message without its delay. */
  readonly awsErrors: { readonly park: readonly string[]; readonly delay: readonly string[] };
}

export type Parked = Settled & { readonly fate: Park };

export const isParked = (one: Settled): one is Parked => one.fate.kind === 'park';

/** The last receive but one: after the next SQS moves the message itself, and its reason would be lost. */
export function parkWhenSpent(fate: Fate, receives: number, maxReceiveCount: number): Fate {
  if (fate.kind === 'delivered' || receives < maxReceiveCount - 1) return fate;
  return { ...fate, kind: 'park' };
}

/**
 * A message is reported as failed unless it was delivered or its dead letter is stored: when in doubt it comes back.
 * Every message that may come back gets its delay, parked ones too, in case their parking fails; parking and delaying
 * run side by side, so that both fit into the time that is kept for them.
 */
export async function settle(all: readonly Settled[], ports: SettlePorts): Promise<Settlement> {
  const open = all.filter(({ fate }) => fate.kind !== 'delivered');
  const [{ parked, errors }, delayErrors] = await Promise.all([park(open, ports), delay(open, ports)]);
  const ids = new Set(open.filter((one) => !parked.has(one)).map(({ received }) => received.messageId));
  return {
    response: { batchItemFailures: [...ids].map((itemIdentifier) => ({ itemIdentifier })) },
    awsErrors: { park: errors, delay: delayErrors },
  };
}

/** @returns those whose dead letter is stored, and the names of the errors of the others */
async function park(open: readonly Settled[], ports: SettlePorts) {
  const doomed = open.filter(isParked);
  const letters = doomed.map(({ received, fate, destinationName }) =>
    toDeadLetter(received, fate, destinationName, ports.now()),
  );
  const { stored, errors } = await ports.queue.send(ports.deadLetterQueueUrl, letters);
  return { parked: new Set<Settled>(doomed.filter((_, index) => stored[index] === true)), errors };
}

const delay = (open: readonly Settled[], ports: SettlePorts): Promise<readonly string[]> =>
  ports.queue.delay(
    ports.queueUrl,
    open.map((one) => delayOf(one, ports)),
  );

function delayOf({ received, fate }: Settled, { settings, random }: SettlePorts) {
  const steps = fate.kind === 'hold' ? settings.holdStepsSeconds : settings.retryStepsSeconds;
  return {
    receiptHandle: received.receiptHandle,
    seconds: backoffSeconds(steps, received.receives, random()),
  };
}
