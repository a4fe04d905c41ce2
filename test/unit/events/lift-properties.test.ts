/** A custom property with the name of a field is judged and sent as that field. */
import { expect, test } from 'vitest';
import { propertiesLifter } from '../../../lib/events/decode/lift-properties.ts';
import { fields } from '../../../lib/events/fields/table.ts';
import { canonical, errorsOf, omissionsOf } from '../../support/events/events.ts';

test('moves a custom property with the name of a field to that field', () => {
  const event = canonical({
    custom_properties: { status: ' vip ', value: '9.5', currency: 'eur', color: 'red' },
  });
  expect(event).toMatchObject({ status: 'vip', value: 9.5, currency: 'EUR' });
  expect(event.custom_properties).toEqual({ color: 'red' });
});

test.each([
  ['currency', 'XXX', 'unsupported_currency'],
  ['search_string', 'jane@example.com', 'identifier_in_text'],
  ['customer_type', 'gold', 'invalid_value'],
])('omits the custom property %s that the field of this name would not take', (name, value, code) => {
  const sent = { custom_properties: { [name]: value } };
  expect(canonical(sent)).not.toHaveProperty(name);
  expect(canonical(sent)).not.toHaveProperty('custom_properties');
  expect(omissionsOf(sent)).toMatchObject([{ field: name, code }]);
});

test.each([
  ['value', 'abc', 'invalid_number'],
  ['contents', ['a'], 'invalid_type'],
  ['description', 7, 'invalid_type'],
])('rejects the custom property %s that the field of this name would reject', (name, value, code) => {
  expect(errorsOf({ custom_properties: { [name]: value } })).toMatchObject([
    { field: expect.stringContaining(name), code },
  ]);
});

test.each([
  [9, 9],
  ['', 8],
  [null, 8],
  [undefined, 8],
])('never moves a custom property over a field: %j beside the custom 8 becomes %j', (value, sent) => {
  const currency = 'USD';
  expect(canonical({ value, currency, custom_properties: { value: 8 } })).toMatchObject({ value: sent });
});

test('leaves an event without such properties as it is, and never changes its input', () => {
  const lift = propertiesLifter(fields);
  for (const event of [{}, { custom_properties: null }, { custom_properties: { brand: 'B', email: 'x' } }])
    expect(lift(event)).toBe(event);
  const event = { custom_properties: { status: 'vip', color: 'red' } };
  lift(event);
  expect(event).toEqual({ custom_properties: { status: 'vip', color: 'red' } });
});
