/** The memory of the demo shop pairs what left a page: the pixel's copies and those of the collector. */
import { expect, test } from 'vitest';
import { fingerprint } from '../../../lib/privacy/sha256.ts';
import { createCopyMemory } from '../../../local/shop/copies.ts';

const clock = () => {
  let nowMs = 1_000;
  return () => nowMs++;
};

const post = (...events: readonly object[]) =>
  JSON.stringify({ v: 1, u: 'https://shop.example/', e: events });

test('pairs the copies with the same name and id, whichever came first', () => {
  const copies = createCopyMemory(clock());
  copies.pixelSent({ event: 'ViewContent', event_id: 'a' });
  copies.pageSent(post({ n: 'ViewContent', i: 'a' }, { n: 'AddToCart', i: 7 }));
  copies.pixelSent({ event: 'AddToCart', event_id: '7' });
  expect(copies.list()).toEqual([
    { name: 'AddToCart', id: '7', gatewayMs: 1_002, pixelMs: 1_003 },
    { name: 'ViewContent', id: 'a', pixelMs: 1_000, gatewayMs: 1_001 },
  ]);
});

test('keeps two names with one id apart, and events without an id each on their own', () => {
  const copies = createCopyMemory(clock());
  copies.pixelSent({ event: 'Purchase', event_id: 'a' });
  copies.pageSent(post({ n: 'CompletePayment', i: 'a' }));
  copies.pixelSent({ event: 'Pageview', event_id: '' });
  copies.pixelSent({ event: 'Pageview', event_id: '' });
  expect(copies.list().map(({ name, id }) => `${name} ${id}`)).toEqual([
    'Pageview ',
    'Pageview ',
    'CompletePayment a',
    'Purchase a',
  ]);
});

test('reads the form of POST /v1/events too', () => {
  const copies = createCopyMemory(clock());
  copies.pageSent('{"events":[{"event_name":"Search","event_id":"s-1"}]}');
  expect(copies.list()).toEqual([{ name: 'Search', id: 's-1', gatewayMs: 1_000 }]);
});

test.each(['', 'null', '[]', '{"v":1,"e":[null,{"i":"a"},7]}', '{"e":"x"}', '{'])(
  'remembers nothing of the body %j',
  (body) => {
    const copies = createCopyMemory();
    copies.pageSent(body);
    copies.pixelSent(body);
    expect(copies.list()).toEqual([]);
  },
);

test("finds the pixel's copies by the fingerprint of their id", () => {
  const copies = createCopyMemory(clock());
  copies.pixelSent({ event: 'ViewContent', event_id: 'a' });
  copies.pixelSent({ event: 'Pageview', event_id: '' });
  expect(copies.pixelCopies(fingerprint('a'))).toEqual([{ name: 'ViewContent', id: 'a', atMs: 1_000 }]);
  expect(copies.pixelCopies(fingerprint(''))).toEqual([]);
});

test('keeps the last 2,000 copies of each side, and lists 100', () => {
  const copies = createCopyMemory(clock());
  for (let number = 0; number < 2_001; number += 1)
    copies.pixelSent({ event: 'Search', event_id: `${number}` });
  expect(copies.pixelCopies(fingerprint('0'))).toEqual([]);
  expect(copies.pixelCopies(fingerprint('1'))).toHaveLength(1);
  expect(copies.list()).toHaveLength(100);
});
