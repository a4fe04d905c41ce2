/** Each zip that a deployment uploads runs under AWS's own Node runtime client, and writes what CloudWatch takes. */
import { createHmac } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { newConnectLink } from '../../lib/oauth/connect-link.ts';
import { lifetimeMs } from '../../lib/queue/message.ts';
import { buildFunctions } from '../../scripts/build.ts';
import { type FunctionName, functionNames } from '../../stack/names.ts';
import { messageBody } from '../support/delivery/records.ts';
import { httpEvent, type RequestParts } from '../support/http/http-event.ts';
import { shopifyOrder } from '../support/webhooks/webhook-bodies.ts';
import { installRuntimeClient } from './install-client.ts';
import { type Lines, readLines } from './log-line.ts';
import { apiKey, prefix, secretTexts, startPackagedStage, webhookSecret } from './packaged-stage.ts';
import { runFunction } from './run-function.ts';

// The first run installs the client; what it waits for is bounded by the installer.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });

let stage: Awaited<ReturnType<typeof startPackagedStage>>;
let client: string;
const running: Awaited<ReturnType<typeof runFunction>>[] = [];

beforeAll(async () => {
  client = await installRuntimeClient();
  stage = await startPackagedStage();
});
afterAll(() => stage?.stop());
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

async function start(
  name: FunctionName,
  changes?: Readonly<Record<string, string | undefined>>,
  { zipPath = stage.packaged(name).zipPath, files = ['index.cjs'] } = {},
) {
  const started = await runFunction({ ...stage.packaged(name, changes), zipPath }, client);
  running.push(started);
  expect(started.files).toEqual(files);

  const invoke = async (event: unknown): Promise<unknown> => {
    const answer = await started.invoke(event);
    if (answer.kind === 'error') throw new Error(JSON.stringify(answer.error));
    return answer.payload;
  };
  return {
    ...started,
    invoke,
    get: (path: string, query?: Record<string, string>) =>
      invoke({
        ...httpEvent({ method: 'GET', path }),
        ...(query && { queryStringParameters: query }),
      }) as Promise<APIGatewayProxyStructuredResultV2>,
    post: (parts: RequestParts & { pathParameters?: Record<string, string> }) =>
      invoke({
        ...httpEvent(parts),
        pathParameters: parts.pathParameters,
      }) as Promise<APIGatewayProxyStructuredResultV2>,
    /** Ends the function. @returns what it wrote, each line checked */
    async written(): Promise<Lines> {
      await started.stop();
      expect(started.violations).toEqual([]);
      const lines = started.lines();
      for (const text of secretTexts) expect(lines.join('\n')).not.toContain(text);
      return readLines(lines);
    },
  };
}

const headers = { 'content-type': 'application/json', 'x-api-key': apiKey };
const event = (id: string, fields: object = {}) => ({
  event_name: 'Lead',
  event_id: id,
  email: 'jane@canary.example',
  ...fields,
});

describe('ingest', () => {
  test('ingest answers each kind of post, and writes one log line and its metrics for each', async () => {
    const ingest = await start('ingest');
    const post = async (body: string, parts: RequestParts = {}) =>
      (await ingest.post({ headers, body, ...parts })).statusCode;
    expect(await post(JSON.stringify(event('r1')))).toBe(202);
    expect(
      await post(Buffer.from(JSON.stringify(event('r2'))).toString('base64'), { isBase64Encoded: true }),
    ).toBe(202);
    expect(await post(JSON.stringify([event('r3'), { ...event('r4'), unknown: 1 }]))).toBe(207);
    expect(await post(JSON.stringify(Array.from({ length: 500 }, (_, n) => event(`m${n}`))))).toBe(202);
    expect(await post('{"event_name":')).toBe(400);
    expect(await post('{}', { headers: { 'content-type': 'application/json' } })).toBe(401);
    expect(stage.queues.ready('events')).toHaveLength(503);
    const { logs, metrics } = await ingest.written();
    expect(logs.map(({ message, status }) => [message, status])).toEqual(
      [202, 202, 207, 202, 400, 401].map((status) => ['events received', status]),
    );
    expect(metrics).toEqual(expect.arrayContaining(['EventsAccepted', 'EventsRejected', 'AuthFailures']));
  });

  test('ingest names the error of SQS when the queue does not exist', async () => {
    const QUEUE_URL = stage.packaged('ingest').environment.QUEUE_URL?.replace(/events$/, 'gone') ?? '';
    const ingest = await start('ingest', { QUEUE_URL });
    expect((await ingest.post({ headers, body: JSON.stringify(event('r1')) })).statusCode).toBe(503);
    const { logs, metrics } = await ingest.written();
    expect(logs).toMatchObject([
      { level: 'WARN', message: 'aws call failed', operation: 'send', aws_error: 'QueueDoesNotExist' },
      { level: 'ERROR', status: 503 },
    ]);
    expect(metrics).toContain('AwsErrors');
  });
});

function signedOrder(secret: string): RequestParts & { pathParameters: Record<string, string> } {
  const now = new Date().toISOString();
  const body = JSON.stringify(shopifyOrder({ created_at: now, processed_at: now, updated_at: now }));
  return {
    path: '/v1/webhooks/shop',
    pathParameters: { source: 'shop' },
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': 'orders/paid',
      'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
    },
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
  };
}

