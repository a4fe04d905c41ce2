/** A signed webhook of Nuvemshop from the door to the queue, with a real HTTP server in the place of its API. */
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { fingerprint } from '../../../../lib/privacy/sha256.ts';
import { nuvemshop } from '../../../../lib/webhooks/nuvemshop/platform.ts';
import { skip } from '../../../../lib/webhooks/webhook-outcome.ts';
import { webhookReceiver, webhookRequest } from '../../../support/webhooks/receive-webhooks.ts';
import type { Json } from '../../../support/webhooks/webhook-bodies.ts';
import { apiToken, nuvemshopDouble } from './api-double.ts';
import { customer, hook, settings } from './bodies.ts';

const clientSecret = '5f9c1d0b7a62e48393af0c6d21b8e47f5f9c1d0b7a62e483';

async function receive(body: unknown, { own = {}, token = apiToken, secret = clientSecret } = {}) {
  const { platforms, requests } = await nuvemshopDouble();
  const receiver = await webhookReceiver({
    settings: settings(own),
    platforms,
    secrets: [[clientSecret]],
    apiToken: token,
  });
  const text = JSON.stringify(body);
  const digest = createHmac('sha256', secret).update(text).digest('hex');
  const request = webhookRequest(text, { 'x-linkedstore-hmac-sha256': digest });
  return { ...receiver, ...(await receiver.receive(request)), requests };
}

test('reads the order with its token and the name of the app, and queues the Purchase', async () => {
  const { response, sent, log, requests } = await receive(hook('order/paid'));
  expect(response).toMatchObject({ statusCode: 200, body: '{"accepted":1,"skipped":[]}' });
  expect(JSON.parse(sent[0]?.body ?? '').event).toMatchObject({
    event_name: 'Purchase',
    event_id: '871254203',
    value: 5400,
    currency: 'BRL',
  });
  expect(log).toMatchObject({ topic: 'order/paid', event: fingerprint('871254203') });
  expect(requests).toEqual(['GET /v1/817495/orders/871254203']);
});

test('reads the customer, and queues the CompleteRegistration', async () => {
  const { sent, requests } = await receive(
    hook('customer/created', { id: 112, event_launch_ts: 1_795_172_400 }),
  );
  expect(JSON.parse(sent[0]?.body ?? '').event).toMatchObject({
    event_name: 'CompleteRegistration',
    event_id: '112',
  });
  expect(requests).toEqual(['GET /v1/817495/customers/112']);
});

test('overrides fields with the mapping of the stage file, which sees the order', async () => {
  const own = { mapping: { description: 'order.gateway_name', num_items: 'length(order.products)' } };
  const { sent } = await receive(hook('order/paid'), { own });
  expect(JSON.parse(sent[0]?.body ?? '').event).toMatchObject({ description: 'Transferência', num_items: 2 });
});

const privacy = { customer: { id: 1, email: 'ana@example.com', phone: '+5511991234567' }, store_id: 817495 };
test.each<[string, Json, Json]>([
  ['compliance_topic', { store_id: 817495 }, {}],
  ['compliance_topic', { ...privacy, orders_to_redact: [213] }, {}],
  ['compliance_topic', { ...privacy, orders_requested: [213], data_request: { id: 456 } }, {}],
  ['compliance_topic', { store_id: 817495, event: 'store/redact' }, {}],
  ['ignored_topic', hook('order/fulfilled'), {}],
  ['ignored_topic', hook('app/uninstalled', { id: 12 }), {}],
  ['ignored_topic', hook('order/paid'), { purchaseMoment: 'placed' }],
  [
    'ignored_topic',
    hook('order_custom_field/created'),
    { topics: { 'order_custom_field/created': 'Purchase' } },
  ],
  ['shop_not_allowed', hook('order/paid', { store_id: 1 }), {}],
  ['shop_not_allowed', hook('order/paid', { store_id: null }), {}],
  ['unexpected_body', hook('order/paid', { id: '12/../../products' }), {}],
  ['unexpected_body', hook('order/paid', { id: null }), {}],
  ['unexpected_body', hook('order/paid', { id: 0 }), {}],
])('skips as %s without a request to the API, even without a token: %j', async (reason, body, own) => {
  const { response, requests } = await receive(body, { own, token: '' });
  expect(response).toMatchObject({ statusCode: 200, body: `{"accepted":0,"skipped":["${reason}"]}` });
  expect(requests).toEqual([]);
});

test('logs the topic of a webhook that no setting names', async () => {
  for (const event of ['order/custom_fields_updated', 'order/unpacked', 'app/suspended', 'domain/updated'])
    expect((await receive(hook(event))).log).toMatchObject({ topic: event });
});

test('skips a customer that the API does not have', async () => {
  const { response } = await receive(hook('customer/created', { id: 113 }));
  expect(response).toMatchObject({ statusCode: 200, body: '{"accepted":0,"skipped":["not_found"]}' });
});

test('skips a customer whom the webhook does not name', async () => {
  const { fetch } = nuvemshop.bind(settings());
  const payload = hook('customer/created', { id: 112 });
  const content = { topic: 'customer/created', payload, headers: {} };
  const readOther = async () => customer({ id: 113 });
  expect(await fetch?.read(content, readOther)).toEqual(skip('unexpected_body', 'customer'));
});

test('answers 401 to a webhook that another app signed, before it asks the API', async () => {
  const { response, requests } = await receive(hook('order/paid'), { secret: 'the secret of another app' });
  expect([response, requests]).toEqual([expect.objectContaining({ status: 401 }), []]);
});

test('names the channel of an order that is skipped because of it', async () => {
  const { response } = await receive(hook('order/paid'), { own: { storefronts: ['pos'] } });
  expect(response).toMatchObject({
    body: '{"accepted":0,"skipped":["channel_not_allowed"],"channel":"store"}',
  });
});
