/** What a webhook is answered, and what is logged and counted, when queue or secrets do not do their part. */
import { createHmac } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect, test } from 'vitest';
import { fingerprint } from '../../../lib/privacy/sha256.ts';
import { webhookReceiver, webhookRequest } from '../../support/webhooks/receive-webhooks.ts';
import { choices, shopifyOrder } from '../../support/webhooks/webhook-bodies.ts';

const request = (body: string, secret = 's3cret', route: Partial<APIGatewayProxyEventV2> = {}) =>
  webhookRequest(
    body,
    {
      'x-shopify-topic': 'orders/paid',
      'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
    },
    route,
  );

const order = JSON.stringify(shopifyOrder());
const token = '640ac4541c951dfd7641899c3102c0b1';

test.each([
  [{}, undefined],
  [{ second: { pixelCode: 'S', eventSource: 'web' as const } }, 'default'],
])(
  "queues a webhook's event in the group of its destination when there are others: %j",
  async (others, group) => {
    const destinations = { default: { pixelCode: 'P', eventSource: 'web' as const }, ...others };
    const { receive, sent } = await webhookReceiver({ destinations });
    await receive(request(order));
    expect(sent.map(({ groupId }) => groupId)).toEqual([group]);
  },
);

test("queues a webhook's event as a message that expires 47 hours after the payment", async () => {
  const { receive, sent, counted } = await webhookReceiver();
  const { response, log } = await receive(request(order));
  expect(response).toMatchObject({ statusCode: 200 });
  expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({
    v: 1,
    destination: 'default',
    source: 'shop',
    trace: 'trace-1',
    logged: true,
    received_at: '2026-11-20T12:00:00.000Z',
    not_after: '2026-11-22T10:00:00.000Z',
    event: { event_name: 'Purchase', event_id: token },
  });
  expect(counted).toEqual([]);
  expect(log).toMatchObject({
    source: 'shop',
    topic: 'orders/paid',
    accepted: 1,
    event: fingerprint(token),
  });
});

test.each<[string, Partial<APIGatewayProxyEventV2>]>([
  ['a route of its own', { routeKey: 'POST /v1/webhooks/shop', rawPath: '/v1/webhooks/shop' }],
  [
    'a route for every source',
    {
      routeKey: 'POST /v1/webhooks/{source}',
      rawPath: '/v1/webhooks/shop',
      pathParameters: { source: 'shop' },
    },
  ],
  [
    'a path below an address that others share',
    { routeKey: 'POST /v1/webhooks/shop', rawPath: '/tiktok/v1/webhooks/shop' },
  ],
  [
    'an address with a slash at its end',
    {
      routeKey: 'POST /v1/webhooks/{source}/{proxy+}',
      rawPath: '/v1/webhooks/shop/',
      pathParameters: { source: 'shop', proxy: '' },
    },
  ],
])('accepts a webhook from %s', async (_title, route) => {
  const { receive, sent } = await webhookReceiver();
  const { response } = await receive(request(order, 's3cret', route));
  expect(response).toMatchObject({ statusCode: 200 });
  expect(sent).toHaveLength(1);
});

test.each([
  '/v1/webhooks/other',
  '/v1/webhooks/shop/more',
  '/v1/webhooks/shop//',
  '/v1/webhooks/',
  '/v1/webhooks/__proto__',
  '/v1/events',
])('answers 404 to a webhook at %s before it reads a secret', async (rawPath) => {
  const { receive, reads } = await webhookReceiver();
  const route = { routeKey: `POST ${rawPath}`, rawPath };
  await expect(receive(request(order, 's3cret', route))).rejects.toMatchObject({
    status: 404,
    code: 'unknown_source',
  });
  expect(reads()).toBe(0);
});

test.each(['canary.doe', '491555129999'])(
  'promise 5: logs a webhook without the text %s in its topic header',
  async (topic) => {
    const { receive } = await webhookReceiver();
    const event = request(order);
    const headers = { ...event.headers, 'x-shopify-topic': topic };
    const { log } = await receive({ ...event, headers });
    expect(log).toMatchObject({ topic: 'other', reason: 'ignored_topic' });
    expect(JSON.stringify(log)).not.toContain(topic);
  },
);

test('promise 1: answers 503 to a webhook that the queue does not store, and counts the events that it did not queue', async () => {
  const { receive, counted } = await webhookReceiver({ isQueueUp: false });
  const { response, log } = await receive(request(order));
  expect(response).toMatchObject({
    status: 503,
    code: 'queue_unavailable',
    headers: { 'retry-after': '2' },
  });
  expect(log).toMatchObject({ accepted: 0, not_queued: 1 });
  expect(counted).toEqual(['AwsErrors', 'EventsNotQueued']);
});

