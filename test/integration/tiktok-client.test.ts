/** The TikTok client against a real server that stalls, trickles, resets, redirects and lies. */

import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { createTikTokClient, trackPath } from '../../lib/tiktok/client.ts';
import { type Answering, answerJson, startTikTokServer } from '../support/tiktok/tiktok-server.ts';

const started: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
});

async function start(answering: Answering) {
  const server = await startTikTokServer(answering);
  started.push(server);
  const client = createTikTokClient(server.url);
  return {
    server,
    call: (timeoutMs = 2_000) =>
      client({ method: 'POST', path: trackPath, accessToken: 'token', body: '{"data":[]}', timeoutMs }),
  };
}

const lost = (reason: string, isSent = true) => ({ kind: 'failure', reason, isSent });

test('makes the request that TikTok documents', async () => {
  const { server, call } = await start((response) =>
    answerJson(response, { code: 0, message: 'OK', request_id: 'r-1', data: {} }),
  );
  expect(await call()).toMatchObject({
    kind: 'answer',
    status: 200,
    code: 0,
    message: 'OK',
    requestId: 'r-1',
  });
  const [request] = server.requests;
  expect(request).toMatchObject({
    method: 'POST',
    url: '/open_api/v1.3/event/track/',
    body: '{"data":[]}',
  });
  expect(request?.headers).toMatchObject({ 'access-token': 'token', 'content-type': 'application/json' });
  expect(request?.headers.authorization).toBeUndefined();
});

test('keeps the connection for the next call', async () => {
  const { server, call } = await start((response) => answerJson(response, { code: 0 }));
  for (let n = 0; n < 20; n += 1) await call();
  expect(server.connections()).toBeLessThanOrEqual(2);
});

test('sends the call to the base URL of its destination, and nothing to its own', async () => {
  const { server, call } = await start((response) => answerJson(response, { code: 0 }));
  const other = await startTikTokServer((response) => answerJson(response, { code: 40100 }));
  started.push(other);
  const client = createTikTokClient(server.url);
  const reply = await client({ method: 'GET', baseUrl: other.url, path: '/x', accessToken: 'other' });
  expect(reply).toMatchObject({ code: 40100 });
  expect(other.requests.map(({ headers }) => headers['access-token'])).toEqual(['other']);
  expect(await call()).toMatchObject({ code: 0 });
  expect(server.requests.map(({ headers }) => headers['access-token'])).toEqual(['token']);
});

test('sends neither token nor body when it has none', async () => {
  const server = await startTikTokServer((response) => answerJson(response, { code: 0 }));
  started.push(server);
  expect(await createTikTokClient(server.url)({ method: 'GET', path: '/x?a=b' })).toMatchObject({
    code: 0,
    text: '{"code":0}',
  });
  expect(server.requests[0]?.headers).not.toHaveProperty('access-token');
  expect(server.requests[0]?.headers).not.toHaveProperty('content-type');
});

test.each([
  ['no content', 204, undefined, {}],
  ['a web page', 200, '<html>canary</html>', {}],
  ['a gateway page', 502, '<html>502 Bad Gateway</html>', {}],
  ['empty text', 200, '', {}],
  ['JSON null', 200, 'null', {}],
  ['a list', 200, '[]', {}],
  ['a code that is text', 200, '{"code":"0","message":"OK"}', { message: 'OK' }],
  ['a code that is no integer', 200, '{"code":0.5}', {}],
  ['a message that is no text', 200, '{"code":0,"message":{}}', { code: 0 }],
  ['a request id unfit for a log', 200, '{"code":0,"request_id":"a b\\n"}', { code: 0 }],
  ['a request id too long', 200, `{"code":0,"request_id":"${'x'.repeat(129)}"}`, { code: 0 }],
  ['a request id that is no text', 200, '{"code":0,"request_id":123}', { code: 0 }],
  ['an error with a code', 500, '{"code":40002,"message":"m"}', { code: 40002, message: 'm' }],
])('reads an answer with %s', async (_, status, text, envelope) => {
  const { call } = await start((response) => void response.writeHead(status).end(text));
  expect(await call()).toEqual({ kind: 'answer', status, text: text ?? '', ...envelope });
});

