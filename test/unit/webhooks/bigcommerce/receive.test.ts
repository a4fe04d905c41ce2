/** A signed webhook of BigCommerce from the door to the queue, with a real HTTP server in the place of its API. */
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { fingerprint } from '../../../../lib/privacy/sha256.ts';
import { webhookReceiver, webhookRequest } from '../../../support/webhooks/receive-webhooks.ts';
import { type Json, nowMs } from '../../../support/webhooks/webhook-bodies.ts';
import { apiToken, bigcommerceDouble, withoutProducts } from './api-double.ts';
import { customerHook, hook, settings, statusHook } from './bodies.ts';

const clientSecret = '5f9c1d0b7a62e48393af0c6d21b8e47f';

/** As BigCommerce's guide tells a receiver to check it: the libraries decode base64, so the secret is encoded first. */
function signed(body: Json, secret = clientSecret, sentMs = nowMs) {
  const text = JSON.stringify(body);
  const id = 'msg_2mN4gXqB';
  const at = new Date(sentMs);
  return webhookRequest(text, {
    'webhook-id': id,
    'webhook-timestamp': String(sentMs / 1000),
    'webhook-signature': new Webhook(Buffer.from(secret).toString('base64')).sign(id, at, text),
  });
}

async function receive(
  body: Json,
  {
    own = {},
    sign = signed,
  }: {
    readonly own?: Json;
    readonly sign?: (body: Json) => ReturnType<typeof signed>;
  } = {},
) {
  const { platforms, requests } = await bigcommerceDouble();
  const receiver = await webhookReceiver({
    settings: settings(own),
    platforms,
    secrets: [[clientSecret]],
    apiToken,
  });
  return { ...receiver, ...(await receiver.receive(sign(body))), requests };
}

const orderHook = (id: unknown): Json =>
  hook('store/order/statusUpdated', {
    type: 'order',
    id,
    status: { previous_status_id: 0, new_status_id: 11 },
  });

test('reads the order and its products, and queues the Purchase', async () => {
  const { response, sent, log, requests } = await receive(statusHook());
  expect(response).toMatchObject({ statusCode: 200, body: '{"accepted":1,"skipped":[]}' });
  expect(JSON.parse(sent[0]?.body ?? '').event).toMatchObject({
    event_name: 'Purchase',
    event_id: '250',
    value: 54.95,
    contents: [{ content_id: 'TOWEL-BEIGE', price: 16.65, quantity: 3 }],
  });
  expect(log).toMatchObject({ topic: 'store/order/statusUpdated', event: fingerprint('250') });
  expect([...requests].sort()).toEqual([
    'GET /stores/abc123/v2/orders/250',
    'GET /stores/abc123/v2/orders/250/products?limit=200',
  ]);
});

test('reads the customer, and queues the CompleteRegistration', async () => {
  const { sent, requests } = await receive(customerHook());
  expect(JSON.parse(sent[0]?.body ?? '').event).toMatchObject({
    event_name: 'CompleteRegistration',
    event_id: '32',
  });
  expect(requests).toEqual(['GET /stores/abc123/v3/customers?id:in=32&include=addresses,formfields']);
});

test.each<[string, Json, Json]>([
  ['a converted cart', { type: 'cart', id: 'd30016e2-23c0-4a90-884f-2e92ac135476', orderId: 250 }, {}],
  ['a transaction', { type: 'transaction', order_id: 250, transaction_id: '176342342' }, {}],
])('finds the order in the webhook of %s, and logs its digest when it is skipped', async (_what, data) => {
  const topic = 'store/cart/converted';
  const { sent } = await receive(hook(topic, data), { own: { topics: { [topic]: 'Purchase' } } });
  expect(JSON.parse(sent[0]?.body ?? '').event).toMatchObject({ event_id: '250' });
  const { log } = await receive(hook(topic, data));
  expect(log).toMatchObject({ reason: 'ignored_topic', order: fingerprint('250') });
});

