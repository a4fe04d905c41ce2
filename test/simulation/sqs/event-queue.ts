/**
 * The queue of events: a standard queue of SQS. It keeps each message at least once, hands it out again until it is deleted,
 * and moves it to the dead-letter queue at the receive after its last. Each operation costs O(log n).
 */
import type { Random } from '../../support/random.ts';
import type { SqsTrouble, Surroundings } from '../world-parts.ts';
import type { DeadLetters } from './dead-letters.ts';
import { createMessageStore, type MessageStore } from './message-store.ts';
import { handleOf, idOfHandle, keyOf, type MessageAttributes, type StoredMessage } from './stored-message.ts';

export interface QueueSettings {
  readonly visibilityTimeoutMs: number;
  readonly maxReceiveCount: number;
  readonly retentionMs: number;
  /** The most messages in flight: a receive beyond it gives none. SQS allows about 120,000. */
  readonly maxInFlight: number;
}

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

export interface EventQueueParts extends Pick<Surroundings, 'scheduler' | 'witness'> {
  readonly random: Random;
  readonly trouble: Pick<SqsTrouble, 'repeats'>;
  readonly settings: QueueSettings;
  readonly deadLetters: DeadLetters;
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

/** SQS counts these 12 hours from the receive. */
const longestInvisibleMs = 43_200_000;

function changeVisibility(
  store: MessageStore,
  handle: string,
  timeoutMs: number,
  { scheduler }: EventQueueParts,
): string | undefined {
  store.settle();
  const message = store.find(idOfHandle(handle));
  if (message?.state !== 'in-flight') return 'MessageNotInflight';
  if (handleOf(message) !== handle) return 'ReceiptHandleIsInvalid';
  if (scheduler.now() + timeoutMs > message.lastReceivedAtMs + longestInvisibleMs)
    return 'InvalidParameterValue';
  if (timeoutMs === 0) store.show(message);
  else store.hide(message, 'in-flight', timeoutMs);
  return undefined;
}

/** "The request succeeds, but the message might not be deleted" with an older receipt handle (DeleteMessage). */
const staleDeletes = 0.5;
const longestReturnMs = 60_000;

function remove(store: MessageStore, handle: string, { random, trouble, witness }: EventQueueParts): void {
  store.settle();
  const message = store.find(idOfHandle(handle));
  if (message === undefined) return;
  if (handleOf(message) !== handle && !random.isHit(staleDeletes)) return;
  if (random.isHit(trouble.repeats / 2)) linger(store, message, { random, witness });
  else store.leave(message, 'deleted');
}

/** A server that holds a copy was away when the others deleted theirs, and hands it out again (DeleteMessage). */
function linger(
  store: MessageStore,
  message: StoredMessage,
  { random, witness }: Pick<EventQueueParts, 'random' | 'witness'>,
): void {
  const { key, id: messageId, wasDeleted } = message;
  if (!wasDeleted) witness({ kind: 'removed', key, messageId, how: 'deleted' });
  message.wasDeleted = true;
  store.hide(message, 'delayed', random.between(0, longestReturnMs));
}
