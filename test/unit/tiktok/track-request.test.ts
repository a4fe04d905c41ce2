/** Every field of the table reaches TikTok: a field that is accepted and then not sent would be lost without a sign. */
import { expect, test } from 'vitest';
import { fieldNames } from '../../../lib/events/fields/table.ts';
import { sha256 } from '../../../lib/privacy/sha256.ts';
import { toTrackRequest } from '../../../lib/tiktok/track-request.ts';
import { receivedAt, tracked, web } from '../../support/events/events.ts';

const digest = 'ab'.repeat(32);
const ofApp = { destination: 'app', app: { app_id: '7' }, email: 'a@b.example' };
const ofCrm = { destination: 'crm', lead: { lead_id: '9' }, email: 'a@b.example' };

const rest = '0000-1111-2222-333344445555';

/** Where a sample of the field goes in TikTok's event. */
type Row = [field: string, sample: unknown, path: string, sent: unknown, beside?: object];
const rows: Row[] = [
  ['event_name', 'Subscribe', 'event', 'Subscribe'],
  ['event_id', 'order-1', 'event_id', 'order-1'],
  ['event_time', receivedAt - 60, 'event_time', receivedAt - 60],
  ['email', 'Jane@Example.com', 'user.email', sha256('jane@example.com')],
  ['phone', '+12133734253', 'user.phone', sha256('+12133734253')],
  ['external_id', 'u1', 'user.external_id', sha256('u1')],
  ['hashed_email', digest, 'user.email', digest],
  ['hashed_phone', digest, 'user.phone', digest],
  ['hashed_external_id', digest, 'user.external_id', digest],
  ['first_name', 'Jane', 'user.first_name', sha256('jane')],
  ['last_name', 'Doe', 'user.last_name', sha256('doe')],
  ['zip_code', 'M5V 3L9', 'user.zip_code', sha256('m5v3l9')],
  ['city', 'San José', 'user.city', 'sanjosé'],
  ['state', 'CA', 'user.state', 'ca'],
  ['country', 'US', 'user.country', 'us'],
  ['ttclid', 'E.C', 'user.ttclid', 'E.C'],
  ['ttp', 'ttp-1', 'user.ttp', 'ttp-1'],
  ['ip', '203.0.113.7', 'user.ip', '203.0.113.7'],
  ['user_agent', 'UA', 'user.user_agent', 'UA'],
  ['locale', 'en-US', 'user.locale', 'en-US'],
  ['idfa', `ea75aaaa-${rest}`, 'user.idfa', `EA75AAAA-${rest}`, ofApp],
  ['idfv', `Ea75aaaa-${rest}`, 'user.idfv', `Ea75aaaa-${rest}`, ofApp],
  ['gaid', `EA75AAAA-${rest}`, 'user.gaid', `ea75aaaa-${rest}`, ofApp],
  ['att_status', 'DENIED', 'user.att_status', 'DENIED', ofApp],
  ['value', 20, 'properties.value', 20, { currency: 'USD' }],
  ['currency', 'usd', 'properties.currency', 'USD'],
  ['content_id', 'sku', 'properties.contents.0.content_id', 'sku'],
  ['content_name', 'Pen', 'properties.contents.0.content_name', 'Pen'],
  ['content_category', 'Pens', 'properties.contents.0.content_category', 'Pens'],
  ['brand', 'B', 'properties.contents.0.brand', 'B'],
  ['price', '1.5', 'properties.contents.0.price', 1.5],
  ['quantity', '2', 'properties.contents.0.quantity', 2],
  ['contents', [{ content_id: 7 }], 'properties.contents.0.content_id', '7'],
  ['content_type', 'product', 'properties.content_type', 'product'],
  ['content_ids', ['sku'], 'properties.content_ids.0', 'sku'],
  ['num_items', 2, 'properties.num_items', 2],
  ['order_id', '1001', 'properties.order_id', '1001'],
  ['shop_id', 's', 'properties.shop_id', 's'],
  ['query', 'q', 'properties.query', 'q'],
  ['search_string', 'q', 'properties.search_string', 'q'],
  ['description', 'd', 'properties.description', 'd'],
  ['status', 'paid', 'properties.status', 'paid'],
  ['delivery_category', 'in_store', 'properties.delivery_category', 'in_store'],
  ['predicted_ltv', 5, 'properties.predicted_ltv', 5],
  ['customer_type', 'new', 'properties.customer_type', 'new'],
  ['custom_properties', { color: 'red' }, 'properties.color', 'red'],
  ['page_url', 'https://shop.example/a', 'page.url', 'https://shop.example/a'],
  ['page_referrer', 'https://shop.example/b', 'page.referrer', 'https://shop.example/b'],
  ['app', { app_id: 7 }, 'app.app_id', '7', ofApp],
  ['ad', { callback: 'c' }, 'ad.callback', 'c'],
  ['lead', { lead_id: 9 }, 'lead.lead_id', '9', ofCrm],
  ['limited_data_use', true, 'limited_data_use', true],
];

/** These decide whether and in which call the event is sent. */
const ofTheCall = ['consent', 'test_event_code', 'destination'];

const propertiesOf = (fields: object) => tracked({ ...fields }).properties ?? {};

const valueAt = (object: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown>)?.[name], object);

test.each<Row>(rows)('sends %s, such as %j, to TikTok as %s', (field, sample, path, sent, beside = {}) => {
  expect(valueAt(tracked({ ...beside, [field]: sample }), path)).toEqual(sent);
});

test('sends the test code and the id of the destination in the call that carries the event', () => {
  const body = JSON.parse(toTrackRequest({ ...web, pixelCode: 'P1' }, 'TEST1', []));
  expect(body).toEqual({ event_source: 'web', event_source_id: 'P1', test_event_code: 'TEST1', data: [] });
});

test('tests where each field of the table goes in the request', () => {
  expect([...rows.map(([field]) => field), ...ofTheCall]).toEqual(fieldNames);
});

test('sends the content ids of the products as content_ids, each once, unless the event has its own', () => {
  const contents = [{ content_id: 'a' }, { content_id: 'b' }, { content_id: 'a', price: 1 }, { brand: 'B' }];
  expect(propertiesOf({ contents }).content_ids).toEqual(['a', 'b']);
  expect(propertiesOf({ content_id: 'c' }).content_ids).toEqual(['c']);
  expect(propertiesOf({ contents, content_ids: ['own'] }).content_ids).toEqual(['own']);
  expect(propertiesOf({ contents: [{ brand: 'B' }] })).not.toHaveProperty('content_ids');
});

test("sends lists and objects in custom properties, such as TikTok's parameters of travel and vehicles", () => {
  const custom_properties = { destination_ids: ['a', 'b'], mileage: { value: 7, unit: 'KM' } };
  expect(propertiesOf({ custom_properties })).toEqual(custom_properties);
});
