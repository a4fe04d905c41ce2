/** Each field of the event: what is taken, and the canonical form it gets. */
import { expect, test } from 'vitest';
import { fieldNames } from '../../../../lib/events/fields/table.ts';
import { canonical, receivedAt, warningsOf } from '../../../support/events/events.ts';

const digest = 'ab'.repeat(32);
const idfa = '6D92078A-8246-4BA4-AE5B-76104861E7DC';
const usd = { currency: 'USD' };
const appOf = (fields: object) => ({
  destination: 'app',
  app: { app_id: '1' },
  email: 'a@b.example',
  ...fields,
});

interface Row {
  readonly field: string;
  readonly sent: unknown;
  /** Canonical value; the sent one when left out. */
  readonly read?: unknown;
  readonly beside?: object;
}

const rows: Row[] = [
  { field: 'event_name', sent: ' Purchase ', read: 'Purchase' },
  { field: 'event_name', sent: 'My own event, ünïcode' },
  { field: 'event_name', sent: 'x'.repeat(100) },
  { field: 'event_id', sent: ' order 1 ' },
  { field: 'event_id', sent: 'x'.repeat(256) },
  { field: 'event_id', sent: 0, read: '0' },
  { field: 'event_id', sent: Number.MAX_SAFE_INTEGER, read: '9007199254740991' },
  { field: 'event_time', sent: receivedAt },
  { field: 'event_time', sent: receivedAt * 1000 + 999, read: receivedAt },
  { field: 'event_time', sent: receivedAt + 0.9, read: receivedAt },
  { field: 'event_time', sent: ` ${receivedAt} `, read: receivedAt },
  { field: 'event_time', sent: `${receivedAt}000`, read: receivedAt },
  { field: 'event_time', sent: '2026-06-01T12:00:00Z', read: receivedAt },
  { field: 'event_time', sent: '2026-06-01 14:00+02:00', read: receivedAt },
  { field: 'event_time', sent: '2026-06-01t07:00:00.999999-0500', read: receivedAt },
  { field: 'email', sent: ' Jane@Example.com ' },
  { field: 'email', sent: ['a@b.example', 'c@d.example'] },
  { field: 'email', sent: Array.from({ length: 10 }, (_, n) => `p${n}@b.example`) },
  { field: 'phone', sent: '+1 213 373 4253', read: '+12133734253' },
  { field: 'phone', sent: 12_133_734_253, read: '+12133734253' },
  { field: 'phone', sent: '(213) 373-4253', read: '+12133734253', beside: { country: 'us' } },
  { field: 'phone', sent: '(213) 373-4253', read: '+12133734253', beside: { country: ' US ' } },
  { field: 'phone', sent: '0151 12345678', read: '+4915112345678', beside: { destination: 'shop' } },
  { field: 'phone', sent: ['+12133734253', 12_133_734_254], read: ['+12133734253', '+12133734254'] },
  { field: 'external_id', sent: ' User 1' },
  { field: 'external_id', sent: 7, read: '7' },
  { field: 'external_id', sent: ['a', 7], read: ['a', '7'] },
  { field: 'event_time', sent: '١٧٨٠٣١٥٢٠٠', read: receivedAt },
  { field: 'ttclid', sent: ' E.C.P.x\u200b', read: 'E.C.P.x' },
  { field: 'ttp', sent: '\ufeff2abc', read: '2abc' },
  { field: 'value', sent: '\u00a020.5\u200b', read: 20.5, beside: usd },
  { field: 'value', sent: '２０．５', read: 20.5, beside: usd },
  { field: 'num_items', sent: '٣', read: 3 },
  { field: 'currency', sent: 'ｅｕｒ\u200b', read: 'EUR' },
  { field: 'customer_type', sent: 'ＮＥＷ\u00ad', read: 'new' },
  { field: 'content_type', sent: '\u200bproduct', read: 'product' },
  { field: 'limited_data_use', sent: 'true\u200b', read: true },
  { field: 'limited_data_use', sent: '０', read: false },
  { field: 'page_url', sent: '\u200b https://shop.example/\ufeff', read: 'https://shop.example/' },
  { field: 'hashed_email', sent: digest },
  { field: 'hashed_phone', sent: [digest, digest] },
  { field: 'hashed_external_id', sent: digest },
  { field: 'first_name', sent: ' Jane ', read: 'Jane' },
  { field: 'last_name', sent: "O'Connor" },
  { field: 'zip_code', sent: 95_110, read: '95110' },
  { field: 'zip_code', sent: 'M5V 3L9' },
  { field: 'city', sent: 'New York' },
  { field: 'state', sent: 'CA' },
  { field: 'country', sent: 'US' },
  { field: 'ttclid', sent: 'E.C.P.2' },
  { field: 'ttp', sent: 'ttp-1' },
  { field: 'ip', sent: ' 203.0.113.7 ', read: '203.0.113.7' },
  { field: 'ip', sent: '2001:db8::1' },
  { field: 'user_agent', sent: 'Mozilla/5.0' },
  { field: 'locale', sent: 'de-DE' },
  { field: 'idfa', sent: idfa, beside: appOf({}) },
  { field: 'idfv', sent: idfa, beside: appOf({}) },
  { field: 'gaid', sent: digest, beside: appOf({}) },
  ...['AUTHORIZED', 'DENIED', 'NOT_DETERMINED', 'RESTRICTED', 'NOT_APPLICABLE'].map((sent) => ({
    field: 'att_status',
    sent,
  })),
  { field: 'value', sent: 0, beside: usd },
  { field: 'value', sent: 19.99, beside: usd },
  { field: 'value', sent: ' 19.99 ', read: 19.99, beside: usd },
  { field: 'value', sent: '7', read: 7, beside: usd },
  { field: 'currency', sent: ' usd ', read: 'USD' },
  {
    field: 'contents',
    sent: [{ content_id: 7, price: '1.50', quantity: '2' }],
    read: [{ content_id: '7', price: 1.5, quantity: 2 }],
  },
  { field: 'contents', sent: [{}, { brand: ' ' }, { brand: 'B', price: null }], read: [{ brand: 'B' }] },
  { field: 'contents', sent: [], read: undefined },
  { field: 'contents', sent: Array.from({ length: 200 }, () => ({ content_id: 'a' })) },
  { field: 'content_type', sent: 'product' },
  { field: 'content_type', sent: 'product_group' },
  { field: 'content_ids', sent: ['a', 7, ' '], read: ['a', '7'] },
  { field: 'content_ids', sent: [], read: undefined },
  { field: 'num_items', sent: '3', read: 3 },
  { field: 'order_id', sent: 1001, read: '1001' },
  { field: 'shop_id', sent: 'shop 1' },
  { field: 'query', sent: 'shoes' },
  { field: 'search_string', sent: 'shoes' },
  { field: 'description', sent: 'd' },
  { field: 'status', sent: 'paid' },
  ...['in_store', 'curbside', 'home_delivery'].map((sent) => ({ field: 'delivery_category', sent })),
  { field: 'predicted_ltv', sent: '12.5', read: 12.5 },
  { field: 'customer_type', sent: 'new' },
  { field: 'customer_type', sent: 'returning' },
  {
    field: 'custom_properties',
    sent: { a: 'x', 'b.c-d': 1, e: false, f: null, g: ' ' },
    read: { a: 'x', 'b.c-d': 1, e: false },
  },
  {
    field: 'custom_properties',
    sent: {
      destination_ids: ['a', 7, true, null, ' '],
      mileage: { value: 7, unit: 'KM', note: null },
      empty: [],
      hollow: { a: '' },
    },
    read: { destination_ids: ['a', 7, true], mileage: { value: 7, unit: 'KM' } },
  },
  { field: 'custom_properties', sent: {}, read: undefined },
  { field: 'page_url', sent: ' https://shop.example/a?b=c#d ', read: 'https://shop.example/a?b=c#d' },
  { field: 'page_referrer', sent: 'http://other.example' },
  { field: 'app', sent: { app_id: 7, app_name: 'A', app_version: '' }, read: { app_id: '7', app_name: 'A' } },
  {
    field: 'ad',
    sent: { callback: 'c', ad_id: 1, is_retargeting: false, attribution_share: 1 },
    read: { callback: 'c', ad_id: '1', is_retargeting: false, attribution_share: 1 },
  },
  {
    field: 'lead',
    sent: { lead_id: 7, lead_event_source: 'HubSpot' },
    read: { lead_id: '7', lead_event_source: 'HubSpot' },
  },
  { field: 'limited_data_use', sent: false },
  ...[1, '1', 'true', 'TRUE', 't', 'yes'].map((sent) => ({ field: 'limited_data_use', sent, read: true })),
  ...[0, '0', ' false ', 'f', 'no'].map((sent) => ({ field: 'limited_data_use', sent, read: false })),
  { field: 'att_status', sent: ' authorized ', read: 'AUTHORIZED' },
  { field: 'customer_type', sent: 'New', read: 'new' },
  { field: 'country', sent: 'Germany' },
  ...['granted', ' GRANTED ', 'yes', true, 1, 'opt_in'].map((sent) => ({
    field: 'consent',
    sent,
    read: undefined,
  })),
  { field: 'test_event_code', sent: 'TEST2' },
  { field: 'destination', sent: 'default' },
];

