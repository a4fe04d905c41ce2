/** An event without an id gets one that is the same whenever the same event comes again, where that can be known. */
import { describe, expect, it } from 'vitest';
import { createIdentifier, noStableId, type RequestIdentity } from '../../../lib/events/event-id.ts';
import { canonical, receivedAt, receivedAtMs } from '../../support/events.ts';

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

describe('ids of one release', () => {
  // A post that is repeated after an upgrade must not count twice: these never change.
  it.each([
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
  ])('%o keeps its own', (fields, request, id) => {
    expect(idOf(fields, request)).toBe(id);
  });

  it('the second and third of equal events keep theirs', () => {
    expect(idsOf([{}, {}, {}], keyed).slice(1)).toEqual([
      'tg-44763c4dcd3cfa880f4f920443a2a59529bee4c5',
      'tg-485170da9a765ef82e6ec576046da05d6d4f9b20',
    ]);
  });
});

describe('an own event_id', () => {
  it('is kept, whatever else the event and the request have', () => {
    expect(idOf({ event_id: ' order 1 ' })).toBe(' order 1 ');
    expect(idOf({ event_id: 7, ...timed }, keyed)).toBe('7');
  });
});

describe('with an own event_time', () => {
  it('the id is derived, and stable at any time of receipt', () => {
    const [id] = idsOf([timed]);
    expect(id).toMatch(/^tg-[0-9a-f]{40}$/);
    expect(idsOf([timed], plain, receivedAtMs + 5_000)).toEqual([id]);
  });

  it.each([
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
  ])('%s does not change it', (_, one, other) => {
    expect(idOf(one)).toBe(idOf(other));
  });

  it.each([
    ['another name', { ...timed, event_name: 'Lead' }],
    ['another time', { event_time: timed.event_time + 1 }],
    ['another destination', { ...timed, destination: 'shop' }],
    ['another order', { ...timed, order_id: '8' }],
    ['another list', { ...timed, external_id: ['a'] }],
    ['another order of a list', { ...timed, external_id: ['b', 'a'] }],
  ])('%s changes it', (_, other) => {
    expect(idOf(other)).not.toBe(idOf({ ...timed, external_id: ['a', 'b'] }));
    expect(idOf(other)).not.toBe(idOf(timed));
  });

  it('does not depend on the place in the post, and two equal events become one', () => {
    const other = { ...timed, event_name: 'Lead' };
    const [a, b, c] = idsOf([timed, other, timed]);
    expect(idsOf([other, timed])).toEqual([b, a]);
    expect(c).toBe(a);
  });
});

describe('with an Idempotency-Key', () => {
  it('the id is derived without an event_time, and stable at any time of receipt', () => {
    const ids = idsOf([{}], keyed);
    expect(ids[0]).toMatch(/^tg-[0-9a-f]{40}$/);
    expect(idsOf([{}], keyed, receivedAtMs + 5_000)).toEqual(ids);
  });

  it('equal events of one post are told apart, and the whole post repeats exactly', () => {
    const post = [{}, {}, { city: 'a' }, {}];
    const ids = idsOf(post, keyed);
    expect(new Set(ids).size).toBe(4);
    expect(idsOf(post, keyed)).toEqual(ids);
    expect(new Set(idsOf(post.toReversed(), keyed))).toEqual(new Set(ids));
  });

  it('another key, or the same key of another caller, gives another id', () => {
    const id = idOf(timed, keyed);
    expect(idOf(timed, { ...keyed, idempotencyKey: 'post-2' })).not.toBe(id);
    expect(idOf(timed, { ...keyed, keyId: 'other' })).not.toBe(id);
    expect(idOf(timed)).not.toBe(id);
  });

  it('parts of the identity cannot be shifted into each other', () => {
    const id = idOf({}, { keyId: 'a', idempotencyKey: 'b","c' });
    expect(idOf({}, { keyId: 'a","b', idempotencyKey: 'c' })).not.toBe(id);
  });
});

describe('without any of these', () => {
  it('the id is random and said to be unstable; the time is that of receipt', () => {
    const identify = createIdentifier(plain, receivedAtMs + 999, () => 'random');
    const { event, isStable } = identify(canonical({}));
    expect({ id: event.event_id, time: event.event_time, isStable }).toEqual({
      id: 'random',
      time: receivedAt,
      isStable: false,
    });
  });

  it('the caller is told how to make it stable', () => {
    expect(noStableId).toEqual({
      field: 'event_id',
      code: 'no_stable_id',
      message:
        'sent again, this event would count twice: send event_id, event_time or an Idempotency-Key header',
    });
  });

  it.each([{ event_id: 'a' }, timed])('%o is said to be stable', (fields) => {
    expect(createIdentifier(plain, receivedAtMs, () => 'r')(canonical(fields)).isStable).toBe(true);
  });
});