test('maps and logs the webhook of a dry run without sending it', async () => {
  const { receive, sent, counted } = await webhookReceiver({
    settings: { ...choices.shopify, dryRun: true },
  });
  const { response, log } = await receive(request(order));
  expect(response).toMatchObject({ statusCode: 200, body: '{"accepted":1,"skipped":[],"dry_run":true}' });
  expect(log).toMatchObject({ dry_run: true, accepted: 1, event: fingerprint(token) });
  expect([sent, counted]).toEqual([[], []]);
});

test('logs the reason and the order of a webhook that is skipped', async () => {
  const { receive } = await webhookReceiver();
  const body = JSON.stringify(shopifyOrder({ cancelled_at: '2026-11-20T11:00:00Z', id: 77 }));
  const { log } = await receive(request(body));
  expect(log).toMatchObject({ accepted: 0, rejected: 1, reason: 'cancelled' });
  // The order's id, and its number as people know it.
  expect(log).toMatchObject({ order: `${fingerprint('77')},${fingerprint('1030')}` });
  expect(log?.event).toBeUndefined();
});

test('skips a webhook whose event the destination cannot match', async () => {
  const { receive } = await webhookReceiver({
    destinations: { default: { pixelCode: 'O', eventSource: 'offline' } },
  });
  const body = { ...shopifyOrder({ email: null, contact_email: null, phone: null }) };
  const { log } = await receive(request(JSON.stringify(body)));
  expect(log).toMatchObject({ accepted: 1 });
  const { log: nobody } = await receive(request(JSON.stringify({ ...body, customer: { id: 1 } })));
  expect(nobody).toMatchObject({ accepted: 0, reason: 'no_match_key' });
});

test.each([
  [{}, {}],
  [{ dryRun: true }, { dry_run: true }],
])('names the omitted fields of a webhook in answer and log, with the settings %j', async (own, more) => {
  const { receive } = await webhookReceiver({ settings: { ...choices.shopify, ...own } });
  const body = JSON.stringify(shopifyOrder({ phone: 'call me', currency: 'XXX' }));
  const { response, log } = await receive(request(body));
  expect(JSON.parse((response as { body: string }).body)).toEqual({
    accepted: 1,
    skipped: [],
    omitted: [
      { field: 'phone', code: 'invalid_phone' },
      { field: 'currency', code: 'unsupported_currency' },
    ],
    ...more,
  });
  expect(log).toMatchObject({ warnings: 'phone:invalid_phone currency:unsupported_currency' });
});

test('reads the secrets of a source again when a signature does not match, so that a new one works at once', async () => {
  const { receive, reads } = await webhookReceiver({ secrets: [['old'], ['old', 'new']] });
  const { response } = await receive(request(order, 'new'));
  expect(response).toMatchObject({ statusCode: 200 });
  expect(reads()).toBe(2);
});

test('promise 7: answers 401 to a webhook whose signature matches no secret', async () => {
  const { receive } = await webhookReceiver();
  const { response, log } = await receive(request(order, 'other'));
  expect(response).toMatchObject({ status: 401, code: 'invalid_signature' });
  expect(log).toEqual({ source: 'shop', reason: 'signature_mismatch' });
});

test.each<[string, readonly (readonly string[] | Error)[], string]>([
  ['cannot be read', [new Error('down')], 'secrets_unavailable'],
  ['are not there yet', [[]], 'source_not_ready'],
  ['are of no use', [['ok', ' ']], 'source_not_ready'],
])(
  'answers 503, so that the sender repeats, when the secrets of a source %s',
  async (_how, secrets, code) => {
    const { receive } = await webhookReceiver({ secrets });
    const { response, log } = await receive(request(order));
    expect(response).toMatchObject({ status: 503, code });
    expect(log?.source).toBe('shop');
  },
);

test.each(['GET', 'HEAD'])('answers 200 to a probe with %s before it reads a secret', async (method) => {
  const { receive, reads } = await webhookReceiver();
  const probe = request('');
  const http = { ...probe.requestContext.http, method };
  const { response } = await receive({ ...probe, requestContext: { ...probe.requestContext, http } });
  expect(response).toMatchObject({ statusCode: 200, body: '{"accepted":0,"skipped":[]}' });
  expect(reads()).toBe(0);
});

test.each([
  ['234582441985', '234582441985'],
  ['jane@example.com', 'other'],
])('names the channel %s of a skipped order in answer and log as %s', async (source_name, channel) => {
  const { receive } = await webhookReceiver({ settings: { ...choices.shopify, sourceNames: ['web'] } });
  const { response, log } = await receive(request(JSON.stringify(shopifyOrder({ source_name }))));
  const body: unknown = JSON.parse(String((response as { body?: string }).body));
  expect(body).toEqual({ accepted: 0, skipped: ['channel_not_allowed'], channel });
  expect(log).toMatchObject({ reason: 'channel_not_allowed', detail: 'sourceNames', channel });
});
