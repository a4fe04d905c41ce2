/**
 * The queue of events: a standard queue of SQS. It keeps each message at least once, hands it out again until it is deleted,
 * and moves it to the dead-letter queue at the receive after its last. Each operation costs O(log n).
 */
import { createMessageStore, type MessageStore } from './message-store.ts';
import type { EventQueueParts } from './queue-parts.ts';
import { changeVisibility, remove } from './receipts.ts';
import { keyOf, type MessageAttributes, type StoredMessage } from './stored-message.ts';

export interface SentMessage {
  readonly body: string;
  readonly attributes?: MessageAttributes | undefined;
  readonly group?: string | undefined;
  readonly delayMs?: number | undefined;
}

export interface EventQueue {
  readonly send: (message: SentMessage) => void;
  readonly receive: (most: number) => StoredMessage[];
  /** @returns the code of the error, undefined when it is done */
  readonly changeVisibility: (handle: string, timeoutMs: number) => string | undefined;
  readonly remove: (handle: string) => void;
  readonly store: Pick<MessageStore, 'settle' | 'nextReturnMs' | 'count' | 'hasNext'>;
}

export function createEventQueue(parts: EventQueueParts): EventQueue {
  const store = createMessageStore(parts, parts.random);
  let serial = 0;
  return {
    send(sent) {
      const message = stored(sent, serial++, parts);
      parts.witness({ kind: 'queued', key: message.key, messageId: message.id });
      store.add(message, sent.delayMs ?? 0);
    },
    receive: (most) => receive(store, most, parts),
    changeVisibility: (handle, timeoutMs) => changeVisibility(store, handle, timeoutMs, parts),
    remove: (handle) => remove(store, handle, parts),
    store,
  };
}

function stored(
  { body, attributes, group = '' }: SentMessage,
  serial: number,
  { scheduler, settings }: EventQueueParts,
): StoredMessage {
  const sentAtMs = scheduler.now();
  return {
    id: `00000000-0000-4000-8000-${serial.toString(16).padStart(12, '0')}`,
    key: keyOf(body),
    body,
    attributes,
    group,
    sentAtMs,
    expiresAtMs: sentAtMs + settings.retentionMs,
    state: 'gone',
    receives: 0,
    firstReceivedAtMs: 0,
    lastReceivedAtMs: 0,
    visibleAtMs: 0,
    wasDeleted: false,
  };
}

/** Short receives happen: SQS asks only some of its servers when few messages are there. */
const shortReceives = 0.1;

function receive(store: MessageStore, most: number, parts: EventQueueParts): StoredMessage[] {
  const { random, settings } = parts;
  store.settle();
  const wanted = random.isHit(shortReceives) ? random.between(1, most) : most;
  const received: StoredMessage[] = [];
  while (received.length < wanted && store.count('in-flight') < settings.maxInFlight) {
    const message = store.next();
    if (message === undefined) break;
    if (message.receives >= settings.maxReceiveCount) redrive(store, message, parts);
    else received.push(handOut(store, message, parts));
  }
  return received;
}

/** @returns a copy, since the message can be handed out again before the caller reads it */
function handOut(
  store: MessageStore,
  message: StoredMessage,
  { scheduler, random, trouble, settings }: EventQueueParts,
): StoredMessage {
  message.receives += 1;
  message.lastReceivedAtMs = scheduler.now();
  message.firstReceivedAtMs ||= scheduler.now();
  if (random.isHit(trouble.repeats / 2)) store.show(message);
  else store.hide(message, 'in-flight', settings.visibilityTimeoutMs);
  return { ...message };
}

function redrive(store: MessageStore, message: StoredMessage, { deadLetters }: EventQueueParts): void {
  deadLetters.store(message, message.sentAtMs);
  store.leave(message, 'redriven');
}
