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
  /** Undefined when no event could be read from the message. */
  readonly item: Item | undefined;
  readonly fate: Fate;
}

/** The last receive but one: after the next SQS moves the message itself, and its reason would be lost. */
export function parkWhenSpent(fate: Fate, receives: number, maxReceiveCount: number): Fate {
  if (fate.kind === 'delivered' || fate.kind === 'park' || receives < maxReceiveCount - 1) return fate;
  return { ...fate, kind: 'park' };
}

/**
 * A message is reported as failed unless it was delivered or its dead letter is stored: when in doubt it comes back.
 * @returns SQS's partial batch response, each message once
 */
export async function settle(all: readonly Settled[], ports: SettlePorts): Promise<SQSBatchResponse> {
  const parked = all.filter((item): item is Settled & { fate: Park } => item.fate.kind === 'park');
  const letters = parked.map(({ received, fate, item }) =>
    toDeadLetter(received, fate, item?.destinationName, ports.now()),
  );
  const stored = letters.length > 0 ? await ports.queue.send(ports.deadLetterQueueUrl, letters) : [];
  const done = new Set<Received>(
    all.filter(({ fate }) => fate.kind === 'delivered').map(({ received }) => received),
  );
  for (const [index, { received }] of parked.entries()) if (stored[index] === true) done.add(received);

  const open = all.filter(({ received }) => !done.has(received));
  if (open.length > 0)
    await ports.queue.delay(
      ports.queueUrl,
      open.map((item) => delayOf(item, ports)),
    );
  const ids = new Set(open.map(({ received }) => received.messageId));
  return { batchItemFailures: [...ids].map((itemIdentifier) => ({ itemIdentifier })) };
}

function delayOf({ received, fate }: Settled, { settings, random }: SettlePorts) {
  const steps = fate.kind === 'hold' ? settings.holdStepsSeconds : settings.retryStepsSeconds;
  return {
    receiptHandle: received.receiptHandle,
    seconds: backoffSeconds(steps, received.receives, random()),
  };
}