/** The short form of one product is tested as the entry of `contents` that it becomes. */
const shortForm = ['content_id', 'content_name', 'content_category', 'brand', 'price', 'quantity'];

test('tests an accepted value of every field in the table', () => {
  expect([...new Set(rows.map(({ field }) => field)), ...shortForm].toSorted()).toEqual(
    [...fieldNames].toSorted(),
  );
});

test.each(rows)('accepts $sent in the field $field', ({ field, sent, beside = {}, ...row }) => {
  const event = canonical({ ...beside, [field]: sent }) as Record<string, unknown>;
  expect(event[field]).toStrictEqual('read' in row ? row.read : sent);
});

test.each(fieldNames.filter((name) => name !== 'event_name'))(
  'accepts null in the field %s as if the field were absent',
  (name) => {
    const rest = name === 'ttclid' ? { ttclid: null, ttp: 'a' } : { [name]: null };
    expect(canonical(rest)).toEqual(canonical(name === 'ttclid' ? { ttclid: undefined, ttp: 'a' } : {}));
  },
);

test.each(['first_name', 'city', 'zip_code', 'order_id', 'query', 'locale'])(
  'omits the field %s when it is empty',
  (name) => {
    expect(canonical({ [name]: ' ' })).not.toHaveProperty(name);
  },
);

