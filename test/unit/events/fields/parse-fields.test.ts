/** How values become canonical, and how issues are reported with their path. */
import { expect, test } from 'vitest';
import { decodeEvent } from '../../../../lib/events/decode/decode-event.ts';
import { type FieldContext, within } from '../../../../lib/events/fields/field.ts';
import { parseCount } from '../../../../lib/events/fields/parsers/numbers.ts';
import { fieldsParser } from '../../../../lib/events/fields/parsers/parse-fields.ts';
import { freeText } from '../../../../lib/events/fields/rows.ts';
import { destinations, least, receivedAtMs } from '../../../support/events/events.ts';

function listen() {
  const reported: string[] = [];
  const context: FieldContext = {
    receivedAtMs,
    country: undefined,
    reject: (code, _, field) => void reported.push(`rejected ${field}: ${code}`),
    omit: (code, _, field) => void reported.push(`omitted ${field}: ${code}`),
    warn: (code, _, field) => void reported.push(`warned ${field}: ${code}`),
  };
  return { reported, context };
}

const parse = fieldsParser({
  a: freeText(9, 'a', { to: 'properties' }),
  b: freeText(9, 'b', { to: 'properties' }),
});

test('copies fields that are canonical already', () => {
  const input = { a: 'x', b: 'y' };
  expect(parse(input, listen().context)).toStrictEqual(input);
  expect(parse(input, listen().context)).not.toBe(input);
});

test.each([
  [{ a: null, b: 'y' }, { b: 'y' }],
  [{ a: undefined, b: 'y' }, { b: 'y' }],
  [{ a: 'x', b: ' ' }, { a: 'x' }],
  [{}, {}],
])('parses %o to %o and leaves the object unchanged', (fields, canonical) => {
  const input = Object.freeze({ ...fields });
  expect(parse(input, listen().context)).toStrictEqual(canonical);
});

test.each([
  { content_id: 'a' },
  { page_url: 'https://shop.example/?ttclid=a', ttclid: undefined, ttp: 'b' },
  { destination: 'shop', value: 1 },
  { event_name: ' Lead ' },
])('reads an event with %o without changing it', (fields) => {
  const input = Object.freeze({ ...least, ...fields });
  expect(decodeEvent(input, { receivedAtMs, destinations }).ok).toBe(true);
});

test('reports errors and warnings inside another field with the whole path', () => {
  const { reported, context } = listen();
  const inside = within(context, (name) => `contents[2].${name}`);
  inside.reject('empty', 'm', 'price');
  inside.warn('old_event', 'm', 'brand');
  expect(reported).toEqual(['rejected contents[2].price: empty', 'warned contents[2].brand: old_event']);
  expect(inside.receivedAtMs).toBe(receivedAtMs);
});

test.each([-1, 1.5, '-1', '1.5', 'two', ''])('rejects a count of %j with one error', (value) => {
  const { reported, context } = listen();
  expect(parseCount(value, context, 'quantity')).toBeUndefined();
  expect(reported).toEqual(['rejected quantity: invalid_number']);
});
