/** What web pages of other origins can do to a developer who runs `npm start`: nothing, as a real browser shows. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Browser, Page, Response } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Gateway, startGateway } from '../../local/gateway.ts';
import { closeServer, listenOnLoopback } from '../../local/loopback-server.ts';
import { launch } from './launch.ts';

/** Names of other sites that lead to this machine, as after DNS rebinding. */
const rebound = 'rebound.test';
const args = [
  `--host-resolver-rules=MAP ${rebound} 127.0.0.1, MAP foreign.test 127.0.0.1`,
  // Chromium's own defense, which other browsers lack, must not be what holds here.
  '--disable-features=LocalNetworkAccessChecks,PrivateNetworkAccessSendPreflights,BlockInsecurePrivateNetworkRequests',
];
const secret = 'canary-in-a-dead-letter@example.com';
const html = readFileSync(new URL('foreign-page.html', import.meta.url), 'utf8');

let gateway: Gateway;
let browser: Browser;
let server: Server;
let foreignPort: string;

beforeAll(async () => {
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  gateway = await startGateway({ port: 0, sqsPort: 0, mapping: { windowMs: 100 } });
  server = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(html));
  foreignPort = new URL(await listenOnLoopback(server, 0)).port;
  await putDeadLetter();
  browser = await launch(args);
});
afterAll(async () => {
  await browser?.close();
  await closeServer(server);
  await gateway?.stop();
});
beforeEach(() => {
  gateway.sandbox.log.clear();
  gateway.sandbox.faults.clear();
});

async function putDeadLetter(): Promise<void> {
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  const client = new SQSClient({ region: 'us-east-1', endpoint: gateway.queue.url, credentials });
  await client.send(new SendMessageCommand({ QueueUrl: gateway.deadLetterQueueUrl, MessageBody: secret }));
  client.destroy();
}

async function post(eventId: string): Promise<void> {
  const headers = { authorization: 'Bearer local-api-key', 'content-type': 'application/json' };
  const body = JSON.stringify({ event_name: 'Purchase', email: 'own@example.com', event_id: eventId });
  expect((await fetch(`${gateway.url}/v1/events`, { method: 'POST', headers, body })).status).toBe(202);
  await vi.waitFor(() => expect(receivedIds()).toContain(eventId), { timeout: 25_000, interval: 100 });
}

const receivedIds = () =>
  gateway.sandbox.log
    .list()
    .flatMap(({ body }) => (body as { data: { event_id: string }[] }).data.map(({ event_id }) => event_id));

/** The local ports under another host name than their own. */
function targets(host = '127.0.0.1') {
  const withHost = (url: string) => url.replace('127.0.0.1', host);
  const { url, queue, secrets, queueUrl, deadLetterQueueUrl } = gateway;
  const bases = { http: withHost(url), sqs: withHost(queue.url), secrets: withHost(secrets.url) };
  return { ...bases, queueUrl, deadLetterQueueUrl, queueArn: queue.queueArn };
}

const call = (page: Page, name: 'write' | 'readAll', host?: string) =>
  page.evaluate<string>(`${name}(${JSON.stringify(targets(host))})`);

const isOfGateway = (response: Response) => {
  const { http, sqs, secrets } = targets();
  const ports = [http, sqs, secrets].map((url) => new URL(url).port);
  return ports.includes(new URL(response.url()).port) && response.headers()['x-by'] !== 'test';
};

/** Opens a page and keeps the status of every answer that a local port gave it. */
async function open(url: string) {
  const page = await browser.newPage();
  const statuses = new Set<number>();
  page.on('response', (response) => {
    if (isOfGateway(response)) statuses.add(response.status());
  });
  await page.goto(url);
  return { page, statuses };
}

/** Of what this stage holds, what must not be in the hands of another page. */
const holds = [secret, 'local-access-token', 'before', 'tiktok-events-local'];

async function expectHarmless(page: Page, statuses: ReadonlySet<number>, host?: string): Promise<void> {
  await post('before');
  await call(page, 'write', host);
  const seen = await call(page, 'readAll', host);
  expect(holds.filter((text) => seen.includes(text))).toEqual([]);
  expect([...statuses].filter((status) => status !== 403)).toEqual([]);
  expect(statuses.size).toBe(1);
  expect(gateway.sandbox.faults.list()).toEqual([]);
  // Whatever was put into the queue would come with or before this.
  await post('after');
  expect(receivedIds()).toEqual(['before', 'after']);
}

describe('a page of another origin', () => {
  test.each(['127.0.0.1', 'localhost', 'foreign.test'])(
    'at another port of %s can neither put in nor read anything',
    async (host) => {
      const { page, statuses } = await open(`http://${host}:${foreignPort}/`);
      await expectHarmless(page, statuses);
      await page.close();
    },
  );

  test.each(['http', 'sqs', 'secrets'] as const)(
    'that is rebound to the %s port is of that origin, and still gets nothing',
    async (port) => {
      const page = await browser.newPage();
      const statuses = new Set<number>();
      const url = `${targets(rebound)[port]}/page`;
      // The page as the attacker served it before the name led to this machine.
      await page.route(url, (route) =>
        route.fulfill({ body: html, contentType: 'text/html', headers: { 'x-by': 'test' } }),
      );
      page.on('response', (response) => {
        if (isOfGateway(response)) statuses.add(response.status());
      });
      await page.goto(url);
      await expectHarmless(page, statuses, rebound);
      expect(await page.evaluate(`read('${targets(rebound)[port]}/v1/health')`)).toMatch(/^403 /);
      await page.close();
    },
  );
});

describe('the console of npm start', () => {
  test.each(['127.0.0.1', 'localhost'])('works at %s, also by a link of another site', async (host) => {
    const { page } = await open(`http://foreign.test:${foreignPort}/`);
    const script = page.waitForResponse((response) => response.url().endsWith('/_console/assets/console.js'));
    await page.evaluate(`location.href = '${targets(host).http}/'`);
    expect((await script).status()).toBe(200);
    await page.waitForLoadState();
    const statusOf = (path: string, init: object) =>
      page.evaluate<number>(
        `fetch(${JSON.stringify(path)}, ${JSON.stringify(init)}).then(({ status }) => status)`,
      );
    const headers = { 'x-console-token': 'local' };
    expect(await statusOf('/_console/samples/event%3APurchase', { method: 'POST', headers })).toBe(200);
    expect(await statusOf('/_console/samples/event%3APurchase', { method: 'POST' })).toBe(403);
    const body = JSON.stringify({ kind: 'code', code: 40100 });
    expect(await statusOf('/_sandbox/faults', { method: 'POST', body })).toBe(200);
    expect(await statusOf('/_sandbox/faults', { method: 'DELETE' })).toBe(200);
    const letters = await page.evaluate<{ total: number }>(
      "fetch('/_console/dead-letters').then((response) => response.json())",
    );
    expect(letters.total).toBe(1);
    await page.close();
  });
});
