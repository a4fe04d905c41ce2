/** When a message comes back: the ladder by receive, lengthened by chance. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readStage } from '../../../lib/config/read-stage.ts';
import { stageNames } from '../../../lib/config/stage-file.ts';
import { backoffSeconds } from '../../../lib/delivery/backoff.ts';

const retry = [5, 15, 30, 60, 60, 60, 120, 240, 480, 900];
const hold = [30, 60, 120, 300, 600, 900];
const hour = 3_600;
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test.each([
  [0, 5],
  [1, 5],
  [2, 15],
  [3, 30],
  [4, 60],
  [6, 60],
  [7, 120],
  [8, 240],
  [9, 480],
  [10, 900],
  [11, 900],
  [113, 900],
  [1e9, 900],
])('waits, at receive %d of the retry ladder, for %d s', (receives, seconds) => {
  expect(backoffSeconds(retry, receives, 0)).toBe(seconds);
});

test.each(stageNames())(
  'is the ladder of the stage %s: a step for each of 111 waits before a message is parked',
  (name) => {
    const { retryStepsSeconds, holdStepsSeconds, maxReceiveCount } = readStage(name).delivery;
    expect({ retryStepsSeconds, holdStepsSeconds, maxReceiveCount }).toEqual({
      retryStepsSeconds: retry,
      holdStepsSeconds: hold,
      maxReceiveCount: 113,
    });
  },
);

test('waits whole seconds, and never more than the 12 hours that SQS allows', () => {
  expect(backoffSeconds([7], 1, 0.5)).toBe(7);
  expect(backoffSeconds([10], 1, 0.5)).toBe(11);
  expect(backoffSeconds([43_200], 1, 0.99)).toBe(43_200);
  expect(backoffSeconds([40_000], 1, 0.99)).toBe(43_200);
  expect(backoffSeconds([], 1, 0)).toBe(43_200);
});

test('lengthens a step of the ladder by a fifth at most, by chance, and never shortens it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(retry, hold),
      fc.integer({ min: 1, max: 113 }),
      random,
      (steps, receives, chance) => {
        const least = backoffSeconds(steps, receives, 0);
        const seconds = backoffSeconds(steps, receives, chance);
        expect(seconds).toBeGreaterThanOrEqual(least);
        expect(seconds).toBeLessThanOrEqual(least * 1.2);
      },
    ),
  );
});

test('waits at each receive at least as long as at the receive before', () => {
  for (const steps of [retry, hold])
    for (let receives = 1; receives < 113; receives += 1)
      expect(backoffSeconds(steps, receives + 1, 0)).toBeGreaterThanOrEqual(
        backoffSeconds(steps, receives, 0),
      );
});

test.each([
  ['retry', retry],
  ['hold', hold],
])(
  'lasts, with the steps of %s over 113 receives, at least 24 hours and less than the 48 in which TikTok deduplicates',
  (_, steps) => {
    fc.assert(
      fc.property(fc.array(random, { minLength: 113, maxLength: 113 }), (chances) => {
        // The last receive but one parks, so 111 waits are between the first receive and that one.
        const waits = chances.slice(0, 111).map((chance, index) => backoffSeconds(steps, index + 1, chance));
        const total = waits.reduce((sum, seconds) => sum + seconds, 0);
        expect(total).toBeGreaterThanOrEqual(24 * hour);
        expect(total).toBeLessThan(48 * hour);
      }),
    );
  },
);

/** Seconds from an event's arrival to the first attempt that starts after a failure of TikTok is over. */
function secondsUntilDelivered(
  delivery: ReturnType<typeof readStage>['delivery'],
  failureLeft: number,
  chances: readonly number[],
): number {
  let seconds = delivery.windowSeconds;
  for (const [index, chance] of chances.entries()) {
    if (seconds >= failureLeft) return seconds;
    const waited = backoffSeconds(delivery.retryStepsSeconds, index + 1, chance);
    seconds += secondsOf(index + 1) + waited + delivery.windowSeconds;
  }
  return Number.POSITIVE_INFINITY;
}

/** The client ends a call after 8 s. From the third receive on, an invocation makes two more, until 5 s before its end. */
const secondsOf = (receives: number): number => (receives < 3 ? 8 : 24);

test.each(stageNames())(
  'promise 11: tries an event again within 5 minutes of its arrival when TikTok fails for up to 3, in the stage %s',
  (name) => {
    const { delivery } = readStage(name);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 180 }), fc.array(random, { minLength: 9 }), (left, chances) => {
        expect(secondsUntilDelivered(delivery, left, chances)).toBeLessThanOrEqual(300);
      }),
    );
  },
);
