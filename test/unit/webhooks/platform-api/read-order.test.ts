/** A platform whose webhooks carry only ids: the order is read from a real HTTP server in the place of its API. */
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { asMoney } from '../../../../lib/payload/money.ts';
import { pickEmail } from '../../../../lib/payload/person.ts';
import { asId, asObject, isPayload } from '../../../../lib/payload/values.ts';
import { fingerprint } from '../../../../lib/privacy/sha256.ts';
import { commonShape } from '../../../../lib/webhooks/common-settings.ts';
import { finishEvent } from '../../../../lib/webhooks/compose-event.ts';
import { definePlatform } from '../../../../lib/webhooks/platform.ts';
import { notAfterMs } from '../../../../lib/webhooks/rules/freshness.ts';
import { sendStaticToken, verifyStaticToken } from '../../../../lib/webhooks/signatures/static-token.ts';
import { skip } from '../../../../lib/webhooks/webhook-outcome.ts';
import { orderApi, orderToken } from '../../../support/webhooks/order-api.ts';
import { webhookReceiver, webhookRequest } from '../../../support/webhooks/receive-webhooks.ts';
import { type Json, nowSeconds } from '../../../support/webhooks/webhook-bodies.ts';

const auth = { header: 'x-token', prefix: '' };

const idsOnlySettings = () =>
  z.strictObject({ platform: z.literal('ids-only'), ...commonShape(), apiUrl: z.string() });

const idsOnly = definePlatform({
  name: 'ids-only',
  settings: idsOnlySettings,
  verify: (request) => verifyStaticToken(request, auth),
  sign: (request) => sendStaticToken(request, auth).headers,
  secretHint: 'use the token of the shop',
  topicOf: (_headers, payload) => (isPayload(payload) && payload.scope === 'order' ? 'order' : ''),
  fetch: {
    baseUrl: ({ apiUrl }) => apiUrl,
    headers: (apiToken) => ({ 'x-api-token': apiToken }),
    read: async ({ topic, payload }, read) => {
      if (topic !== 'order') return skip('ignored_topic');
      const order = await read(`/orders/${asId(asObject(payload.data).id)}`);
      return isPayload(order) ? { kind: 'payload', payload: order } : skip('unexpected_body');
    },
  },
  map: ({ payload, settings }) =>
    finishEvent(
      {
        fields: { event_name: 'Purchase', event_id: asId(payload.id), event_time: nowSeconds },
        email: pickEmail([payload.mail]),
        phone: { isOmitted: false },
        money: asMoney(payload.total, payload.currency),
        attributes: new Map(),
        notAfterMs: notAfterMs(nowSeconds),
      },
      settings,
    ),
});

const order = { id: 12, mail: 'ada@example.com', total: 5, currency: 'EUR' };
const reference = (id: unknown, scope = 'order'): Json => ({ scope, data: { id } });

interface Options {
  readonly apiUrl?: string;
  readonly apiToken?: string;
  readonly platformApiUrl?: string;
}

async function receive(
  body: unknown,
  { apiUrl = 'https://unused.example', apiToken = orderToken, platformApiUrl = '' }: Options = {},
) {
  const receiver = await webhookReceiver({
    settings: { platform: 'ids-only', apiUrl },
    platforms: [idsOnly],
    apiToken,
    ...(platformApiUrl !== '' && { platformApiUrl }),
  });
  const request = webhookRequest(JSON.stringify(body), { 'x-token': 's3cret' });
  return { ...receiver, ...(await receiver.receive(request)) };
}

test('queues the order that the API gives for the id in the webhook', async () => {
  const api = await orderApi({ 12: order });
  const { response, sent, log } = await receive(reference(12), { apiUrl: api.url });
  expect(response).toMatchObject({ statusCode: 200, body: '{"accepted":1,"skipped":[]}' });
  expect(JSON.parse(sent[0]?.body ?? '').event).toMatchObject({
    event_id: '12',
    email: order.mail,
    value: 5,
  });
  expect(log).toMatchObject({ topic: 'order', accepted: 1, event: fingerprint('12') });
  expect(api.requests).toEqual(['GET /orders/12']);
});

