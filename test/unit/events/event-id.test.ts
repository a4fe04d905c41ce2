/** An event without an id gets one that is the same whenever the same event comes again, where that can be known. */
import { expect, test } from 'vitest';
import { createIdentifier, noStableId, type RequestIdentity } from '../../../lib/events/event-id.ts';
import { canonical, receivedAt, receivedAtMs } from '../../support/events/events.ts';

const timed = { event_time: receivedAt - 60 };
const plain: RequestIdentity = { keyId: 'backend', idempotencyKey: undefined };
const keyed: RequestIdentity = { keyId: 'backend', idempotencyKey: 'post-1' };

/** Ids of one post. */
function idsOf(post: Record<string, unknown>[], request = plain, at = receivedAtMs): string[] {
  let count = 0;
  const identify = createIdentifier(request, at, () => `random-${count++}`);
  return post.map((fields) => identify(canonical(fields)).event.event_id);
}
const idOf = (fields: Record<string, unknown>, request = plain) => idsOf([fields], request)[0];

// A post that is repeated after an upgrade must not count twice: these never change.
test.each([
  [{ ...timed }, plain, 'tg-fae7b6952e4d1706dfb922c3d380579a5dfaedf4'],
  [{}, keyed, 'tg-72378198cdbcff5ee3966703f2563606a83d295b'],
  [
    {
      ...timed,
      external_id: ['b', 'a'],
      contents: [{ price: 1.5, content_id: 'x"y' }, { quantity: 2 }],
      custom_properties: { z: true, a: 'ü' },
      city: 'Rom',
    },
    keyed,
    'tg-30a1a7d6c3ee2e1fc3873b82e8cd37338da4bd05',
  ],
])('derives the same id for %o with %o in every release: %s', (fields, request, id) => {
  expect(idOf(fields, request)).toBe(id);
});

test('derives the same ids for the second and third of equal events in every release', () => {
  expect(idsOf([{}, {}, {}], keyed).slice(1)).toEqual([
    'tg-44763c4dcd3cfa880f4f920443a2a59529bee4c5',
    'tg-485170da9a765ef82e6ec576046da05d6d4f9b20',
  ]);
});

test('keeps the event_id of an event, whatever else the event and the request have', () => {
  expect(idOf({ event_id: ' order 1 ' })).toBe(' order 1 ');
  expect(idOf({ event_id: 7, ...timed }, keyed)).toBe('7');
});

test('derives the same id from an event_time at any time of receipt', () => {
  const [id] = idsOf([timed]);
  expect(id).toMatch(/^tg-[0-9a-f]{40}$/);
  expect(idsOf([timed], plain, receivedAtMs + 5_000)).toEqual([id]);
});

test.each([
  ['the order of fields', { city: 'a', state: 'b', ...timed }, { ...timed, state: 'b', city: 'a' }],
  ['null instead of nothing', { ...timed, city: null }, timed],
  ['an empty text instead of nothing', { ...timed, city: '' }, timed],
  [
    'a number instead of a text',
    { ...timed, order_id: 7, value: '1.50', currency: 'USD' },
    { ...timed, order_id: '7', value: 1.5, currency: 'usd' },
  ],
  ['milliseconds instead of seconds', { event_time: timed.event_time * 1000 }, timed],
  [
    'the short form',
    { ...timed, content_id: 'a', price: 1 },
    { ...timed, contents: [{ price: 1, content_id: 'a' }] },
  ],
  ['the name of the default destination', { ...timed, destination: 'default' }, timed],
  ['the form of the phone', { ...timed, phone: '+1 213 373 4253' }, { ...timed, phone: '+12133734253' }],
])('derives the same id from an event_time despite %s', (_, one, other) => {
  expect(idOf(one)).toBe(idOf(other));
});

test.each([
  ['another name', { ...timed, event_name: 'Lead' }],
  ['another time', { event_time: timed.event_time + 1 }],
  ['another destination', { ...timed, destination: 'shop' }],
  ['another order', { ...timed, order_id: '8' }],
  ['another list', { ...timed, external_id: ['a'] }],
  ['another order of a list', { ...timed, external_id: ['b', 'a'] }],
])('derives another id from an event_time for %s', (_, other) => {
  expect(idOf(other)).not.toBe(idOf({ ...timed, external_id: ['a', 'b'] }));
  expect(idOf(other)).not.toBe(idOf(timed));
});

test('promise 2: derives one id for two equal events with an event_time anywhere in a post', () => {
  const other = { ...timed, event_name: 'Lead' };
  const [a, b, c] = idsOf([timed, other, timed]);
  expect(idsOf([other, timed])).toEqual([b, a]);
  expect(c).toBe(a);
});

test('promise 2: derives the same id from an Idempotency-Key at any time of receipt', () => {
  const ids = idsOf([{}], keyed);
  expect(ids[0]).toMatch(/^tg-[0-9a-f]{40}$/);
  expect(idsOf([{}], keyed, receivedAtMs + 5_000)).toEqual(ids);
});

test('promise 2: gives equal events of one post different ids, and the same ids when the post repeats', () => {
  const post = [{}, {}, { city: 'a' }, {}];
  const ids = idsOf(post, keyed);
  expect(new Set(ids).size).toBe(4);
  expect(idsOf(post, keyed)).toEqual(ids);
  expect(new Set(idsOf(post.toReversed(), keyed))).toEqual(new Set(ids));
});

test('derives another id from another Idempotency-Key or another caller', () => {
  const id = idOf(timed, keyed);
  expect(idOf(timed, { ...keyed, idempotencyKey: 'post-2' })).not.toBe(id);
  expect(idOf(timed, { ...keyed, keyId: 'other' })).not.toBe(id);
  expect(idOf(timed)).not.toBe(id);
});

test('derives different ids when characters move between the parts of the identity', () => {
  const id = idOf({}, { keyId: 'a', idempotencyKey: 'b","c' });
  expect(idOf({}, { keyId: 'a","b', idempotencyKey: 'c' })).not.toBe(id);
});

test('gives an event without an id, time and Idempotency-Key a random unstable id and the time of receipt', () => {
  const identify = createIdentifier(plain, receivedAtMs + 999, () => 'random');
  const { event, isStable } = identify(canonical({}));
  expect({ id: event.event_id, time: event.event_time, isStable }).toEqual({
    id: 'random',
    time: receivedAt,
    isStable: false,
  });
});

test('promise 2: explains in the warning no_stable_id how to make an id stable', () => {
  expect(noStableId).toEqual({
    field: 'event_id',
    code: 'no_stable_id',
    message:
      'sent again, this event would count twice: send event_id, event_time or an Idempotency-Key header',
  });
});

test.each([{ event_id: 'a' }, timed])('reports the id of an event with %o as stable', (fields) => {
  expect(createIdentifier(plain, receivedAtMs, () => 'r')(canonical(fields)).isStable).toBe(true);
});
