/** What a webhook is answered, and what is logged and counted, when queue or secrets do not do their part. */
import { createHmac } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../lib/privacy/sha256.ts';
import type { OutgoingMessage } from '../../../lib/queue/sqs.ts';
import { createSecretCache } from '../../../lib/secrets/secret-cache.ts';
import type { Telemetry } from '../../../lib/telemetry/telemetry.ts';
import { parseSources } from '../../../lib/webhooks/parse-sources.ts';
import { prepareSources } from '../../../lib/webhooks/prepare-source.ts';
import { receiveWebhook, type WebhookPorts } from '../../../lib/webhooks/receive-webhook.ts';
import { choices, type Json, nowMs, shopifyOrder } from '../../support/webhook-bodies.ts';

interface World {
  readonly settings?: Json;
  /** What Secrets Manager holds at each read; an Error fails the read. */
  readonly secrets?: readonly (readonly string[] | Error)[];
  readonly isQueueUp?: boolean;
}

async function world({ settings = {}, secrets = [['s3cret']], isQueueUp = true }: World) {
  const sent: string[] = [];
  const counted: string[] = [];
  let read = 0;
  const load = async () => {
    const held = secrets[Math.min(read, secrets.length - 1)] ?? [];
    read += 1;
    if (held instanceof Error) throw held;
    return { keys: [], webhooks: { shop: { secrets: [...held] } } };
  };
  let clock = 0;
  const telemetry: Telemetry = {
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
    flush: () => undefined,
    count: (name, _value, dimensions) => counted.push([name, ...Object.values(dimensions ?? {})].join(' ')),
  };
  const ports: WebhookPorts = {
    sources: await prepareSources(parseSources({ shop: { ...choices.shopify, ...settings } })),
    destinations: { default: { pixelCode: 'P', eventSource: 'web', country: 'AU' } },
    queueUrl: 'q',
    queue: {
      send: async (_url, messages) => {
        if (isQueueUp) sent.push(...messages.map(({ body }) => body));
        const errors = isQueueUp ? [] : messages.map(() => 'ServiceUnavailable');
        return { stored: messages.map(() => isQueueUp), errors };
      },
      delay: async () => [],
    },
    // Each read is a minute after the last.
    secrets: createSecretCache({ load, now: () => (clock += 60_000), staleMs: 0 }),
    telemetry,
    randomId: () => 'random',
  };
  return { ports, sent, counted, reads: () => read };
}

function request(
  body: string,
  secret = 's3cret',
  route: Partial<APIGatewayProxyEventV2> = {
    routeKey: 'POST /v1/webhooks/shop',
    rawPath: '/v1/webhooks/shop',
  },
): APIGatewayProxyEventV2 {
  const headers = {
    'x-shopify-topic': 'orders/paid',
    'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
  };
  const requestContext = { requestId: 'trace-1', http: { method: 'POST' } };
  return {
    headers,
    requestContext,
    ...route,
    isBase64Encoded: true,
    body: Buffer.from(body).toString('base64'),
  } as unknown as APIGatewayProxyEventV2;
}

const order = JSON.stringify(shopifyOrder());
const token = '640ac4541c951dfd7641899c3102c0b1';

