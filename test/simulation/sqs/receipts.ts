/** What a receipt handle can do: it changes the visibility of its message, and deletes it. */
import type { MessageStore } from './message-store.ts';
import type { EventQueueParts } from './queue-parts.ts';
import { handleOf, idOfHandle, type StoredMessage } from './stored-message.ts';

/** SQS counts these 12 hours from the receive. */
const longestInvisibleMs = 43_200_000;

/** @returns the code of the error, undefined when it is done */
export function changeVisibility(
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

export function remove(
  store: MessageStore,
  handle: string,
  { random, trouble, witness }: EventQueueParts,
): void {
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
