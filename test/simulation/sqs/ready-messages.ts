/**
 * The messages that can be received: mostly, but not strictly, the oldest first, and fair between groups. While a group has
 * more than a tenth of what is in flight, its messages wait behind those of the others ("How fair queues work", SQS guide).
 */
import type { Random } from '../../support/random.ts';
import { createHeap, type Heap } from '../engine/heap.ts';
import type { StoredMessage } from './stored-message.ts';

interface Entry {
  readonly rank: number;
  readonly order: number;
  readonly message: StoredMessage;
}

interface Group {
  readonly name: string;
  readonly entries: Heap<Entry>;
  inFlight: number;
}

export interface ReadyMessages {
  readonly push: (message: StoredMessage) => void;
  /** @returns the next message, still in the state `ready` */
  readonly pop: () => StoredMessage | undefined;
  readonly isEmpty: () => boolean;
  /** Counts a message of the group that goes in flight (1) or leaves it (-1). */
  readonly countInFlight: (message: StoredMessage, change: 1 | -1) => void;
  readonly inFlight: () => number;
}

const usualDisorderMs = 1_000;
const rareDisorderMs = 10_000;
const rareDisorder = 0.05;

const noisyShare = 0.1;
/** A group with fewer messages in flight never counts as noisy. */
const leastNoisy = 30;

const isBefore = (a: Entry, b: Entry): boolean => a.rank < b.rank || (a.rank === b.rank && a.order < b.order);

export function createReadyMessages(random: Random): ReadyMessages {
  const groups = new Map<string, Group>();
  let order = 0;
  let inFlight = 0;

  const groupOf = ({ group: name }: StoredMessage): Group => {
    const group = groups.get(name) ?? { name, entries: createHeap(isBefore), inFlight: 0 };
    groups.set(name, group);
    return group;
  };

  const isNoisy = (group: Group): boolean =>
    group.name !== '' && group.inFlight >= leastNoisy && group.inFlight > inFlight * noisyShare;

  /** Messages that were deleted or received meanwhile stay in the heap until they come to its top. */
  const topOf = ({ entries }: Group): Entry | undefined => {
    for (let top = entries.peek(); top !== undefined; top = entries.peek()) {
      if (top.message.state === 'ready') return top;
      entries.pop();
    }
    return undefined;
  };

  const nextGroup = (): Group | undefined => {
    let next: { group: Group; top: Entry; isNoisy: boolean } | undefined;
    for (const group of groups.values()) {
      const top = topOf(group);
      if (top === undefined) continue;
      const candidate = { group, top, isNoisy: isNoisy(group) };
      const isFirst = next === undefined || (candidate.isNoisy === next.isNoisy && isBefore(top, next.top));
      if (isFirst || (next?.isNoisy && !candidate.isNoisy)) next = candidate;
    }
    return next?.group;
  };

  return {
    push(message) {
      const disorderMs = random.isHit(rareDisorder) ? rareDisorderMs : usualDisorderMs;
      const rank = message.sentAtMs + random.between(0, disorderMs);
      groupOf(message).entries.push({ rank, order: order++, message });
    },
    pop: () => nextGroup()?.entries.pop()?.message,
    isEmpty: () => nextGroup() === undefined,
    countInFlight(message, change) {
      groupOf(message).inFlight += change;
      inFlight += change;
    },
    inFlight: () => inFlight,
  };
}
