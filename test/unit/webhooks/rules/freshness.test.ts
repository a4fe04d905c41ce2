import { expect, test } from 'vitest';
import {
  conversionTime,
  isStale,
  isUnreadableTime,
  judgeAge,
  notInFuture,
} from '../../../../lib/webhooks/rules/freshness.ts';

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

const hour = 3600;
const now = 1_795_000_000;
/** Unix seconds, so many hours ago. */
const ago = (hours: number): number => now - hours * hour;

test.each<[string, { placedAt?: number; paidAt?: number }, 'skip' | 'send', unknown]>([
  ['a payment at once', { placedAt: ago(2), paidAt: ago(1) }, 'skip', [ago(2), ago(-45)]],
  ['a payment 47 hours later', { placedAt: ago(46.9), paidAt: ago(-0.1) }, 'skip', [now, ago(-0.1)]],
  ['a payment more than 47 hours later', { placedAt: ago(48), paidAt: ago(0.9) }, 'skip', 'late_payment'],
  ['a late payment that is sent', { placedAt: ago(48), paidAt: ago(0.9) }, 'send', [ago(0.9), ago(-46.1)]],
  ['an old order', { placedAt: ago(47), paidAt: ago(46) }, 'skip', 'stale'],
  ['an old order whose payment counts', { placedAt: ago(47), paidAt: ago(46) }, 'send', [ago(47), ago(-1)]],
  ['an old payment', { placedAt: ago(99), paidAt: ago(47) }, 'send', 'stale'],
  ['an order without a payment', { placedAt: ago(3) }, 'skip', [ago(3), ago(-44)]],
  ['a payment without an order', { paidAt: ago(3) }, 'skip', [ago(3), ago(-44)]],
  ['no time', {}, 'skip', 'no_time'],
  ['a clock that runs ahead', { placedAt: ago(-9) }, 'skip', [now, ago(-47)]],
])('judges the age of an order with %s: %j, late payments: %s', (_case, times, latePayment, expected) => {
  const age = judgeAge({ placedAt: times.placedAt, paidAt: times.paidAt }, latePayment, now * 1000);
  const seen = age.kind === 'skipped' ? age.reason : [age.happenedAt, age.notAfterMs / 1000];
  expect(seen).toEqual(expected);
});

test.each([undefined, null, '', ' \t', '0000-00-00', '0000-00-00T00:00:00Z', '0000-00-00 00:00:00+00:00'])(
  'takes the time %j as absent',
  (value) => {
    expect(isUnreadableTime(value, now * 1000)).toBe(false);
  },
);

test.each([
  'soon',
  0,
  false,
  '10:00',
  {},
  [],
  true,
  -1,
  Number.NaN,
  '2026-02-30T10:00:00Z',
  now + 25 * hour,
  1e15,
  '9999-12-31',
])('takes the time %j as unreadable', (value) => {
  expect(isUnreadableTime(value, now * 1000)).toBe(true);
});

test.each([now, String(now), now * 1000, now + 23 * hour, '2026-11-18T12:00:00+01:00'])(
  'reads the time %j',
  (value) => {
    expect(isUnreadableTime(value, now * 1000)).toBe(false);
  },
);
