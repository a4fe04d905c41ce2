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
  copies.pageSent(post({ n: 'ViewContent', i: 'a' }, { n: 'AddToCart', i: 7 }), 'trace-1');
  copies.pixelSent({ event: 'AddToCart', event_id: '7' });
  expect(copies.list()).toEqual([
    { name: 'AddToCart', id: '7', gatewayMs: 1_002, pixelMs: 1_003 },
    { name: 'ViewContent', id: 'a', pixelMs: 1_000, gatewayMs: 1_001 },
  ]);
});

test('keeps two names with one id apart, and events without an id each on their own', () => {
  const copies = createCopyMemory(clock());
  copies.pixelSent({ event: 'Purchase', event_id: 'a' });
  copies.pageSent(post({ n: 'CompletePayment', i: 'a' }), 'trace-1');
  copies.pixelSent({ event: 'Pageview', event_id: '' });
  copies.pixelSent({ event: 'Pageview', event_id: '' });
  expect(copies.list().map(({ name, id }) => `${name} ${id}`)).toEqual([
    'Pageview ',
    'Pageview ',
    'CompletePayment a',
    'Purchase a',
  ]);
});

test.each([
  '{"events":[{"event_name":"Search","event_id":"s-1"}]}',
  '{"event_name":"Search","event_id":"s-1"}',
  '[{"event_name":"Search","event_id":"s-1"}]',
])('reads the form of POST /v1/events too: %s', (body) => {
  const copies = createCopyMemory(clock());
  copies.pageSent(body, 'trace-1');
  expect(copies.list()).toEqual([{ name: 'Search', id: 's-1', gatewayMs: 1_000 }]);
});

/** A log line as the function writes it. */
const line = (fields: object, trace = 'trace-1') =>
  JSON.stringify({
    message: 'events collected',
    timestamp: '2026-11-01T12:00:00Z',
    source: 'collect',
    trace,
    ...fields,
  });

const verdicts = (copies: ReturnType<typeof createCopyMemory>) =>
  copies.list().map(({ id, skipped }) => `${id} ${skipped}`);

test('knows by the log line which events of a post were skipped, and why', () => {
  const copies = createCopyMemory(clock());
  copies.pageSent(
    post({ n: 'Search', i: 'a' }, {}, { n: 'Free', i: 'b' }, { n: 'Purchase', i: 'c' }),
    'trace-1',
  );
  copies.pageSent(post({ n: 'Search', i: 'd' }), 'trace-2');
  expect(verdicts(copies)).toEqual(['d undefined', 'c undefined', 'b undefined', 'a undefined']);
  copies.logged('{"message":"other","trace":"trace-1","reason":"bot"}');
  copies.logged(
    line({ event: '1 - 2 3', errors: ':invalid_event@1 :event_not_allowed@2 :sent_by_source@3' }),
  );
  expect(verdicts(copies)).toEqual(['d undefined', 'c sent_by_source', 'b event_not_allowed', 'a undefined']);
  copies.logged(line({ reason: 'bot' }, 'trace-2'));
  copies.logged(line({ reason: 'bot' }, 'trace-3'));
  expect(verdicts(copies)[0]).toBe('d bot');
});

test('gives an event that was sent again the last verdict, and keeps it beside the copy of the pixel', () => {
  const copies = createCopyMemory(clock());
  const send = (trace: string, errors: string | undefined) => {
    copies.pageSent(post({ n: 'Search', i: 'a' }), trace);
    copies.logged(line({ event: '1', errors }, trace));
  };
  send('trace-1', ':queue_unavailable@0');
  copies.pixelSent({ event: 'Search', event_id: 'a' });
  expect(copies.list()).toEqual([
    { name: 'Search', id: 'a', gatewayMs: 1_000, pixelMs: 1_001, skipped: 'queue_unavailable' },
  ]);
  send('trace-2', undefined);
  expect(copies.list()).toEqual([{ name: 'Search', id: 'a', gatewayMs: 1_000, pixelMs: 1_001 }]);
});

test('remembers nothing of a post of more than 20 events, which the function does not take', () => {
  const copies = createCopyMemory();
  copies.pageSent(post(...Array(21).fill({ n: 'Search', i: 'a' })), 'trace-1');
  expect(copies.list()).toEqual([]);
});

test('forgets the oldest post when 1,000 wait for their log line', () => {
  const copies = createCopyMemory(clock());
  for (let number = 0; number <= 1_000; number += 1)
    copies.pageSent(post({ n: 'Search', i: `${number}` }), `trace-${number}`);
  copies.logged(line({ reason: 'bot' }, 'trace-0'));
  copies.logged(line({ reason: 'bot' }, 'trace-1000'));
  expect(
    copies
      .list()
      .filter(({ skipped }) => skipped === 'bot')
      .map(({ id }) => id),
  ).toEqual(['1000']);
});

test.each(['', 'null', '[]', '{"v":1,"e":[null,{"i":"a"},7]}', '{"e":"x"}', '{'])(
  'remembers nothing of the body %j',
  (body) => {
    const copies = createCopyMemory();
    copies.pageSent(body, 'trace-1');
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
