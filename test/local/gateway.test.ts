/** The gateway puts handlers between an HTTP API, a queue, secrets and TikTok's sandbox, on loopback only. */
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEventV2, SQSEvent } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Gateway, startGateway } from '../../local/gateway.ts';
import { eventually } from '../support/eventually.ts';

/** Reads its endpoints from the environment, as the deployed functions do. */
async function ingest({ body = '' }: APIGatewayProxyEventV2) {
  const queue = new SQSClient({});
  await queue.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: body }));
  return { statusCode: 202 };
}

async function deliver({ Records }: SQSEvent) {
  const SecretId = `${process.env.SECRETS_PREFIX}/destinations/default`;
  const { SecretString = '' } = await new SecretsManagerClient({}).send(
    new GetSecretValueCommand({ SecretId }),
  );
  const destination = JSON.parse(process.env.DESTINATIONS ?? '').default;
  const data = Records.map(({ body }) => JSON.parse(body));
  await fetch(`${process.env.TIKTOK_API_URL}/open_api/v1.3/event/track/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'access-token': JSON.parse(SecretString).access_token },
    body: JSON.stringify({
      event_source: destination.eventSource,
      event_source_id: destination.pixelCode,
      data,
    }),
  });
}

let gateway: Gateway;
const none = () => ({ statusCode: 501 });
const handlers = { ingest, deliver, webhook: none, oauth: none, meta: none };

beforeEach(async () => {
  process.env.AWS_PROFILE = 'somebody';
  gateway = await startGateway({ port: 0, sqsPort: 0, handlers, mapping: { windowMs: 50 } });
});
afterEach(() => gateway.stop());

async function get(path: string) {
  const answer: unknown = await (await fetch(gateway.url + path)).json();
  return answer as { requests: object[]; queue: { inFlight: number }; deadLetters: object[] };
}

describe('the gateway', () => {
  test('delivers an event to TikTok through the queue', async () => {
    const event = { event: 'Purchase', event_time: 1_767_225_600, event_id: 'a' };
    const response = await fetch(`${gateway.url}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(event),
    });
    expect(response.status).toBe(202);
    await eventually(async () => (await get('/_sandbox/requests')).requests.length > 0);
    const { requests } = await get('/_sandbox/requests');
    expect(requests).toMatchObject([{ code: 0, body: { event_source_id: 'LOCALPIXEL', data: [event] } }]);
    await eventually(async () => (await get('/_sandbox/queue')).queue.inFlight === 0);
    expect(await get('/_sandbox/queue')).toEqual({
      queue: { visible: 0, inFlight: 0, delayed: 0 },
      deadLetterQueue: { visible: 0, inFlight: 0, delayed: 0 },
      deadLetters: [],
    });
  });

  test('shows the attributes of dead letters and not their bodies', async () => {
    const MessageAttributes = { reason: { DataType: 'String', StringValue: 'tiktok_40002' } };
    const QueueUrl = gateway.deadLetterQueueUrl;
    const client = new SQSClient({});
    await client.send(
      new SendMessageCommand({ QueueUrl, MessageBody: 'jane@example.com', MessageAttributes }),
    );
    const answer = await get('/_sandbox/queue');
    expect(answer.deadLetters).toMatchObject([{ attributes: { reason: 'tiktok_40002' } }]);
    expect(JSON.stringify(answer)).not.toContain('jane');
  });

  test('has the secrets of the stage and an empty one for connecting', () => {
    const secret = (name: string) => gateway.secrets.get(`tiktok-events/local/${name}`);
    expect(JSON.parse(secret('ingest') ?? '')).toMatchObject({
      keys: [{ id: 'local', key: 'local-api-key', destinations: ['*'] }],
      webhooks: { shopify: { secrets: ['local-shopify-secret'] } },
    });
    expect(JSON.parse(secret('destinations/default') ?? '')).toMatchObject({
      access_token: 'local-access-token',
    });
    expect(secret('connect')).toBeUndefined();
    expect(gateway.secrets.calls).toEqual([]);
  });

  test.each(['/', '/_sandbox/', '/_sandbox'])(
    'serves a console page at %s that loads nothing else',
    async (path) => {
      const response = await fetch(gateway.url + path);
      const html = await response.text();
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(html).toContain('<title>TikTok Events Gateway');
      expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
      expect(html).not.toMatch(/<style|<script(?![^>]*src=)/);
    },
  );

  test.each([
    ['GET', '/v1/nothing', 404],
    ['GET', '/_sandbox/nothing', 404],
    ['POST', '/', 404],
    ['GET', '/_sandbox/tiktok/open_api/v1.3/event/track', 404],
    ['GET', '/v1/health', 501],
    ['POST', '/v1/webhooks/shopify', 501],
    ['HEAD', '/v1/webhooks/shopify', 404],
    ['POST', '/v1/webhooks/unknown', 404],
  ])('answers %s %s with %i, as the deployed routes do', async (method, path, status) => {
    expect((await fetch(gateway.url + path, { method })).status).toBe(status);
  });

  test('stops while a request hangs', async () => {
    await fetch(`${gateway.url}/_sandbox/faults`, { method: 'POST', body: '{"kind":"stall"}' });
    const path = '/_sandbox/tiktok/open_api/v1.3/event/track/';
    const hanging = fetch(gateway.url + path, { method: 'POST', body: '{}' });
    hanging.catch(() => undefined);
    await eventually(() => gateway.sandbox.log.list().length === 1);
    await gateway.stop();
    await expect(hanging).rejects.toThrow();
  });

  test('hides the AWS settings of the shell and restores them when it stops', async () => {
    expect(process.env.AWS_PROFILE).toBeUndefined();
    expect(process.env.AWS_ACCESS_KEY_ID).toBe('local');
    await gateway.stop();
    expect(process.env.AWS_PROFILE).toBe('somebody');
    expect(process.env.QUEUE_URL).toBeUndefined();
  });
});

describe('a port that is taken', () => {
  const portOf = (url: string) => Number(new URL(url).port);

  test.each(['port', 'sqsPort'] as const)('names the taken %s and leaves nothing running', async (name) => {
    const taken = portOf(name === 'port' ? gateway.url : gateway.queue.url);
    const start = () => startGateway({ port: 0, sqsPort: 0, [name]: taken, handlers });
    await expect(start()).rejects.toMatchObject({ name: 'PortTakenError', port: taken });
    await gateway.stop();
    const second = await start();
    await second.stop();
  });
});
