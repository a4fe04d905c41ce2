/** The events of a run whose delivery is awaited: 8 bytes of each id's digest, in a table that is never more than half full. */
import { fingerprint } from '../../../lib/privacy/sha256.ts';

/** 18 MB. Of a longer run, the first events are followed. */
const maxEvents = 1_000_000;

const unsettled = 1;
const delivered = 2;
const parked = 3;

export interface Followed {
  add(eventId: string): void;
  /** Says what the journal has about an event. @param print its fingerprint; events of others are ignored */
  settle(print: string, as: 'delivered' | 'parked'): boolean;
  isUnsettled(print: string): boolean;
  counts(): FollowedCounts;
}

export interface FollowedCounts {
  /** Events with the same id count once. */
  readonly events: number;
  readonly delivered: number;
  readonly parked: number;
  /** Beyond the limit. */
  readonly notFollowed: number;
}

/** @param limit the number of events that are followed */
export function createFollowed(limit = maxEvents): Followed {
  let keys = new BigUint64Array(1024);
  let states = new Uint8Array(1024);
  const count = { events: 0, delivered: 0, parked: 0, notFollowed: 0 };

  /** Digests are spread evenly, so their last bits are the place. */
  const slotOf = (key: bigint): number => {
    const mask = keys.length - 1;
    let slot = Number(key & BigInt(mask));
    while (states[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  };
  const put = (key: bigint, state: number): void => {
    const slot = slotOf(key);
    keys[slot] = key;
    states[slot] = state;
  };
  const grow = (): void => {
    const [oldKeys, oldStates] = [keys, states];
    keys = new BigUint64Array(oldKeys.length * 2);
    states = new Uint8Array(oldKeys.length * 2);
    for (const [slot, state] of oldStates.entries()) if (state !== 0) put(oldKeys[slot] ?? 0n, state);
  };
  const stateOf = (print: string): number | undefined => states[slotOf(keyOf(print))];

  return {
    add: (eventId) => {
      const key = keyOf(fingerprint(eventId));
      if (states[slotOf(key)] !== 0) return;
      if (count.events >= limit) {
        count.notFollowed += 1;
        return;
      }
      put(key, unsettled);
      count.events += 1;
      if (count.events * 2 > keys.length) grow();
    },
    settle: (print, as) => {
      const state = stateOf(print);
      // Someone can replay a dead letter; what is delivered stays so.
      if (state === undefined || state === 0 || state === delivered) return false;
      if (state === parked && as === 'parked') return false;
      if (state === parked) count.parked -= 1;
      count[as] += 1;
      put(keyOf(print), as === 'parked' ? parked : delivered);
      return true;
    },
    isUnsettled: (print) => stateOf(print) === unsettled,
    counts: () => ({ ...count }),
  };
}

const keyOf = (print: string): bigint => (/^[0-9a-f]{16}$/.test(print) ? BigInt(`0x${print}`) : 0n);
