/** The messages of the queue, each in its state, and the clock's effects on them: they return, and their retention ends. */
import type { Random } from '../../support/random.ts';
import { createHeap } from '../engine/heap.ts';
import type { Surroundings } from '../world-parts.ts';
import { createReadyMessages } from './ready-messages.ts';
import type { StoredMessage } from './stored-message.ts';

export interface MessageStore {
  readonly add: (message: StoredMessage, delayMs: number) => void;
  readonly find: (id: string) => StoredMessage | undefined;
  /** @returns a message that can be received, undefined when there is none */
  readonly next: () => StoredMessage | undefined;
  readonly hasNext: () => boolean;
  readonly show: (message: StoredMessage) => void;
  readonly hide: (message: StoredMessage, state: 'in-flight' | 'delayed', ms: number) => void;
  readonly leave: (message: StoredMessage, how: Leaving) => void;
  /** Brings the states up to the current time. Every operation of the queue starts with it. */
  readonly settle: () => void;
  /** When the next hidden message can be received again; undefined when none is hidden. */
  readonly nextReturnMs: () => number | undefined;
  readonly count: (state: StoredMessage['state']) => number;
}

export type Leaving = 'deleted' | 'redriven' | 'retention';

interface Return {
  readonly atMs: number;
  readonly order: number;
  readonly message: StoredMessage;
}

const isSooner = (a: Return, b: Return): boolean =>
  a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

/** False for an entry that a later change of the visibility replaced, and for a message that is gone. */
const isCurrent = ({ atMs, message }: Return): boolean =>
  message.visibleAtMs === atMs && (message.state === 'in-flight' || message.state === 'delayed');

export function createMessageStore(
  { scheduler, witness }: Pick<Surroundings, 'scheduler' | 'witness'>,
  random: Random,
): MessageStore {
  const messages = new Map<string, StoredMessage>();
  const counts = { ready: 0, 'in-flight': 0, delayed: 0, gone: 0 };
  const ready = createReadyMessages(random);
  const returns = createHeap(isSooner);
  let order = 0;
  let nextExpiryMs = Number.POSITIVE_INFINITY;

  const setState = (message: StoredMessage, state: StoredMessage['state']): void => {
    if (message.state === 'in-flight') ready.countInFlight(message, -1);
    if (state === 'in-flight') ready.countInFlight(message, 1);
    counts[message.state] -= 1;
    counts[state] += 1;
    message.state = state;
  };
  const show = (message: StoredMessage): void => {
    setState(message, 'ready');
    ready.push(message);
  };
  const hide: MessageStore['hide'] = (message, state, ms) => {
    setState(message, state);
    message.visibleAtMs = scheduler.now() + ms;
    returns.push({ atMs: message.visibleAtMs, order: order++, message });
  };
  const leave: MessageStore['leave'] = (message, how) => {
    const { key, id: messageId, wasDeleted } = message;
    setState(message, 'gone');
    messages.delete(messageId);
    if (!wasDeleted) witness({ kind: 'removed', key, messageId, how });
  };
  const nextReturn = (): Return | undefined => {
    for (let top = returns.peek(); top !== undefined; top = returns.peek()) {
      if (isCurrent(top)) return top;
      returns.pop();
    }
    return undefined;
  };
  /** Messages are kept in the order in which they were sent, so the first one that stays is the next to expire. */
  const expire = (): void => {
    for (const message of messages.values()) {
      nextExpiryMs = message.expiresAtMs;
      if (nextExpiryMs > scheduler.now()) return;
      leave(message, 'retention');
    }
    nextExpiryMs = Number.POSITIVE_INFINITY;
  };

  return {
    add(message, delayMs) {
      messages.set(message.id, message);
      counts[message.state] += 1;
      nextExpiryMs = Math.min(nextExpiryMs, message.expiresAtMs);
      if (delayMs > 0) hide(message, 'delayed', delayMs);
      else show(message);
    },
    find: (id) => messages.get(id),
    next: ready.pop,
    hasNext: () => !ready.isEmpty(),
    show,
    hide,
    leave,
    settle() {
      const now = scheduler.now();
      if (now >= nextExpiryMs) expire();
      for (let next = nextReturn(); next !== undefined && next.atMs <= now; next = nextReturn()) {
        returns.pop();
        show(next.message);
      }
    },
    nextReturnMs: () => nextReturn()?.atMs,
    count: (state) => counts[state],
  };
}