test('overrides fields with the mapping of the stage file, which sees the order and the products', async () => {
  const own = { mapping: { description: 'order.payment_method', num_items: 'length(products)' } };
  const { sent } = await receive(statusHook(), { own });
  expect(JSON.parse(sent[0]?.body ?? '').event).toMatchObject({
    event_id: '250',
    description: 'Credit Card',
    num_items: 2,
  });
});

test.each<[string, Json, Json]>([
  ['ignored_topic', hook('store/order/refund/created', { type: 'order', id: 250 }), {}],
  ['ignored_topic', hook('store/cart/lineItem/created', { type: 'cart_line_item', id: 'x' }), {}],
  ['ignored_topic', statusHook(11, 2), {}],
  [
    'ignored_topic',
    hook('store/product/created', { type: 'product', id: 250 }),
    { topics: { 'store/product/created': 'Purchase' } },
  ],
  [
    'ignored_topic',
    hook('store/customer/address/created', { type: 'customer', id: 32, address: { customer_id: 9 } }),
    { topics: { 'store/customer/address/created': 'CompleteRegistration' } },
  ],
  ['refunded', statusHook(11, 4), {}],
  ['cancelled', statusHook(0, 6), {}],
  ['unpaid', statusHook(0, 1), {}],
  ['shop_not_allowed', statusHook(0, 11, { producer: 'stores/other1' }), {}],
  ['shop_not_allowed', statusHook(0, 11, { producer: null }), {}],
  ['unexpected_body', orderHook('250/../../../v3/hooks'), {}],
  ['unexpected_body', orderHook(null), {}],
  ['unexpected_body', orderHook(0), {}],
  ['unexpected_body', hook('store/customer/created', { type: 'customer' }), {}],
])('skips as %s without a request to the API: %j', async (reason, body, own) => {
  const { response, requests } = await receive(body, { own });
  expect(response).toMatchObject({ statusCode: 200, body: `{"accepted":0,"skipped":["${reason}"]}` });
  expect(requests).toEqual([]);
});

test.each<[string, Json]>([
  ['not_found', hook('store/customer/created', { type: 'customer', id: 33 })],
  ['not_found', hook('store/customer/created', { type: 'customer', id: 35 })],
  ['unexpected_body', hook('store/customer/created', { type: 'customer', id: 34 })],
])('skips as %s what the API answers to %j', async (reason, body) => {
  const { response, sent } = await receive(body);
  expect(response).toMatchObject({ statusCode: 200, body: `{"accepted":0,"skipped":["${reason}"]}` });
  expect(sent).toEqual([]);
});

test('asks BigCommerce to send the webhook again when the API has the order and not its products', async () => {
  const { response, sent } = await receive(orderHook(withoutProducts));
  expect([response, sent]).toEqual([expect.objectContaining({ code: 'platform_error' }), []]);
});

test.each<[string, (body: Json) => ReturnType<typeof signed>]>([
  ['signature_mismatch', (body) => signed(body, 'the client secret of another API account')],
  ['timestamp_outside_tolerance', (body) => signed(body, clientSecret, nowMs - 301_000)],
  ['signature_missing', (body) => webhookRequest(JSON.stringify(body), {})],
])('answers 401 to a webhook with the fault %s, before it asks the API', async (reason, sign) => {
  const { response, log, requests } = await receive(statusHook(), { sign });
  expect([response, log?.reason, requests]).toEqual([expect.objectContaining({ status: 401 }), reason, []]);
});

test('takes an older signature when the settings allow it', async () => {
  const { response } = await receive(statusHook(), {
    own: { toleranceSeconds: 3600 },
    sign: (body) => signed(body, clientSecret, nowMs - 3000_000),
  });
  expect(response).toMatchObject({ body: '{"accepted":1,"skipped":[]}' });
});

test('names the client secret when a source has none that can protect it', async () => {
  const { platforms } = await bigcommerceDouble();
  const receiver = await webhookReceiver({ settings: settings(), platforms, secrets: [['short']] });
  const { response } = await receiver.receive(signed(statusHook(), 'short'));
  expect(response).toMatchObject({
    code: 'source_not_ready',
    detail: expect.stringContaining('use the client secret of the API account'),
  });
});
