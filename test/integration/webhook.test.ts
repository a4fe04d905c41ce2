/** Webhooks over real HTTP, queue and secrets, to what TikTok's sandbox receives. */
import { createHash, createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Gateway, startGateway } from '../../local/gateway.ts';
import { eventually } from '../support/eventually.ts';
import { fixture, type Json } from '../support/webhooks/webhook-bodies.ts';

let gateway: Gateway;

beforeAll(async () => {
  gateway = await startGateway({ port: 0, sqsPort: 0, mapping: { windowMs: 20 } });
});
afterAll(() => gateway.stop());
beforeEach(async () => {
  await fetch(`${gateway.url}/_sandbox/requests`, { method: 'DELETE' });
});

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (secret: string, data: string, encoding: 'hex' | 'base64') =>
  createHmac('sha256', secret).update(data).digest(encoding);

const post = (source: string, body: string, headers: Record<string, string>) =>
  fetch(`${gateway.url}/v1/webhooks/${source}`, { method: 'POST', body, headers });

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

const shopifyOrder = (changes: Json = {}) =>
  JSON.stringify({
    ...fixture('shopify-order'),
    test: false,
    processed_at: minutesAgo(5),
    updated_at: minutesAgo(5),
    phone: '+61 491 570 006',
    note_attributes: [{ name: 'ttclid', value: 'E.C.P.abc' }],
    ...changes,
  });

const shopify = (body: string, topic = 'orders/paid', secret = 'local-shopify-secret') =>
  post('shopify', body, {
    'content-type': 'application/json',
    'x-shopify-topic': topic,
    'x-shopify-shop-domain': 'shop.myshopify.com',
    'x-shopify-hmac-sha256': hmac(secret, body, 'base64'),
  });

/** @returns the events that the sandbox has received, once there are `count` */
const received = (count: number): Promise<Json[]> =>
  eventually(sandboxEvents, (events) => events.length >= count);

async function sandboxEvents(): Promise<Json[]> {
  const { requests } = (await (await fetch(`${gateway.url}/_sandbox/requests`)).json()) as {
    requests: { body: { data: Json[] } }[];
  };
  return requests.flatMap(({ body }) => body.data);
}

test('promise 6: delivers a signed webhook of Shopify to TikTok with hashed identifiers', async () => {
  const body = shopifyOrder({ id: '@' }).replace('"@"', '820982911946154508');
  const response = await shopify(body);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ accepted: 1, skipped: [] });
  const [event] = await received(1);
  expect(event).toMatchObject({
    event: 'Purchase',
    event_id: '640ac4541c951dfd7641899c3102c0b1',
    user: {
      email: sha256('robin.walker@example.com'),
      phone: sha256('+61491570006'),
      external_id: sha256('4206822293653'),
      ttclid: 'E.C.P.abc',
      ip: '203.0.113.34',
      country: 'au',
    },
    properties: {
      value: 59.45,
      currency: 'AUD',
      order_id: '820982911946154508',
      content_type: 'product',
      contents: [{ content_id: '37319198802069', price: 44.95, quantity: 1 }],
    },
  });
});

test('delivers a signed webhook of WooCommerce to TikTok', async () => {
  const order = {
    ...fixture('woocommerce-order'),
    created_via: 'checkout',
    date_created_gmt: minutesAgo(6).slice(0, 19),
    date_paid_gmt: minutesAgo(5).slice(0, 19),
  };
  const body = JSON.stringify(order);
  const response = await post('woocommerce', body, {
    'x-wc-webhook-topic': 'order.updated',
    'x-wc-webhook-source': 'https://shop.example/',
    'x-wc-webhook-signature': hmac('local-woocommerce-secret', body, 'base64'),
  });
  expect(response.status).toBe(200);
  const [event] = await received(1);
  expect(event).toMatchObject({ event: 'Purchase', event_id: '727', properties: { value: 29.35 } });
});