test('skips an order that the API does not have, and names it in the log by the digest of its id', async () => {
  const api = await orderApi({});
  const { response, log } = await receive(reference(77), { apiUrl: api.url });
  expect(response).toMatchObject({ statusCode: 200, body: '{"accepted":0,"skipped":["not_found"]}' });
  expect(log).toMatchObject({ reason: 'not_found', order: fingerprint('77') });
});

test('asks the API nothing about a webhook that the platform skips', async () => {
  const api = await orderApi({ 12: order });
  const { response } = await receive(reference(12, 'cart'), { apiUrl: api.url });
  expect(response).toMatchObject({ body: '{"accepted":0,"skipped":["ignored_topic"]}' });
  expect(api.requests).toEqual([]);
});

test('skips a body that is no object before it asks the API', async () => {
  const { response } = await receive([1]);
  expect(response).toMatchObject({ body: '{"accepted":0,"skipped":["unexpected_body"]}' });
});

test.each([
  ['throttled', 'platform_throttled'],
  ['forbidden', 'platform_unauthorized'],
  ['failing', 'platform_error'],
  ['page', 'platform_answer_not_json'],
  ['large', 'platform_answer_too_large'],
  ['redirect', 'platform_redirect'],
  ['broken', 'platform_unreachable'],
])('asks the sender to repeat the webhook when the API is %s, and says why: %s', async (behavior, code) => {
  const api = await orderApi({ 12: order });
  const { response, sent, log } = await receive(reference(behavior), { apiUrl: api.url });
  expect(response).toMatchObject({ status: 503, code, headers: { 'retry-after': '30' } });
  expect(log).toMatchObject({
    source: 'shop',
    detail: expect.stringContaining('could not be read from the API'),
  });
  expect(sent).toEqual([]);
});

test('gives up on a stalled API after 3 seconds, within the 10 of the function', async () => {
  const api = await orderApi({});
  const { response } = await receive(reference('stall'), { apiUrl: api.url });
  expect(response).toMatchObject({ status: 503, code: 'platform_timeout' });
});

test.each([
  ['', 'webhooks.shop.api_token is missing'],
  ['two words', 'webhooks.shop.api_token contains characters that no token has'],
])('is not ready with the API token "%s"', async (apiToken, detail) => {
  const { response } = await receive(reference(12), { apiToken });
  expect(response).toMatchObject({
    status: 503,
    code: 'source_not_ready',
    detail: expect.stringContaining(detail),
  });
});

test('reports a mistake of a platform as an error of the gateway', async () => {
  await expect(receive(reference(12), { apiUrl: 'http://api.example' })).rejects.toThrow(
    'a platform reads only below its own base URL',
  );
});

test('reads from the platform API of this machine below the name of the platform and the path of its API', async () => {
  const api = await orderApi({ 12: order });
  const options = { apiUrl: 'https://api.example/v2/shop', platformApiUrl: `${api.url}/local` };
  const { response } = await receive(reference(12), options);
  expect(response).toMatchObject({ body: '{"accepted":1,"skipped":[]}' });
  expect(api.requests).toEqual(['GET /local/ids-only/v2/shop/orders/12']);
});

test('says where to store an order that the platform API of this machine cannot get', async () => {
  const api = await orderApi({});
  const { response } = await receive(reference('nowhere'), { platformApiUrl: api.url });
  expect(response).toMatchObject({
    status: 503,
    code: 'platform_unreachable',
    detail: expect.stringContaining('PUT /_sandbox/platform-api/<platform>/<path of the API>'),
  });
  const deployed = await receive(reference('nowhere'), { apiUrl: api.url });
  expect(deployed.response).toMatchObject({ code: 'platform_error' });
});
