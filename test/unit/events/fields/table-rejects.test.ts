/** Each field of the event: what is refused, with the field and a stable code, and never with the value. */
import { expect, test } from 'vitest';
import { fieldNames, fields as table } from '../../../../lib/events/fields/table.ts';
import { errorsOf, parse, receivedAt } from '../../../support/events/events.ts';

const usd = { currency: 'USD' };
const digest = 'ab'.repeat(32);
const many = (length: number, entry: unknown = 'a@b.example') => Array.from({ length }, () => entry);
const texts = (limits: Record<string, number>) => Object.entries(limits);

const rows: [field: string, code: string, sent: unknown, beside?: object][] = [
  ['event_name', 'required', undefined],
  ['event_name', 'required', null],
  ['event_name', 'empty', ''],
  ['event_name', 'empty', '  '],
  ['event_name', 'invalid_type', 7],
  ['event_id', 'invalid_type', 1.5],
  ['event_id', 'out_of_range', 2 ** 53],
  ['event_time', 'invalid_time', 'yesterday'],
  ['event_time', 'invalid_time', -1],
  ['event_time', 'invalid_time', 1e300],
  ['event_time', 'invalid_time', '2026-06-01'],
  ['event_time', 'invalid_time', '2026-06-01T12:00:00'],
  ['event_time', 'invalid_time', '2026-05-32T12:00:00Z'],
  ['event_time', 'invalid_time', '2026-06-31T12:00:00Z'],
  ['event_time', 'invalid_time', '2026-05-20T25:00:00Z'],
  ['event_time', 'invalid_time', '2026-06-01 12:00+2400'],
  ['event_time', 'invalid_time', '2026-06-01t12:00+24:00'],
  ['event_time', 'invalid_time', 'at 2026-06-01T12:00:00Z'],
  ['event_time', 'invalid_time', '2026-06-01T12:00:00Z or so'],
  ['event_time', 'invalid_time', Number.MAX_SAFE_INTEGER],
  ['event_time', 'invalid_time', 2 ** 53],
  ['event_time', 'invalid_type', true],
  ['event_time', 'invalid_type', Number.POSITIVE_INFINITY],
  ['event_time', 'too_old', 0],
  ['event_time', 'in_future', receivedAt + 86_400],
  ['email', 'digest_in_raw_field', digest],
  ['email', 'digest_in_raw_field', ` ${digest.toUpperCase()}`],
  ['email', 'too_many', many(11)],
  ['email', 'invalid_type', { a: 1 }],
  ['phone', 'digest_in_raw_field', digest],
  ['phone', 'out_of_range', 2 ** 53],
  ['phone', 'invalid_type', 1.5],
  ['phone', 'too_many', many(11, '+12133734253')],
  ['external_id', 'too_many', many(11, 1)],
  ['external_id', 'out_of_range', -(2 ** 53)],
  ...['hashed_email', 'hashed_phone', 'hashed_external_id'].flatMap((field): [string, string, unknown][] => [
    [field, 'invalid_digest', digest.toUpperCase()],
    [field, 'invalid_digest', `${digest} `],
    [field, 'invalid_digest', 'jane@example.com'],
    [field, 'too_many', many(11, digest)],
    [field, 'invalid_type', 7],
  ]),
  ['value', 'invalid_number', -0.01, usd],
  ['value', 'invalid_number', '1,50', usd],
  ['value', 'invalid_number', '$5', usd],
  ['value', 'invalid_number', '1e5', usd],
  ['value', 'invalid_type', Number.POSITIVE_INFINITY, usd],
  ['value', 'invalid_type', true, usd],
  ['price', 'invalid_number', '-1'],
  ['quantity', 'invalid_number', 1.5],
  ['quantity', 'invalid_number', 2 ** 53],
  ['contents', 'invalid_type', {}],
  ['contents', 'too_many', many(201, {})],
  ['content_ids', 'too_many', many(201)],
  ['content_ids', 'invalid_type', 'a'],
  ['num_items', 'invalid_number', '1.5'],
  ['predicted_ltv', 'invalid_number', 'high'],
  ['custom_properties', 'invalid_type', [1]],
  ['custom_properties', 'invalid_type', 'a'],
  ['app', 'invalid_type', 'a'],
  ['lead', 'invalid_type', 7],
  ['limited_data_use', 'invalid_type', 'maybe'],
  ['limited_data_use', 'invalid_type', 2],
  ['destination', 'unknown_destination', 'nowhere'],
  ['destination', 'unknown_destination', 'constructor'],
  ...texts({
    event_name: 100,
    event_id: 256,
    hashed_email: 256,
    price: 64,
    quantity: 64,
    value: 64,
    num_items: 64,
    predicted_ltv: 64,
    test_event_code: 64,
  }).map(([field, limit]): [string, string, unknown] => [field, 'too_long', 'x'.repeat(limit + 1)]),
];

test.each(rows)('rejects the field %s with the code %s: case %#', (field, code, sent, beside = {}) => {
  expect(errorsOf({ ...beside, [field]: sent })).toEqual([{ field, code, message: expect.any(String) }]);
});

test.each([
  [{ hashed_phone: ['x'] }, 'hashed_phone[0]', 'invalid_digest'],
  [{ contents: [{}, { price: 'x' }] }, 'contents[1].price', 'invalid_number'],
  [{ contents: [{ quantity: 0.5 }] }, 'contents[0].quantity', 'invalid_number'],
  [{ contents: [7] }, 'contents[0]', 'invalid_type'],
  [{ ad: { attribution_share: 1.1 } }, 'ad.attribution_share', 'out_of_range'],
  [{ ad: { attribution_share: -0.1 } }, 'ad.attribution_share', 'out_of_range'],
  [{ lead: { lead_id: 1.5 } }, 'lead.lead_id', 'invalid_type'],
  [{ custom_properties: { a: { b: { c: 1 } } } }, 'custom_properties.a', 'invalid_type'],
  [{ custom_properties: { a: [['b']] } }, 'custom_properties.a', 'invalid_type'],
  [{ custom_properties: { a: many(101) } }, 'custom_properties.a', 'too_many'],
  [
    { custom_properties: JSON.parse('{"__proto__":"x","a":1}') },
    'custom_properties.__proto__',
    'invalid_type',
  ],
  [{ custom_properties: JSON.parse('{"__proto__":{"a":1}}') }, 'custom_properties.__proto__', 'invalid_type'],
  [{ custom_properties: { 'jane doe': 1 } }, 'custom_properties.(name)', 'invalid_type'],
  [
    { custom_properties: Object.fromEntries(many(101).map((_, n) => [`a${n}`, n])) },
    'custom_properties',
    'invalid_type',
  ],
])('rejects %o with the path %s', (fields, field, code) => {
  expect(errorsOf(fields)).toEqual([{ field, code, message: expect.any(String) }]);
});

test.each([null, undefined, 7, 'x', true, [], [{}]])('rejects the value %j, which is no event', (input) => {
  expect(parse(input)).toEqual({
    ok: false,
    errors: [{ field: '', code: 'invalid_event', message: expect.any(String) }],
  });
});

test('explains a wrong type in every field with the words of the table', () => {
  for (const name of fieldNames) {
    const [issue] = errorsOf({ [name]: Symbol.iterator });
    expect(issue).toEqual({
      field: name,
      code: expect.any(String),
      message: `expected ${table[name].expects}`,
    });
  }
});
