/** Custom sources over real HTTP, secrets and queue: the deployed handler behind the routes of the stack. */
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { metricNamespace, secretsPrefix, serviceName } from '../../lib/config/names.ts';
import { ingestSecretName } from '../../lib/secrets/names.ts';
import { createHttpApi, type HttpFunction } from '../../local/api-gateway/http-api.ts';
import { applyEnvironment } from '../../local/lambda/function-environment.ts';
import { closeServer, listenOnLoopback } from '../../local/loopback-server.ts';
import { startSecretsManager } from '../../local/secrets-manager/secrets-manager.ts';
import { startQueueServer } from '../../local/sqs/queue-server.ts';
import { webhookRoutes } from '../../stack/api/routes.ts';
import type { Json } from '../support/webhooks/webhook-bodies.ts';

const stage = 'local';
const region = 'us-east-1';
const mapping = { event_name: "'Purchase'", event_id: 'sale_id', email: 'email' };
const sources = {
  gumroad: { platform: 'custom', auth: { profile: 'static-token', query: 'token' }, mapping },
  haravan: {
    platform: 'custom',
    challenge: 'hub',
    auth: { profile: 'hmac', header: 'x-haravan-hmacsha256', encoding: 'base64' },
    mapping: { ...mapping, event_id: 'text(id)' },
  },
};
const token = 'canary-token-4c1d';
const form = { 'content-type': 'application/x-www-form-urlencoded' };

let url: string;
let receive: () => Promise<Json[]>;
let stop: () => Promise<unknown>;
const logged: string[] = [];

beforeAll(async () => {
  const queue = await startQueueServer({
    port: 0,
    stage,
    region,
    maxReceiveCount: 3,
    visibilityTimeoutSeconds: 30,
  });
  const secrets = await startSecretsManager(region);
  const webhooks = {
    gumroad: { secrets: [token] },
    haravan: { secrets: ['client-secret', 'verify-me'] },
  };
  secrets.set(ingestSecretName(secretsPrefix(stage)), { keys: [], webhooks });
  const restore = applyEnvironment({
    STAGE: stage,
    DESTINATIONS: JSON.stringify({ default: { pixelCode: 'P', eventSource: 'web' } }),
    SOURCES: JSON.stringify(sources),
    QUEUE_URL: queue.queueUrl,
    SECRETS_PREFIX: secretsPrefix(stage),
    AWS_ENDPOINT_URL_SQS: queue.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    POWERTOOLS_LOG_LEVEL: 'INFO',
    POWERTOOLS_SERVICE_NAME: serviceName,
    POWERTOOLS_METRICS_NAMESPACE: metricNamespace,
  });
  const { handler } = (await import('../../functions/webhook.ts')) as unknown as {
    handler: HttpFunction['invoke'];
  };
  const fn = { name: 'webhook', invoke: handler, timeoutMs: 10_000 };
  const routes = new Map(webhookRoutes({ sources }).map(({ key }) => [key, fn]));
  const server = createServer(createHttpApi({ routes }));
  url = await listenOnLoopback(server, 0);
  const client = new SQSClient({ region, endpoint: queue.url });
  receive = async () => {
    const command = new ReceiveMessageCommand({ QueueUrl: queue.queueUrl, MaxNumberOfMessages: 10 });
    const { Messages = [] } = await client.send(command);
    return Messages.map(({ Body }) => JSON.parse(Body ?? '{}').event as Json);
  };
  stop = async () => {
    restore();
    client.destroy();
    await Promise.all([closeServer(server), secrets.stop(), queue.stop()]);
  };
});
afterAll(() => stop());

test('queues a form whose token is in the query, and logs the token nowhere', async () => {
  const body = 'sale_id=S1&email=ada%40example.com&url_params[ttclid]=abc';
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = ((text: string | Uint8Array, ...rest: never[]) => {
    logged.push(String(text));
    return write(text, ...rest);
  }) as typeof process.stdout.write;
  try {
    const good = await fetch(`${url}/v1/webhooks/gumroad?token=${token}`, {
      method: 'POST',
      headers: form,
      body,
    });
    expect([good.status, await good.json()]).toEqual([200, { accepted: 1, skipped: [] }]);
    const wrong = `${url}/v1/webhooks/gumroad?token=${token}&token=${token}`;
    const bad = await fetch(wrong, { method: 'POST', headers: form, body });
    expect(bad.status).toBe(401);
    expect(await bad.text()).not.toContain('canary');
  } finally {
    process.stdout.write = write;
  }
  expect(await receive()).toMatchObject([{ event_id: 'S1' }]);
  expect(logged.join('')).toContain('webhook received');
  expect(logged.join('')).not.toContain('canary');
});

test('sends a challenge back as plain text that no browser reads as a page', async () => {
  const query = 'hub.mode=subscribe&hub.verify_token=verify-me&hub.challenge=a1B2c3';
  const response = await fetch(`${url}/v1/webhooks/haravan?${query}`);
  expect([response.status, await response.text()]).toEqual([200, 'a1B2c3']);
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

test.each([
  ['another verify token', 'hub.mode=subscribe&hub.verify_token=x&hub.challenge=a1B2c3'],
  ['HTML', 'hub.mode=subscribe&hub.verify_token=verify-me&hub.challenge=%3Cb%3E'],
  ['two verify tokens', 'hub.verify_token=verify-me&hub.verify_token=verify-me&hub.challenge=a'],
])('answers 403 with a problem to a challenge with %s', async (_what, query) => {
  const response = await fetch(`${url}/v1/webhooks/haravan?${query}`);
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({ type: 'urn:tiktok-events:problem:wrong_verify_token' });
});

test('queues a webhook of a source that has answered a challenge', async () => {
  const body = JSON.stringify({ id: 1_234, email: 'ada@example.com' });
  const signature = createHmac('sha256', 'client-secret').update(body).digest('base64');
  const headers = { 'content-type': 'application/json', 'X-Haravan-Hmacsha256': signature };
  const response = await fetch(`${url}/v1/webhooks/haravan`, { method: 'POST', headers, body });
  expect([response.status, await response.json()]).toEqual([200, { accepted: 1, skipped: [] }]);
  expect(await receive()).toMatchObject([{ event_id: '1234' }]);
});

test.each(['GET', 'HEAD'])('answers a probe of a custom source with %s', async (method) => {
  const response = await fetch(`${url}/v1/webhooks/gumroad`, { method });
  expect([response.status, await response.text()]).toEqual([
    200,
    method === 'GET' ? '{"accepted":0,"skipped":[]}' : '',
  ]);
});