test('converts the short form of one product to the only entry of contents', () => {
  const event = canonical({
    content_id: 7,
    content_name: 'N',
    content_category: 'C',
    brand: 'B',
    price: '1.5',
    quantity: '2',
  });
  expect(event).toEqual({
    event_name: 'Purchase',
    ttclid: 'E.C.P.1',
    contents: [
      { content_id: '7', content_name: 'N', content_category: 'C', brand: 'B', price: 1.5, quantity: 2 },
    ],
  });
});

test('accepts the short form of one product next to an empty list of contents', () => {
  expect(canonical({ contents: [], content_id: 'a' }).contents).toEqual([{ content_id: 'a' }]);
});

test.each([
  [{ content_type: 'hotel' }, 'content_type', 'unknown_content_type'],
  [{ external_id: 'AB'.repeat(32) }, 'external_id', 'looks_hashed'],
  [{ external_id: ['a', ` ${digest}`] }, 'external_id[1]', 'looks_hashed'],
  [{ event_time: receivedAt - 8 * 86_400 }, 'event_time', 'old_event'],
  [{ event_name: 'purchase' }, 'event_name', 'resembles_standard_event'],
  [{ event_name: 'Purchase\u200b' }, 'event_name', 'resembles_standard_event'],
])('accepts %o with one warning on the field %s', (fields, field, code) => {
  expect(warningsOf(fields)).toEqual([{ field, code, message: expect.any(String) }]);
});

test('gives no warning for correct fields', () => {
  expect(warningsOf({ content_type: 'product', external_id: 'a', event_time: receivedAt })).toEqual([]);
  expect(warningsOf({ content_type: 'product_group' })).toEqual([]);
});