test.each([301, 302, 303, 307, 308])('reports a redirect (%d) and does not follow it', async (status) => {
  const second = await startTikTokServer((response) => answerJson(response, { code: 0 }));
  started.push(second);
  const { server, call } = await start(
    (response) => void response.writeHead(status, { location: second.url }).end(),
  );
  expect(await call()).toMatchObject({ kind: 'answer', status });
  expect(server.requests).toHaveLength(1);
  expect(second.requests).toHaveLength(0);
});

test.each<[string, Answering]>([
  ['the server stalls', () => {}],
  [
    'the server stalls after the head',
    (response) => void response.writeHead(200, { 'content-length': '100' }).write('{'),
  ],
  [
    'the server trickles',
    (response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
    },
  ],
])('ends the call in time and closes its socket when %s', async (_, answering) => {
  const { server, call } = await start(answering);
  expect(await call(200)).toEqual(lost('timeout'));
  await vi.waitFor(() => expect(server.sockets.size).toBe(0), { timeout: 5_000 });
});

test('ends a call after eight seconds, however long a time it is given', async () => {
  const { call } = await start(() => {});
  const startedAt = Date.now();
  expect(await call(60_000)).toEqual(lost('timeout'));
  const tookMs = Date.now() - startedAt;
  expect(tookMs).toBeGreaterThan(7_900);
  expect(tookMs).toBeLessThan(15_000);
});

test('reports that TikTok may have the events when the server hangs up after reading them', async () => {
  const { call } = await start((response) => void response.socket?.resetAndDestroy());
  expect(await call()).toEqual(lost('network'));
});

test('reports that TikTok may have the events when the server hangs up in the middle of its answer', async () => {
  const { call } = await start((response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{"code":0');
    setTimeout(() => response.socket?.destroy(), 20);
  });
  expect(await call()).toEqual(lost('network'));
});

test('reports that TikTok may have the events when the server hangs up before reading them', async () => {
  const server = createServer((socket) => socket.resetAndDestroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  started.push({ stop: () => new Promise<void>((resolve) => void server.close(() => resolve())) });
  const client = createTikTokClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  expect(await client({ method: 'POST', path: '/', body: '{}', timeoutMs: 2_000 })).toEqual(lost('network'));
});

test('reads an answer of 256 KiB, and none that is a byte larger', async () => {
  const text = (length: number) => `{"code":0,"a":"${'x'.repeat(length - 17)}"}`;
  const size = 256 * 1024;
  expect(text(size)).toHaveLength(size);
  expect(await (await start((response) => void response.end(text(size)))).call()).toMatchObject({
    code: 0,
  });
  expect(await (await start((response) => void response.end(text(size + 1)))).call()).toEqual(
    lost('oversized_answer'),
  );
});

test('cuts off an endless answer early and closes the socket', async () => {
  let written = 0;
  const { server, call } = await start((response) => {
    response.writeHead(200);
    const chunk = Buffer.alloc(64 * 1024, 'x');
    const pour = (): void => {
      while (!response.destroyed && written < 50_000_000) {
        written += chunk.length;
        if (!response.write(chunk)) return void response.once('drain', pour);
      }
    };
    pour();
  });
  expect(await call()).toEqual(lost('oversized_answer'));
  await vi.waitFor(() => expect(server.sockets.size).toBe(0), { timeout: 5_000 });
  expect(written).toBeLessThan(50_000_000);
});

test('reports that TikTok cannot have the events when the port is closed', async () => {
  const server = await startTikTokServer(() => {});
  await server.stop();
  expect(await createTikTokClient(server.url)({ method: 'POST', path: '/', body: '{}' })).toEqual(
    lost('network', false),
  );
});

test('reports that TikTok cannot have the events when the host does not exist', async () => {
  const client = createTikTokClient('http://gateway.invalid');
  expect(await client({ method: 'POST', path: '/', body: '{}' })).toEqual(lost('network', false));
});
