/** The console's judgment of both copies follows TikTok's rule: the same name and id within 48 hours. */
import { expect, test } from 'vitest';
import { copiesOf } from '../../../console/gateway/copies-of.ts';

const atMs = Date.UTC(2026, 10, 1, 12);
const hourMs = 3_600_000;
const event = {
  event: '0123456789abcdef',
  source: 'collect',
  name: 'AddToCart',
  atMs,
  outcome: 'delivered',
} as const;
const pixel = { id: 'id-1', name: 'AddToCart', atMs: atMs - 120 };

test('copies with the same name and id merge', () => {
  expect(copiesOf(event, [pixel])).toMatchObject({
    gateway: { name: 'AddToCart', atMs },
    pixel: { name: 'AddToCart', atMs: atMs - 120 },
    merge: true,
  });
});

test("a webhook's event merges with the pixel's copy of the same id", () => {
  const purchase = { ...event, source: 'shopify', name: 'Purchase' };
  expect(copiesOf(purchase, [{ ...pixel, name: 'Purchase' }])?.merge).toBe(true);
});

test.each(['skipped', 'rejected', 'discarded'] as const)(
  'an event that was %s has no copy of the gateway, so nothing merges',
  (outcome) => {
    const copies = copiesOf({ ...event, outcome }, [pixel]);
    expect(copies).toEqual({
      pixel: { name: 'AddToCart', atMs: atMs - 120 },
      merge: false,
      text: expect.stringContaining('counts the pixel’s copy only'),
    });
    expect(copiesOf({ ...event, outcome }, [])).toBeUndefined();
  },
);

test('copies with the same id and two names do not merge', () => {
  const copies = copiesOf({ ...event, name: 'Purchase' }, [{ ...pixel, name: 'CompletePayment' }]);
  expect(copies).toMatchObject({ merge: false, pixel: { name: 'CompletePayment' } });
  expect(copies?.text).toContain('names differ');
});

test('the copy with the same name decides when the pixel sent two names under one id', () => {
  expect(copiesOf(event, [{ ...pixel, name: 'Search' }, pixel])?.merge).toBe(true);
});

test.each([
  [48 * hourMs, true],
  [48 * hourMs + 1, false],
])('copies that are %i ms apart merge: %s', (apart, merge) => {
  expect(copiesOf(event, [{ ...pixel, atMs: atMs - apart }])?.merge).toBe(merge);
});

test('an event of the browser without a copy of the pixel counts alone', () => {
  expect(copiesOf(event, [])).toMatchObject({ merge: false, text: expect.stringContaining('blocked') });
  expect(copiesOf(event, [])?.pixel).toBeUndefined();
});

test('an event of another source whose id the pixel never sent has no copies to show', () => {
  expect(copiesOf({ ...event, source: 'api' }, [])).toBeUndefined();
});