test('delivers a signed webhook of Stripe to TikTok', async () => {
  const recorded = fixture('stripe-session');
  const now = Math.floor(Date.now() / 1000);
  const session = { ...((recorded.data as Json).object as Json), livemode: true, created: now - 60 };
  const body = JSON.stringify({
    ...recorded,
    livemode: true,
    created: now - 30,
    data: { object: session },
  });
  const signature = `t=${now},v1=${hmac('local-stripe-secret', `${now}.${body}`, 'hex')}`;
  const response = await post('stripe', body, { 'stripe-signature': signature });
  expect(response.status).toBe(200);
  const [event] = await received(1);
  expect(event).toMatchObject({ event: 'Purchase', properties: { value: 800, currency: 'JPY' } });
});

test('delivers a signed webhook of a Standard Webhooks sender to TikTok as it is', async () => {
  const key = Buffer.from('bG9jYWwtc3RhbmRhcmQtd2ViaG9va3Mtc2VjcmV0', 'base64');
  const body = JSON.stringify({ event_name: 'Subscribe', email: 'a@example.com', phone: 'none' });
  const now = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', key).update(`msg_7.${now}.${body}`).digest('base64');
  const headers = {
    'webhook-id': 'msg_7',
    'webhook-timestamp': String(now),
    'webhook-signature': `v1,${signature}`,
  };
  const response = await post('standard', body, headers);
  expect(response.status).toBe(200);
  const [event] = await received(1);
  expect(event).toMatchObject({ event: 'Subscribe', event_id: 'msg_7' });
});

test('promise 7: answers 401 to a webhook with a wrong signature and sends nothing', async () => {
  const response = await shopify(shopifyOrder(), 'orders/paid', 'wrong');
  expect(response.status).toBe(401);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toMatchObject({ type: 'urn:tiktok-events:problem:invalid_signature' });
});

test('answers 401 to a compliance topic with a wrong signature, and 200 with the right one', async () => {
  const body = JSON.stringify(fixture('shopify-customers-redact'));
  expect((await shopify(body, 'customers/redact', 'wrong')).status).toBe(401);
  expect((await shopify(body, 'customers/redact')).status).toBe(200);
});

test('takes a webhook at an address with a slash at its end', async () => {
  const body = shopifyOrder({ financial_status: 'refunded' });
  const headers = {
    'x-shopify-topic': 'orders/paid',
    'x-shopify-hmac-sha256': hmac('local-shopify-secret', body, 'base64'),
  };
  const response = await post('shopify/', body, headers);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ accepted: 0, skipped: ['refunded'] });
  expect((await post('shopify/', body, {})).status).toBe(401);
});

test.each(['nobody', 'nobody/', 'shopify/more'])(
  'answers 404 to a webhook at the address %s',
  async (name) => {
    expect((await post(name, '{}', {})).status).toBe(404);
  },
);

test('answers 413 to a webhook that is larger than a megabyte', async () => {
  expect((await post('shopify', 'x'.repeat(1_048_577), {})).status).toBe(413);
});

test.each<[string, string, string]>([
  ['orders/updated', shopifyOrder(), 'ignored_topic'],
  ['orders/paid', shopifyOrder({ financial_status: 'refunded' }), 'refunded'],
  ['orders/paid', '', 'empty_body'],
  ['orders/paid', '<order/>', 'not_json'],
  ['orders/paid', '[]', 'unexpected_body'],
  ['orders/paid', '['.repeat(100_000) + ']'.repeat(100_000), 'unexpected_body'],
])('answers 200 with the reason to a webhook that is skipped: %s %.20s', async (topic, body, reason) => {
  const response = await shopify(body, topic);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ accepted: 0, skipped: [reason] });
});

test('answers 200 to WooCommerce’s unsigned ping', async () => {
  const response = await post('woocommerce', 'webhook_id=7', {
    'content-type': 'application/x-www-form-urlencoded',
  });
  expect(response.status).toBe(200);
});

test('promise 7: answers 401 to an unsigned webhook that is no ping', async () => {
  const response = await post('woocommerce', 'webhook_id=7&x=1', {
    'content-type': 'application/x-www-form-urlencoded',
  });
  expect(response.status).toBe(401);
});

test('answers 404 to GET, which Shopify never sends', async () => {
  expect((await fetch(`${gateway.url}/v1/webhooks/shopify`)).status).toBe(404);
});
