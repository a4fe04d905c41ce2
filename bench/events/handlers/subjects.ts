/** Calls of the built handlers as API Gateway and SQS make them, and the floor of each: the least work of any program. */
import { createHmac, hash, randomUUID } from 'node:crypto';
import type { Context, SQSEvent } from 'aws-lambda';
import { acceptEvents } from '../../../lib/ingest/accept-events.ts';
import type { OutgoingMessage } from '../../../lib/queue/queue-client.ts';
import { destinations, orders, toRecord } from '../fixture.ts';
import type { Subject } from '../measure.ts';
import { secrets } from './secrets.ts';
import { shopifyOrder } from './shopify-order.ts';
import type { SignedPost } from './signed-post.ts';

export type Handler = (event: unknown, context: Context) => Promise<unknown>;

/** How many events a post has. */
export const postSizes = [1, 10, 50, 500] as const;

const context = {
  functionName: 'bench',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:bench',
  memoryLimitInMB: '512',
  awsRequestId: randomUUID(),
  logGroupName: '/aws/lambda/bench',
  logStreamName: 'bench',
  callbackWaitsForEmptyEventLoop: true,
  getRemainingTimeInMillis: () => 30_000,
} as Context;

const browserHeaders = {
  accept: '*/*',
  'accept-encoding': 'gzip, deflate',
  host: 'events.example.com',
  'user-agent': 'node',
  'x-amzn-trace-id': 'Root=1-67f2b1a0-5f84a1b27c9d3e4f60718293',
  'x-forwarded-for': '203.0.113.9',
  'x-forwarded-port': '443',
  'x-forwarded-proto': 'https',
};

/** An event of API Gateway, payload format 2.0. */
const httpEvent = (path: string, body: string, headers: Readonly<Record<string, string>>) => ({
  version: '2.0',
  routeKey: `POST ${path}`,
  rawPath: path,
  rawQueryString: '',
  headers: { ...browserHeaders, ...headers, 'content-type': 'application/json' },
  pathParameters: { source: 'shopify' },
  requestContext: {
    accountId: '000000000000',
    apiId: 'abcdef1234',
    domainName: 'events.example.com',
    http: { method: 'POST', path, protocol: 'HTTP/1.1', sourceIp: '203.0.113.9', userAgent: 'node' },
    requestId: 'JKJaXmPLvHcESHA=',
    stage: '$default',
    timeEpoch: Date.now(),
  },
  body,
  isBase64Encoded: false,
});

/** Today's orders, since the handlers read the clock; none is in the future. */
const ordersOf = (count: number) => orders('international', Date.now() - 3_600_000, count);

export function ingestSubjects(handler: Handler, post: SignedPost, queueUrl: string): Subject[] {
  return postSizes.flatMap((size) => {
    const body = JSON.stringify({ events: ordersOf(size) });
    const event = httpEvent('/v1/events', body, { authorization: `Bearer ${secrets.apiKey}` });
    return [
      {
        name: `ingest.${size}`,
        units: 1,
        run: async () => expectStatus(202, await handler(event, context)),
      },
      { name: `ingest.${size}.floor`, units: 1, run: () => ingestFloor(body, post, queueUrl) },
    ];
  });
}

const entriesPerCall = 10;

/** JSON.parse of the post, JSON.stringify of each event, and one signed request for ten messages. */
async function ingestFloor(body: string, post: SignedPost, queueUrl: string): Promise<unknown> {
  const messages: string[] = JSON.parse(body).events.map((event: unknown) => JSON.stringify(event));
  const posts: Promise<unknown>[] = [];
  for (let first = 0; first < messages.length; first += entriesPerCall) {
    const Entries = messages
      .slice(first, first + entriesPerCall)
      .map((MessageBody, index) => ({ Id: String(index), MessageBody }));
    posts.push(post(JSON.stringify({ QueueUrl: queueUrl, Entries })));
  }
  return Promise.all(posts);
}

/** @param alone the same handler without the SDK and without logs and metrics */
export function webhookSubjects(handler: Handler, alone: Handler): Subject[] {
  const body = shopifyOrder(Date.now() - 60_000);
  const sign = () => createHmac('sha256', secrets.webhook).update(body).digest('base64');
  const event = httpEvent('/v1/webhooks/shopify', body, {
    'x-shopify-topic': 'orders/paid',
    'x-shopify-hmac-sha256': sign(),
    'x-shopify-shop-domain': 'example.myshopify.com',
    'x-shopify-webhook-id': randomUUID(),
  });
  const runOf = (call: Handler) => async () => expectAccepted(await call(event, context));
  return [
    { name: 'webhook', units: 1, run: runOf(handler) },
    { name: 'webhook.alone', units: 1, run: runOf(alone) },
    { name: 'webhook.floor', units: 1, run: () => [sign(), JSON.stringify(JSON.parse(body))] },
  ];
}

/** @param alone the same handler, with TikTok's answer made in the process */
export async function deliverSubjects(handler: Handler, alone: Handler): Promise<Subject[]> {
  const bodies = await ownMessages(50);
  const event: SQSEvent = { Records: bodies.map((body, index) => toRecord(body, index, Date.now() - 5_000)) };
  const runOf = (call: Handler) => async () => expectDelivered(await call(event, context));
  return [
    { name: 'deliver', units: 1, run: runOf(handler) },
    { name: 'deliver.alone', units: 1, run: runOf(alone) },
    { name: 'deliver.floor', units: 1, run: () => deliverFloor(bodies) },
  ];
}

const hashedFields = ['email', 'phone', 'external_id', 'first_name', 'last_name', 'zip_code'] as const;

/** JSON.parse of the messages, six native SHA-256 each, one JSON.stringify of the events. */
function deliverFloor(bodies: readonly string[]): string {
  const events = bodies.map((body) => {
    const { event } = JSON.parse(body);
    for (const field of hashedFields) event[field] = hash('sha256', event[field], 'hex');
    return event;
  });
  return JSON.stringify({ data: events });
}

/** The messages that ingest writes for a post. */
async function ownMessages(count: number): Promise<string[]> {
  const kept: OutgoingMessage[] = [];
  const ignore = () => undefined;
  await acceptEvents(
    {
      body: { events: ordersOf(count) },
      apiKey: { id: 'bench', destinations: ['*'] },
      idempotencyKey: undefined,
      receivedAtMs: Date.now() - 5_000,
      trace: 'JKJaXmPLvHcESHA=',
    },
    {
      settings: { destinations, queueUrl: '' },
      clients: {
        queue: {
          send: async (_, messages) => {
            kept.push(...messages);
            return { stored: messages.map(() => true), errors: [] };
          },
          delay: async () => [],
        },
        telemetry: { info: ignore, warn: ignore, error: ignore, count: ignore, flush: ignore },
      },
      random: randomUUID,
    },
  );
  return kept.map(({ body }) => body);
}

function expectStatus(status: number, answer: unknown): unknown {
  const { statusCode, body } = answer as { statusCode: number; body: string };
  if (statusCode !== status) throw new Error(`a handler answered ${statusCode}: ${body}`);
  return answer;
}

function expectAccepted(answer: unknown): unknown {
  const { body } = expectStatus(200, answer) as { body: string };
  if (!body.startsWith('{"accepted":1')) throw new Error(`the webhook was not accepted: ${body}`);
  return answer;
}

function expectDelivered(answer: unknown): unknown {
  const { batchItemFailures } = answer as { batchItemFailures: unknown[] };
  if (batchItemFailures.length > 0)
    throw new Error(`${batchItemFailures.length} messages were not delivered`);
  return answer;
}
