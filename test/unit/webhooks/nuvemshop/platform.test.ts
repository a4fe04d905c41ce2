/** The signature, the topics and the settings of a Nuvemshop source. */
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseSources } from '../../../../lib/webhooks/source-settings.ts';
import { accepted, check, platform, refused } from '../../../support/webhooks/signed-requests.ts';
import { deliver, type Json } from '../../../support/webhooks/webhook-bodies.ts';
import { settings } from './bodies.ts';

const bound = () => platform('nuvemshop', settings());
const secret = '5f9c1d0b7a62e48393af0c6d21b8e47f5f9c1d0b7a62e483';
const body = Buffer.from('{"store_id":817495,"event":"order/paid","id":871254203}');
const digest = createHmac('sha256', secret).update(body).digest('hex');

test('takes the digest of the body with the client secret, in hex of either case', () => {
  const header = (value: string) => ({ 'x-linkedstore-hmac-sha256': value });
  expect(check(bound(), header(digest), [secret], body)).toEqual(accepted);
  expect(check(bound(), header(digest.toUpperCase()), ['old', secret], body)).toEqual(accepted);
  expect(check(bound(), header(digest), ['another secret'], body)).toEqual(refused('signature_mismatch'));
  expect(check(bound(), {}, [secret], body)).toEqual(refused('signature_missing'));
  const base64 = createHmac('sha256', secret).update(body).digest('base64');
  expect(check(bound(), header(base64), [secret], body)).toEqual(refused('signature_malformed'));
});

test.each<[string, Json]>([
  ['order/paid', { store_id: 1, event: 'order/paid', id: 2 }],
  ['store/redact', { store_id: 1 }],
  ['customers/redact', { store_id: 1, customer: { id: 1 }, orders_to_redact: [213] }],
  ['customers/data_request', { store_id: 1, customer: { id: 1 }, data_request: { id: 456 } }],
  ['', { store_id: 1, id: 2 }],
  ['', {}],
])('finds the topic "%s" in the body %j', async (topic, sent) => {
  expect((await deliver({ settings: settings(), body: sent })).topic).toBe(topic);
});

test.each<[string, Json]>([
  ['sources.shop.storeId', { storeId: undefined }],
  ['sources.shop.storeId', { storeId: 'my-store' }],
  ['sources.shop.storeId', { storeId: 1.5 }],
  ['sources.shop.storeId', { storeId: '1/../2' }],
  ['sources.shop.apiVersion', { apiVersion: 'v1/other' }],
  ['sources.shop.contentId', { contentId: undefined }],
  ['sources.shop.eventId', { eventId: '{cart_id}' }],
  ['sources.shop', { testOrders: 'send' }],
])('names %s when the settings have %j', (setting, own) => {
  expect(() => parseSources({ shop: settings(own) })).toThrow(setting);
});

test.each([
  ['v1', 'https://api.nuvemshop.com.br/v1/817495'],
  ['2025-03', 'https://api.nuvemshop.com.br/2025-03/817495'],
])('reads with version %s of the API from %s', (apiVersion, baseUrl) => {
  expect(platform('nuvemshop', settings({ apiVersion })).fetch?.baseUrl).toBe(baseUrl);
});
