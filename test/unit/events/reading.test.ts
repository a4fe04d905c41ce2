/** How values become canonical: what is right stays the very object it was, and faults are told at their place. */
import { describe, expect, it } from 'vitest';
import { decodeEvent } from '../../../lib/events/decode-event.ts';
import { readersOf, readFields } from '../../../lib/events/fields/read-fields.ts';
import { type Reading, readCount, readText, within } from '../../../lib/events/fields/reading.ts';
import { destinations, least, receivedAtMs } from '../../support/events.ts';

function listen() {
  const told: string[] = [];
  const reading: Reading = {
    receivedAtMs,
    country: undefined,
    reject: (code, _, field) => void told.push(`rejected ${field}: ${code}`),
    warn: (code, _, field) => void told.push(`warned ${field}: ${code}`),
  };
  return { told, reading };
}

describe('the fields of an object', () => {
  const readers = readersOf({ a: readText, b: readText });

  it('that are canonical already are not copied', () => {
    const input = { a: 'x', b: 'y' };
    expect(readFields(input, readers, listen().reading)).toBe(input);
  });

  it.each([
    [{ a: null, b: 'y' }, { b: 'y' }],
    [{ a: undefined, b: 'y' }, { b: 'y' }],
    [{ a: 'x', b: ' ' }, { a: 'x' }],
    [{}, {}],
  ])('%o become %o, and the object stays as it was', (fields, canonical) => {
    const input = Object.freeze({ ...fields });
    expect(readFields(input, readers, listen().reading)).toStrictEqual(canonical);
  });
});

describe('an event', () => {
  it.each([
    { content_id: 'a' },
    { page_url: 'https://shop.example/?ttclid=a', ttclid: undefined, ttp: 'b' },
    { destination: 'shop', value: 1 },
    { event_name: ' Lead ' },
  ])('that comes with %o is read without a change to it', (fields) => {
    const input = Object.freeze({ ...least, ...fields });
    expect(decodeEvent(input, { receivedAtMs, destinations }).ok).toBe(true);
  });
});

describe('inside another field', () => {
  it('faults and doubts have the whole path', () => {
    const { told, reading } = listen();
    const inside = within(reading, (name) => `contents[2].${name}`);
    inside.reject('empty', 'm', 'price');
    inside.warn('old', 'm', 'brand');
    expect(told).toEqual(['rejected contents[2].price: empty', 'warned contents[2].brand: old']);
    expect(inside.receivedAtMs).toBe(receivedAtMs);
  });
});

describe('a count', () => {
  it.each([-1, 1.5, '-1', '1.5', 'two', ''])('of %j is refused once', (value) => {
    const { told, reading } = listen();
    expect(readCount(value, reading, 'quantity')).toBeUndefined();
    expect(told).toEqual(['rejected quantity: invalid_number']);
  });
});