describe('a webhook', () => {
  it.each([
    [{}, undefined],
    [{ second: { pixelCode: 'S', eventSource: 'web' as const } }, 'default'],
  ])('waits with the others of its destination when there are others: %j', async (others, group) => {
    const { ports } = await world({});
    const groups: unknown[] = [];
    const queue = {
      ...ports.queue,
      send: (url: string, messages: readonly OutgoingMessage[]) => {
        groups.push(...messages.map(({ groupId }) => groupId));
        return ports.queue.send(url, messages);
      },
    };
    const destinations = { ...ports.destinations, ...others };
    await receiveWebhook(request(order), nowMs, { ...ports, queue, destinations });
    expect(groups).toEqual([group]);
  });

  it('is queued as a message that expires 47 hours after the payment', async () => {
    const { ports, sent, counted } = await world({});
    const { response, log } = await receiveWebhook(request(order), nowMs, ports);
    expect(response).toMatchObject({ statusCode: 200 });
    expect(JSON.parse(sent[0] ?? '')).toMatchObject({
      v: 1,
      destination: 'default',
      source: 'shop',
      trace: 'trace-1',
      received_at: '2026-11-20T12:00:00.000Z',
      not_after: '2026-11-22T10:00:00.000Z',
      event: { event_name: 'Purchase', event_id: token },
    });
    expect(counted).toEqual(['WebhookEvents', 'EventsQueued']);
    expect(log).toMatchObject({
      source: 'shop',
      topic: 'orders/paid',
      accepted: 1,
      event: fingerprint(token),
    });
  });

  it.each<[string, Partial<APIGatewayProxyEventV2>]>([
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
  ])('is taken from %s', async (_title, route) => {
    const { ports, sent } = await world({});
    const { response } = await receiveWebhook(request(order, 's3cret', route), nowMs, ports);
    expect(response).toMatchObject({ statusCode: 200 });
    expect(sent).toHaveLength(1);
  });

  it.each([
    '/v1/webhooks/other',
    '/v1/webhooks/shop/more',
    '/v1/webhooks/',
    '/v1/webhooks/__proto__',
    '/v1/events',
  ])('to %s is answered 404 before any secret is read', async (rawPath) => {
    const { ports, reads } = await world({});
    const route = { routeKey: `POST ${rawPath}`, rawPath };
    await expect(receiveWebhook(request(order, 's3cret', route), nowMs, ports)).rejects.toMatchObject({
      problem: { status: 404, code: 'unknown_source' },
    });
    expect(reads()).toBe(0);
  });

  it.each(['canary.doe', '491555129999'])(
    'is logged without the text %s in its topic header',
    async (topic) => {
      const { ports } = await world({});
      const event = request(order);
      const headers = { ...event.headers, 'x-shopify-topic': topic };
      const { log } = await receiveWebhook({ ...event, headers }, nowMs, ports);
      expect(log).toMatchObject({ topic: 'other', reason: 'ignored_topic' });
      expect(JSON.stringify(log)).not.toContain(topic);
    },
  );

  it('is answered 503 when the queue does not store it, and counted as nothing', async () => {
    const { ports, counted } = await world({ isQueueUp: false });
    const { response, log } = await receiveWebhook(request(order), nowMs, ports);
    expect(response).toMatchObject({
      status: 503,
      code: 'queue_unavailable',
      headers: { 'retry-after': '2' },
    });
    expect(log).toMatchObject({ accepted: 0, not_queued: 1 });
    expect(counted).toEqual(['AwsErrors send', 'EventsNotQueued']);
  });

  it('of a dry run is mapped, logged and not sent', async () => {
    const { ports, sent, counted } = await world({ settings: { dryRun: true } });
    const { response, log } = await receiveWebhook(request(order), nowMs, ports);
    expect(response).toMatchObject({ statusCode: 200, body: '{"accepted":1,"skipped":[],"dry_run":true}' });
    expect(log).toMatchObject({ dry_run: true, accepted: 1, event: fingerprint(token) });
    expect([sent, counted]).toEqual([[], []]);
  });

  it('that is not sent says why, and which order it was', async () => {
    const { ports, counted } = await world({});
    const body = JSON.stringify(shopifyOrder({ cancelled_at: '2026-11-20T11:00:00Z', id: 77 }));
    const { log } = await receiveWebhook(request(body), nowMs, ports);
    expect(log).toMatchObject({ accepted: 0, rejected: 1, reason: 'cancelled', event: fingerprint('77') });
    expect(counted).toEqual(['WebhookSkipped cancelled']);
  });

  it('whose event the destination cannot match is not sent', async () => {
    const { ports } = await world({});
    const body = { ...shopifyOrder({ email: null, contact_email: null, phone: null }) };
    const offline = {
      ...ports,
      destinations: { default: { pixelCode: 'O', eventSource: 'offline' as const } },
    };
    const { log } = await receiveWebhook(request(JSON.stringify(body)), nowMs, offline);
    expect(log).toMatchObject({ accepted: 1 });
    const { log: nobody } = await receiveWebhook(
      request(JSON.stringify({ ...body, customer: { id: 1 } })),
      nowMs,
      offline,
    );
    expect(nobody).toMatchObject({ accepted: 0, reason: 'no_match_key' });
  });

  it('counts what was left out', async () => {
    const { ports, counted } = await world({});
    await receiveWebhook(request(JSON.stringify(shopifyOrder({ phone: 'call me' }))), nowMs, ports);
    expect(counted).toEqual(['WebhookEvents', 'EventsQueued', 'FieldsOmitted phone']);
  });
});

describe('the secrets of a source', () => {
  it('are read again when a signature does not fit, so that a new one works at once', async () => {
    const { ports, reads } = await world({ secrets: [['old'], ['old', 'new']] });
    const { response } = await receiveWebhook(request(order, 'new'), nowMs, ports);
    expect(response).toMatchObject({ statusCode: 200 });
    expect(reads()).toBe(2);
  });

  it('that do not fit are a 401', async () => {
    const { ports } = await world({});
    const { response, log } = await receiveWebhook(request(order, 'other'), nowMs, ports);
    expect(response).toMatchObject({ status: 401, code: 'invalid_signature' });
    expect(log).toEqual({ source: 'shop', reason: 'signature_mismatch' });
  });

  it.each<[string, readonly (readonly string[] | Error)[], string]>([
    ['cannot be read', [new Error('down')], 'secrets_unavailable'],
    ['are not there yet', [[]], 'source_not_ready'],
    ['are of no use', [['ok', ' ']], 'source_not_ready'],
  ])('that %s are a 503, so that the sender comes again', async (_how, secrets, code) => {
    const { ports } = await world({ secrets });
    const { response, log } = await receiveWebhook(request(order), nowMs, ports);
    expect(response).toMatchObject({ status: 503, code });
    expect(log?.source).toBe('shop');
  });
});
