import { expect, test } from 'vitest';
import { conversionTime, isStale, notInFuture } from '../../../../lib/webhooks/rules/freshness.ts';

test('treats a payment as stale from 47 hours on, and not a millisecond earlier', () => {
  expect(isStale(1000, (1000 + 47 * 3600) * 1000 - 1)).toBe(false);
  expect(isStale(1000, (1000 + 47 * 3600) * 1000)).toBe(true);
});

test('dates a sale by its order unless the payment came more than a day later', () => {
  const day = 86_400;
  expect(conversionTime(1000, 1000 + day)).toBe(1000);
  expect(conversionTime(1000, 1001 + day)).toBe(1001 + day);
  expect(conversionTime(undefined, 7)).toBe(7);
});

test('dates an event from the future to the present', () => {
  expect(notInFuture(12, 10_900)).toBe(10);
  expect(notInFuture(9, 10_900)).toBe(9);
});
