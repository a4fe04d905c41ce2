/** The check of the collector by `doctor` and `verify`, against a gateway that answers as each case says. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterEach, expect, test, vi } from 'vitest';
import { checkCollector } from '../../../cli/doctor/checks/check-collector.ts';
import type { DoctorContext } from '../../../cli/doctor/context.ts';
import { collectSchema } from '../../../lib/collect/settings.ts';
import { closeServer, listenOnLoopback } from '../../../local/loopback-server.ts';

let server: Server | undefined;
afterEach(async () => {
  if (server !== undefined) await closeServer(server);
});

const asked: { method: string; origin: string | undefined; userAgent: string | undefined }[] = [];

async function gateway({ script = true, cookie = true } = {}): Promise<string> {
  asked.length = 0;
  server = createServer((request: IncomingMessage, response) => {
    const { method = '', url, headers } = request;
    asked.push({ method, origin: headers.origin, userAgent: headers['user-agent'] });
    if (url === '/v1/browser.js' && script) response.writeHead(200, { 'content-type': 'text/javascript' });
    else if (url === '/v1/collect')
      response.writeHead(204, cookie ? { 'set-cookie': ['_ttp=01X.tt.1; Path=/'] } : {});
    else response.writeHead(404);
    response.end();
  });
  return listenOnLoopback(server, 0);
}

async function check(apiUrl: string, collect: object | undefined) {
  const settings = collect && { ...collectSchema().parse({ origins: ['https://shop.invalid'] }), ...collect };
  const context = {
    stage: { apiUrl: async () => apiUrl },
    settings: async () => ({ collect: settings }),
  } as unknown as DoctorContext;
  const findings = await checkCollector(context);
  return findings.map(({ level, subject, text }) => `${level} ${subject}: ${text}`);
}

/** As if the host of the stage were this machine. */
async function checkVia(host: string, url: string, collect: object) {
  const { fetch: send } = globalThis;
  vi.stubGlobal('fetch', (asked: string, init: RequestInit) => send(asked.replace(host, url), init));
  return check(host, collect).finally(() => vi.unstubAllGlobals());
}

const onThisMachine = { origins: ['http://127.0.0.1:*'] };

test('finds the script and the cookies of a landing, which it makes as a browser does', async () => {
  const url = await gateway();
  expect(await check(url, onThisMachine)).toEqual([
    `ok collector: ${url}/v1/browser.js is served.`,
    `ok collector cookies: A landing on ${url} gets its cookies.`,
  ]);
  expect(asked.at(-1)).toMatchObject({
    method: 'POST',
    origin: url,
    userAgent: expect.stringContaining('Mozilla'),
  });
});

test('finds a script that is not served', async () => {
  const url = await gateway({ script: false });
  expect(await check(url, onThisMachine)).toEqual([`problem collector: ${url}/v1/browser.js is not served.`]);
});

test('finds a landing without cookies', async () => {
  const url = await gateway({ cookie: false });
  expect((await check(url, onThisMachine))[1]).toBe(
    `problem collector cookies: A landing on ${url} gets no cookie (HTTP 204).`,
  );
});

test('looks at the pages of this machine first when a stage file runs here, and asks the shop nothing', async () => {
  const url = await gateway();
  const origins = ['https://shop.invalid', 'http://127.0.0.1:*', 'http://localhost:*'];
  expect(await check(url, { origins, cookieDomain: 'shop.invalid' })).toEqual([
    `ok collector: ${url}/v1/browser.js is served.`,
    `ok collector cookies: A landing on ${url} gets its cookies.`,
  ]);
});

test.each([
  ['https://shop.invalid', 'https://events.shop.invalid'],
  ['https://www.shop.invalid', 'https://events.shop.invalid'],
])('warns of cookies that the pages of %s cannot read when %s sets them for itself', async (origin, host) => {
  const url = await gateway();
  const text = `warning collector cookies: The cookies belong to ${host} alone: the pages of ${origin} cannot read them, and cannot delete them.`;
  expect((await checkVia(host, url, { origins: [origin] }))[1]).toBe(text);
  expect((await checkVia(host, url, { origins: [origin], cookieDomain: 'shop.invalid' }))[1]).toBe(
    `ok collector cookies: A landing on ${origin} gets its cookies.`,
  );
});

test('warns of a collector on another site than the pages', async () => {
  const url = await gateway();
  expect((await check(url, { cookieDomain: 'shop.invalid' }))[1]).toBe(
    `warning collector cookies: No browser keeps the cookies: ${url} is another site than https://shop.invalid.`,
  );
});

test('looks at nothing without a collector', async () => {
  const url = await gateway();
  expect(await check(url, undefined)).toEqual([]);
  expect(asked).toEqual([]);
});
