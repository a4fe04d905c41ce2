/** Each field of the event: what is refused, with the field and a stable code, and never with the value. */
import { describe, expect, it } from 'vitest';
import { fieldNames, fields as table } from '../../../lib/events/fields.ts';
import { errorsOf, parse, receivedAt } from '../../support/events.ts';

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
  ['event_id', 'empty', ''],
  ['event_id', 'invalid_type', 1.5],
  ['event_id', 'out_of_range', 2 ** 53],
  ['event_time', 'invalid_time', 'yesterday'],
  ['event_time', 'invalid_time', ''],
  ['event_time', 'invalid_time', -1],
  ['event_time', 'invalid_time', 1e300],
  ['event_time', 'invalid_time', '2026-06-01'],
  ['event_time', 'invalid_time', '2026-06-01T12:00:00'],
  ['event_time', 'invalid_time', '2026-05-32T12:00:00Z'],
  ['event_time', 'invalid_time', '2026-06-31T12:00:00Z'],
  ['event_time', 'invalid_time', '2026-05-20T25:00:00Z'],
  ['event_time', 'invalid_time', '2026-06-01 12:00+2400'],
  ['event_time', 'invalid_time', '2026-06-01t12:00+24:00'],
  ['event_time', 'in_future', Number.MAX_SAFE_INTEGER],
  ['event_time', 'invalid_time', 2 ** 53],
  ['event_time', 'invalid_type', true],
  ['event_time', 'invalid_type', Number.POSITIVE_INFINITY],
  ['event_time', 'too_old', 0],
  ['event_time', 'in_future', receivedAt + 86_400],
  ['email', 'invalid_email', 'jane'],
  ['email', 'invalid_email', ''],
  ['email', 'digest_in_raw_field', digest],
  ['email', 'digest_in_raw_field', ` ${digest.toUpperCase()}`],
  ['email', 'empty', []],
  ['email', 'too_many', many(11)],
  ['email', 'invalid_type', { a: 1 }],
  ['phone', 'invalid_phone', '123'],
  ['phone', 'invalid_phone', '(213) 373-4253'],
  ['phone', 'invalid_phone', '2133734253', { country: 'XX' }],
  ['phone', 'invalid_phone', '12345678901234', { country: 'US' }],
  ['phone', 'digest_in_raw_field', digest],
  ['phone', 'out_of_range', 2 ** 53],
  ['phone', 'invalid_type', 1.5],
  ['phone', 'empty', []],
  ['phone', 'too_many', many(11, '+12133734253')],
  ['external_id', 'empty', ''],
  ['external_id', 'empty', ' '],
  ['external_id', 'empty', []],
  ['external_id', 'too_many', many(11, 1)],
  ['external_id', 'out_of_range', -(2 ** 53)],
  ...['hashed_email', 'hashed_phone', 'hashed_external_id'].flatMap((field): [string, string, unknown][] => [
    [field, 'invalid_digest', digest.toUpperCase()],
    [field, 'invalid_digest', `${digest} `],
    [field, 'invalid_digest', 'jane@example.com'],
    [field, 'invalid_digest', ''],
    [field, 'empty', []],
    [field, 'too_many', many(11, digest)],
    [field, 'invalid_type', 7],
  ]),
  ['ip', 'invalid_ip', 'localhost'],
  ['ip', 'invalid_ip', '203.0.113.256'],
  ['ip', 'invalid_ip', 'fe80::1%eth0'],
  ['ip', 'invalid_ip', ''],
  ['att_status', 'invalid_value', 'authorized'],
  ['value', 'invalid_number', -0.01, usd],
  ['value', 'invalid_number', '1,50', usd],
  ['value', 'invalid_number', '$5', usd],
  ['value', 'invalid_number', '', usd],
  ['value', 'invalid_number', '1e5', usd],
  ['value', 'invalid_type', Number.POSITIVE_INFINITY, usd],
  ['value', 'invalid_type', true, usd],
  ['currency', 'unsupported_currency', 'XXX'],
  ['currency', 'unsupported_currency', ''],
  ['currency', 'unsupported_currency', 'US'],
  ['price', 'invalid_number', '-1'],
  ['quantity', 'invalid_number', 1.5],
  ['quantity', 'invalid_number', 2 ** 53],
  ['contents', 'invalid_type', {}],
  ['contents', 'too_many', many(201, {})],
  ['content_ids', 'too_many', many(201)],
  ['content_ids', 'invalid_type', 'a'],
  ['num_items', 'invalid_number', '1.5'],
  ['predicted_ltv', 'invalid_number', 'high'],
  ['delivery_category', 'invalid_value', 'post'],
  ['customer_type', 'invalid_value', 'old'],
  ['custom_properties', 'invalid_type', [1]],
  ['custom_properties', 'invalid_type', 'a'],
  ['page_url', 'invalid_url', '/cart'],
  ['page_url', 'invalid_url', 'ftp://shop.example'],
  ['page_url', 'invalid_url', ''],
  ['page_referrer', 'invalid_url', 'javascript:alert(1)'],
  ['app', 'invalid_type', 'a'],
  ['ad', 'invalid_type', []],
  ['lead', 'invalid_type', 7],
  ['limited_data_use', 'invalid_type', 'true'],
  ['destination', 'unknown_destination', 'nowhere'],
  ['destination', 'unknown_destination', 'constructor'],
  ...texts({
    event_name: 100,
    event_id: 256,
    email: 320,
    phone: 64,
    external_id: 256,
    hashed_email: 256,
    first_name: 256,
    last_name: 256,
    zip_code: 64,
    city: 256,
    state: 128,
    country: 64,
    ttclid: 1024,
    ttp: 256,
    ip: 64,
    user_agent: 2048,
    locale: 64,
    idfa: 64,
    idfv: 64,
    gaid: 64,
    currency: 16,
    content_id: 256,
    content_name: 1024,
    content_category: 512,
    brand: 256,
    price: 64,
    quantity: 64,
    value: 64,
    num_items: 64,
    content_type: 64,
    order_id: 256,
    shop_id: 256,
    query: 1024,
    search_string: 1024,
    description: 2048,
    status: 128,
    predicted_ltv: 64,
    page_url: 4096,
    page_referrer: 4096,
    test_event_code: 64,
  }).map(([field, limit]): [string, string, unknown] => [field, 'too_long', 'x'.repeat(limit + 1)]),
];

