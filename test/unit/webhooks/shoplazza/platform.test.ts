/** Shoplazza's webhooks from signature to queue: base64 HMAC of the raw body, topic and shop in headers. */
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { fingerprint } from '../../../../lib/privacy/sha256.ts';
import { parseSources } from '../../../../lib/webhooks/source-settings.ts';
import { webhookReceiver, webhookRequest } from '../../../support/webhooks/receive-webhooks.ts';
import { nowSeconds } from '../../../support/webhooks/webhook-bodies.ts';
import { order, settings } from './order.ts';

const secret = 'client-secret-of-the-app';
const body = JSON.stringify({ order: order() });
const hmac = (text: string, encoding: 'base64' | 'hex' = 'base64', key = secret) =>
  createHmac('sha256', key).update(text).digest(encoding);

/** The headers of Shoplazza's reference. */
const headersOf = (signature: string, topic = 'orders/paid') => ({
  'Content-Type': 'application/json',
  'X-Shoplazza-Topic': topic,
  'X-Shoplazza-Hmac-Sha256': signature,
  'X-Shoplazza-Shop-Domain': 'example.myshoplaza.com',
  'X-Shoplazza-Api-Version': '2022-01',
  'X-Shoplazza-Deduplication-ID': '5d1c2e7a',
});
const receiver = (own = {}) => webhookReceiver({ settings: settings(own), secrets: [[secret]] });

test('verifies, queues and logs a paid order of Shoplazza', async () => {
  const { receive, sent, counted } = await receiver();
  const { response, log } = await receive(webhookRequest(body, headersOf(hmac(body))));
  expect(response).toMatchObject({ statusCode: 200, body: '{"accepted":1,"skipped":[]}' });
  expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({
    source: 'shop',
    destination: 'default',
    event: {
      event_name: 'Purchase',
      event_id: '11218-00000001',
      event_time: nowSeconds - 3600,
      email: 'bob.norman@example.com',
      value: 35.68,
      currency: 'USD',
    },
  });
  expect(log).toMatchObject({ topic: 'orders/paid', accepted: 1, event: fingerprint('11218-00000001') });
  expect(counted).toEqual([]);
});

test.each([
  ['orders/finished', 'orders/finished'],
  ['orders/partially_refunded', 'orders/partially_refunded'],
  ['orders/bob', 'other'],
])('logs the topic %s of a skipped webhook as %s, with the digest of the order id', async (topic, logged) => {
  const { receive, sent } = await receiver();
  const { response, log } = await receive(webhookRequest(body, headersOf(hmac(body), topic)));
  expect(response).toMatchObject({ statusCode: 200, body: '{"accepted":0,"skipped":["ignored_topic"]}' });
  expect(log).toMatchObject({ topic: logged, reason: 'ignored_topic' });
  expect(log?.order).toContain(fingerprint('11218-00000001'));
  expect(sent).toEqual([]);
});

test.each<[string, string]>([
  ['another secret', hmac(body, 'base64', 'access-token')],
  ['another body', hmac(`${body} `)],
  ['hex instead of base64', hmac(body, 'hex')],
  ['nothing', ''],
  ['garbage', '%%%'],
])('refuses a Shoplazza webhook that is signed with %s', async (_kind, signature) => {
  const { receive, sent } = await receiver();
  const { response } = await receive(webhookRequest(body, headersOf(signature)));
  expect(response).toMatchObject({ status: 401 });
  expect(sent).toEqual([]);
});

test('skips a signed Shoplazza webhook as not_json when its body is cut off', async () => {
  const { receive } = await receiver();
  const { response } = await receive(webhookRequest('{"order":', headersOf(hmac('{"order":'))));
  expect(response).toMatchObject({ statusCode: 200, body: '{"accepted":0,"skipped":["not_json"]}' });
});

test('fills in the defaults of a Shoplazza source', () => {
  expect(parseSources({ shop: settings() }).shop).toEqual({
    platform: 'shoplazza',
    destination: 'default',
    dryRun: false,
    consent: 'always',
    consentKeys: ['tiktok_consent', '_tiktok_consent'],
    contentId: 'variant_id',
    purchaseMoment: 'paid',
    shops: [],
    eventId: '{order_id}',
    testOrders: 'skip',
    zeroValue: 'skip',
    latePayment: 'skip',
  });
});

test.each([
  [{ contentId: undefined }],
  [{ purchaseMoment: 'shipped' }],
  [{ eventId: '{checkout_token}' }],
  [{ money: 'shop' }],
])('rejects a Shoplazza source with %j', (own) => {
  expect(() => parseSources({ shop: settings(own) })).toThrow('sources.shop');
});
