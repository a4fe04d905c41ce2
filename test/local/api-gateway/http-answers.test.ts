/** What a function returns, or fails to return, becomes the response that API Gateway would send. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { createHttpApi, type HttpFunction } from '../../../local/api-gateway/http-api.ts';
import { closeServer, listenOnLoopback } from '../../../local/loopback-server.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function start(invoke: HttpFunction['invoke'], timeoutMs = 5_000): Promise<string> {
  const route = { name: 'probe', invoke, timeoutMs };
  const routes = new Map(['POST /v1/events', 'GET /v1/health', 'HEAD /v1/health'].map((key) => [key, route]));
  const server = createServer(createHttpApi({ routes }));
  stops.push(() => closeServer(server));
  return listenOnLoopback(server, 0);
}

async function get(answer: unknown, init: RequestInit = {}) {
  const response = await fetch(`${await start(() => answer)}/v1/health`, { redirect: 'manual', ...init });
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}

const internalError = '{"message":"Internal Server Error"}';

describe('an answer', () => {
  test('sends the status, headers, cookies and body of an answer', async () => {
    const answer = {
      statusCode: 201,
      headers: { 'X-One': 'a', 'x-two': 2, 'content-type': 'application/problem+json' },
      cookies: ['a=1; HttpOnly', 'b=2; Secure'],
      body: '{"ü":1}',
    };
    const { status, headers, bytes } = await get(answer);
    expect([status, headers.get('x-one'), headers.get('x-two')]).toEqual([201, 'a', '2']);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(headers.getSetCookie()).toEqual(['a=1; HttpOnly', 'b=2; Secure']);
    expect(headers.get('apigw-requestid')).toMatch(/./);
    expect(bytes.toString()).toBe('{"ü":1}');
  });

  test('sends the bytes of a base64 body', async () => {
    const body = Buffer.from([0, 255, 10]);
    const { bytes } = await get({ statusCode: 200, body: body.toString('base64'), isBase64Encoded: true });
    expect(bytes).toEqual(body);
  });

  test('answers HEAD with the length of the body and no body', async () => {
    const { bytes, headers } = await get({ statusCode: 200, body: 'four' }, { method: 'HEAD' });
    expect([bytes.length, headers.get('content-length')]).toEqual([0, '4']);
  });

  test.each([
    ['an object without a status', { a: 1 }, '{"a":1}'],
    ['a list', [1], '[1]'],
    ['text', 'hello', 'hello'],
    ['nothing', undefined, 'null'],
  ])('answers 200 when a function returns %s without a status', async (_, answer, body) => {
    const { status, bytes } = await get(answer);
    expect([status, bytes.toString()]).toEqual([200, body]);
  });

  const circular: { self?: unknown } = {};
  circular.self = circular;
  test.each([
    ['a status that is none', { statusCode: 'fine' }],
    ['a status out of range', { statusCode: 42 }],
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
    ['a header that is an object', { statusCode: 200, headers: { a: {} } }],
    ['a header with a line break', { statusCode: 200, headers: { a: 'b\r\nc: d' } }],
    ['headers that are a list', { statusCode: 200, headers: ['a'] }],
    ['cookies that are no list', { statusCode: 200, cookies: 'a=1' }],
    ['something that is no JSON', circular],
  ])('answers 500 when a function returns %s', async (_, answer) => {
    const { status, bytes } = await get(answer);
    expect([status, bytes.toString()]).toEqual([500, internalError]);
  });
});

describe('API Gateway answers itself', () => {
  test('answers 500 without the reason when a function throws', async () => {
    const url = await start(() => Promise.reject(new Error('secret cause')));
    const response = await fetch(`${url}/v1/health`);
    expect([response.status, await response.text()]).toEqual([500, internalError]);
  });

  test('answers 503 when a function runs out of time', async () => {
    const url = await start(() => new Promise(() => undefined), 50);
    const response = await fetch(`${url}/v1/health`);
    expect([response.status, await response.json()]).toEqual([503, { message: 'Service Unavailable' }]);
  });

  test.each([
    ['GET', '/v1/events'],
    ['POST', '/v1/events/'],
    ['POST', '/v1/event'],
    ['DELETE', '/v1/health'],
    ['GET', '/v1/__proto__'],
  ])('answers 404 to %s %s, which has no route', async (method, path) => {
    const response = await fetch((await start(() => ({}))) + path, { method });
    expect([response.status, await response.json()]).toEqual([404, { message: 'Not Found' }]);
  });

  test('answers 400 to a path with a broken percent escape', async () => {
    const url = new URL(await start(() => ({})));
    const socket = connect(Number(url.port), '127.0.0.1');
    socket.end('GET /v1/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1.1 (400|404) /);
  });

  test.each([
    ['a length that says so', Buffer.alloc(10 * 1024 * 1024, 'x')],
    ['chunks that add up', new Blob([Buffer.alloc(7 * 1024 * 1024, 'x')]).stream()],
  ])('answers 413 to more than 6 MB, found by %s', async (_, body) => {
    const url = await start(() => ({ statusCode: 500 }));
    const response = await fetch(`${url}/v1/events`, { method: 'POST', body, duplex: 'half' } as RequestInit);
    expect([response.status, await response.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
  });

  test('answers 413 before the client sends a body whose length is too large', async () => {
    const url = await start(() => ({ statusCode: 500 }));
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n');
    const [first] = await once(socket, 'data');
    expect(String(first)).toMatch(/^HTTP\/1.1 413 /);
    socket.destroy();
  });

  test('lets a client read the 413 while it still sends its body', async () => {
    const url = await start(() => ({ statusCode: 500 }));
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const part = Buffer.alloc(1_000_000, 'x');
    socket.write('POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n');
    await once(socket, 'data');
    const write = promisify((bytes: Buffer, done: (error?: Error | null) => void) =>
      socket.write(bytes, done),
    );
    for (let sent = 0; sent < 10; sent += 1) await write(part);
    socket.write('GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n');
    const [next] = await once(socket, 'data');
    expect(String(next)).toMatch(/^HTTP\/1.1 500 /);
    socket.destroy();
  });

  test('accepts a body of 6 MB', async () => {
    const url = await start((event) => ({ statusCode: 200, body: String(event.body?.length) }));
    const body = 'x'.repeat(6 * 1024 * 1024);
    const headers = { 'content-type': 'text/plain' };
    const response = await fetch(`${url}/v1/events`, { method: 'POST', headers, body });
    expect([response.status, await response.text()]).toEqual([200, String(body.length)]);
  });

  test('keeps answering after a client disconnects halfway', async () => {
    const url = await start(() => ({ statusCode: 204 }));
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf', () =>
      socket.destroy(),
    );
    await new Promise((resolve) => socket.once('close', resolve));
    expect((await fetch(`${url}/v1/health`)).status).toBe(204);
  });
});