describe('is refused', () => {
  it.each(rows)('%s: %s', (field, code, sent, beside = {}) => {
    expect(errorsOf({ ...beside, [field]: sent })).toEqual([{ field, code, message: expect.any(String) }]);
  });

  it.each([
    [{ email: ['a@b.example', 'x'] }, 'email[1]', 'invalid_email'],
    [{ phone: ['+12133734253', 'x'] }, 'phone[1]', 'invalid_phone'],
    [{ hashed_phone: ['x'] }, 'hashed_phone[0]', 'invalid_digest'],
    [{ external_id: [''] }, 'external_id[0]', 'empty'],
    [{ contents: [{}, { price: 'x' }] }, 'contents[1].price', 'invalid_number'],
    [{ contents: [{ quantity: 0.5 }] }, 'contents[0].quantity', 'invalid_number'],
    [{ contents: [7] }, 'contents[0]', 'invalid_type'],
    [{ contents: [{ content_id: 'x'.repeat(257) }] }, 'contents[0].content_id', 'too_long'],
    [{ content_ids: ['x'.repeat(257)] }, 'content_ids[0]', 'too_long'],
    [{ ad: { attribution_share: 1.1 } }, 'ad.attribution_share', 'out_of_range'],
    [{ ad: { attribution_share: -0.1 } }, 'ad.attribution_share', 'out_of_range'],
    [{ app: { app_id: 'x'.repeat(257) } }, 'app.app_id', 'too_long'],
    [{ lead: { lead_id: 1.5 } }, 'lead.lead_id', 'invalid_type'],
    [{ custom_properties: { a: { b: 1 } } }, 'custom_properties.a', 'invalid_type'],
    [{ custom_properties: { a: 'x'.repeat(2049) } }, 'custom_properties.a', 'too_long'],
    [
      { custom_properties: JSON.parse('{"__proto__":"x","a":1}') },
      'custom_properties.__proto__',
      'invalid_type',
    ],
    [
      { custom_properties: JSON.parse('{"__proto__":{"a":1}}') },
      'custom_properties.__proto__',
      'invalid_type',
    ],
    [{ custom_properties: { 'jane doe': 1 } }, 'custom_properties.(name)', 'invalid_type'],
    [
      { custom_properties: Object.fromEntries(many(101).map((_, n) => [`a${n}`, n])) },
      'custom_properties',
      'invalid_type',
    ],
  ])('%o at its place', (fields, field, code) => {
    expect(errorsOf(fields)).toEqual([{ field, code, message: expect.any(String) }]);
  });

  it.each([null, undefined, 7, 'x', true, [], [{}]])('%j, which is no event', (input) => {
    expect(parse(input)).toEqual({
      ok: false,
      errors: [{ field: '', code: 'invalid_event', message: expect.any(String) }],
    });
  });

  it('every field of a wrong type is told in the words of the table', () => {
    for (const name of fieldNames) {
      const [issue] = errorsOf({ [name]: Symbol.iterator });
      expect(issue).toEqual({
        field: name,
        code: expect.any(String),
        message: `expected ${table[name].expects}`,
      });
    }
  });
});