describe('webhook', () => {
  test('webhook reads its sources from the settings file in its zip when its environment has none', async () => {
    const { SOURCES = '' } = stage.packaged('webhook').environment;
    const outDir = await mkdtemp(join(tmpdir(), 'webhook-'));
    const settings = new Map([['webhook', JSON.stringify({ SOURCES })]]);
    const [built] = await buildFunctions({ names: ['webhook'], outDir, settings });
    const changes = { SOURCES: undefined, SETTINGS_FILE: 'settings.json' };
    const files = ['index.cjs', 'settings.json'];
    const webhook = await start('webhook', changes, { zipPath: built?.zipPath ?? '', files });
    expect(await webhook.post(signedOrder(webhookSecret))).toMatchObject({
      statusCode: 200,
      body: '{"accepted":1,"skipped":[]}',
    });
  });

  test('webhook names SETTINGS_FILE when its zip lacks the file', async () => {
    const webhook = await start('webhook', { SETTINGS_FILE: 'settings.json' });
    await webhook.ended;
    expect(JSON.stringify(webhook.initErrors)).toContain('SETTINGS_FILE');
  });

  test('webhook takes a signed order and refuses a wrong signature', async () => {
    const webhook = await start('webhook');
    const post = (secret: string) => webhook.post(signedOrder(secret));
    expect(await post(webhookSecret)).toMatchObject({ statusCode: 200, body: '{"accepted":1,"skipped":[]}' });
    expect(await post('another')).toMatchObject({ statusCode: 401 });
    const { logs, metrics } = await webhook.written();
    expect(logs).toMatchObject([
      { message: 'webhook received', status: 200, accepted: 1 },
      { message: 'webhook received', status: 401 },
    ]);
    expect(metrics).toEqual(['AuthFailures']);
  });
});

describe('deliver', () => {
  test('deliver sends, holds and parks the messages of one batch, and gives back those to retry', async () => {
    const now = Date.now();
    const body = (name: string, destination: string) =>
      messageBody(
        name,
        { event_time: Math.floor(now / 1000) },
        {
          destination,
          received_at: new Date(now).toISOString(),
          not_after: new Date(now + lifetimeMs).toISOString(),
        },
      );
    await stage.queues.receive('events', 1_000);
    for (const text of [body('d1', 'default'), body('d2', 'second'), 'no event'])
      await stage.queues.send('events', text);
    const records = await stage.queues.receive('events', 3);
    const held = records.find((record) => record.body.includes('"d2"'));
    const deliver = await start('deliver');
    const answer = await deliver.invoke({ Records: records });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: held?.messageId }] });
    expect(stage.sandbox.log.list().length).toBeGreaterThan(0);
    expect(stage.queues.ready('events-dlq')).toMatchObject([
      { body: 'no event', attributes: { reason: 'undecodable' } },
    ]);
    const { logs, metrics } = await deliver.written();
    expect(logs.map(({ message }) => message).toSorted()).toEqual([
      'coverage',
      'events received',
      'message parked',
      'message waits',
      'tiktok answered',
    ]);
    expect(metrics).toEqual(
      expect.arrayContaining(['EventsDelivered', 'EventsHeld', 'EventsParked', 'TikTokLatency']),
    );
  });
});

describe('oauth', () => {
  test('oauth leads from an open link to TikTok, and refuses a callback without its cookie', async () => {
    const nonce = 'n'.repeat(43);
    stage.secrets.set(`${prefix}/connect`, newConnectLink(nonce, 'default', Date.now()));
    const oauth = await start('oauth');
    const started = await oauth.get('/v1/oauth/start', { link: nonce });
    expect(started).toMatchObject({ statusCode: 302, cookies: [expect.stringContaining('HttpOnly')] });
    const refused = await oauth.get('/v1/oauth/callback', { state: 'x', auth_code: 'y' });
    expect(refused).toMatchObject({ statusCode: 400 });
    const { logs } = await oauth.written();
    expect(logs).toMatchObject([{ reason: 'started' }, { reason: 'other_browser' }]);
  });
});

describe('meta', () => {
  test('meta answers health and the description of the API, and writes nothing', async () => {
    const meta = await start('meta');
    expect(await meta.get('/v1/health')).toMatchObject({ statusCode: 200, body: '{"status":"ok"}' });
    const { body = '' } = await meta.get('/v1/openapi.json');
    expect(JSON.parse(body)).toHaveProperty('openapi');
    expect(await meta.written()).toEqual({ logs: [], metrics: [] });
  });
});

describe('a start without a setting', () => {
  test.each(functionNames.filter((name) => name !== 'meta'))(
    '%s reports each variable of the stack that is missing at the start, and no value',
    async (name) => {
      // The logger has defaults for its own, and npm start has no topic.
      const needed = stage.variables(name).filter((variable) => !/^POWERTOOLS_|^NOTICE_/.test(variable));
      expect(needed.length).toBeGreaterThan(3);
      for (const variable of needed) {
        const started = await start(name, { [variable]: undefined });
        expect(await started.ended).not.toBe(0);
        expect(started.initErrors).toMatchObject([
          { errorType: 'Misconfigured', errorMessage: `setting ${variable} is missing` },
        ]);
        const text = JSON.stringify(started.initErrors) + started.lines().join('');
        for (const secret of ['FIRST', 'SECOND']) expect(text).not.toContain(secret);
        await started.stop();
      }
    },
  );
});

describe('the installer of the client', () => {
  test('the installer of the client names the remedy when the registry cannot be reached', async () => {
    const nowhere = { ...process.env, npm_config_registry: 'http://127.0.0.1:1/' };
    const folder = join(tmpdir(), `tiktok-events-no-client-${process.pid}`);
    await expect(installRuntimeClient(folder, nowhere)).rejects.toThrow(
      /^npm could not install aws-lambda-ric@4\.0\.2.*Check that npm reaches its registry/,
    );
  });
});
