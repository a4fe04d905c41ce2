/** How values become canonical, and how issues are reported with their path. */
import { describe, expect, it } from 'vitest';
import { decodeEvent } from '../../../../lib/events/decode-event.ts';
import { type FieldContext, within } from '../../../../lib/events/fields/field.ts';
import { parseCount } from '../../../../lib/events/fields/numbers.ts';
import { fieldsParser } from '../../../../lib/events/fields/parse-fields.ts';
import { freeText } from '../../../../lib/events/fields/rows.ts';
import { destinations, least, receivedAtMs } from '../../../support/events.ts';

function listen() {
  const reported: string[] = [];
  const context: FieldContext = {
    receivedAtMs,
    country: undefined,
    reject: (code, _, field) => void reported.push(`rejected ${field}: ${code}`),
    warn: (code, _, field) => void reported.push(`warned ${field}: ${code}`),
  };
  return { reported, context };
}

describe('the fields of an object', () => {
  const parse = fieldsParser({
    a: freeText(9, 'a', { to: 'properties' }),
    b: freeText(9, 'b', { to: 'properties' }),
  });

  it('are a copy of those that are canonical already', () => {
    const input = { a: 'x', b: 'y' };
    expect(parse(input, listen().context)).toStrictEqual(input);
    expect(parse(input, listen().context)).not.toBe(input);
  });

  it.each([
    [{ a: null, b: 'y' }, { b: 'y' }],
    [{ a: undefined, b: 'y' }, { b: 'y' }],
    [{ a: 'x', b: ' ' }, { a: 'x' }],
    [{}, {}],
  ])('%o become %o, and the object stays as it was', (fields, canonical) => {
    const input = Object.freeze({ ...fields });
    expect(parse(input, listen().context)).toStrictEqual(canonical);
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
    const { reported, context } = listen();
    const inside = within(context, (name) => `contents[2].${name}`);
    inside.reject('empty', 'm', 'price');
    inside.warn('old', 'm', 'brand');
    expect(reported).toEqual(['rejected contents[2].price: empty', 'warned contents[2].brand: old']);
    expect(inside.receivedAtMs).toBe(receivedAtMs);
  });
});

describe('a count', () => {
  it.each([-1, 1.5, '-1', '1.5', 'two', ''])('of %j is refused once', (value) => {
    const { reported, context } = listen();
    expect(parseCount(value, context, 'quantity')).toBeUndefined();
    expect(reported).toEqual(['rejected quantity: invalid_number']);
  });
});
