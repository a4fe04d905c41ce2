/** The HTTP API hands over requests in payload format 2.0 and writes what comes back, as API Gateway does. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { afterEach, describe, expect, test } from 'vitest';
import { createHttpApi, type HttpFunction } from '../../../local/api-gateway/http-api.ts';
import { closeServer, listenOnLoopback } from '../../../local/loopback-server.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const routeKeys = [
  'POST /v1/events',
  'GET /v1/health',
  'HEAD /v1/webhooks/{source}',
  'POST /v1/webhooks/{source}',
];

async function start(invoke: HttpFunction['invoke'], timeoutMs = 5_000): Promise<string> {
  const routes = new Map(routeKeys.map((routeKey) => [routeKey, { name: 'probe', invoke, timeoutMs }]));
  const server = createServer(createHttpApi({ routes }));
  stops.push(() => closeServer(server));
  return listenOnLoopback(server, 0);
}

/** Sends one request and returns the event that the function got. */
async function eventOf(path: string, init: RequestInit): Promise<APIGatewayProxyEventV2> {
  let event: unknown;
  const url = await start((given) => {
    event = given;
    return { statusCode: 204 };
  });
  const response = await fetch(url + path, init);
  expect(response.status).toBe(204);
  return event as APIGatewayProxyEventV2;
}

const json = { 'content-type': 'application/json' };

describe('a request becomes an event of payload format 2.0', () => {
  test('passes every part of a request to the function in payload format 2.0', async () => {
    const event = await eventOf('/v1/webhooks/shop%20one?a=1&b=x%20y&a=2&c=', {
      method: 'POST',
      headers: { ...json, 'X-Shop-Topic': 'orders/paid', cookie: 'one=1; two=2', 'user-agent': 'probe/1' },
      body: '{"a":"ü"}',
    });
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'POST /v1/webhooks/{source}',
      rawPath: '/v1/webhooks/shop one',
      rawQueryString: 'a=1&b=x%20y&a=2&c=',
      cookies: ['one=1', 'two=2'],
      queryStringParameters: { a: '1,2', b: 'x y', c: '' },
      pathParameters: { source: 'shop one' },
      body: '{"a":"ü"}',
      isBase64Encoded: false,
    });
    expect(event.headers).toMatchObject({
      'x-shop-topic': 'orders/paid',
      'content-type': 'application/json',
    });
    expect(event.headers).not.toHaveProperty('cookie');
    const { http, stage, requestId, domainName, timeEpoch, time } = event.requestContext;
    expect(http).toMatchObject({ method: 'POST', path: '/v1/webhooks/shop one', userAgent: 'probe/1' });
    // TikTok takes public addresses only.
    expect([stage, domainName, http.sourceIp]).toEqual(['$default', '127.0.0.1', '203.0.113.1']);
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(Math.abs(Date.now() - timeEpoch)).toBeLessThan(60_000);
    expect(time).toMatch(/^\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
  });

  test('omits the parts that a request does not have', async () => {
    const event = await eventOf('/v1/health', { method: 'GET' });
    for (const absent of ['cookies', 'queryStringParameters', 'pathParameters', 'body', 'stageVariables']) {
      expect(event).not.toHaveProperty(absent);
    }
    expect([event.rawQueryString, event.isBase64Encoded]).toEqual(['', false]);
  });

  test('joins the values of a repeated header with a comma', async () => {
    const events: APIGatewayProxyEventV2[] = [];
    const url = await start((event) => {
      events.push(event);
      return {};
    });
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const head = [
      'GET /v1/health HTTP/1.1',
      'Host: x',
      'X-Many: 1',
      'x-many: 2',
      'Cookie: a=1',
      'Cookie: b=2',
    ];
    socket.end(`${head.join('\r\n')}\r\nConnection: close\r\n\r\n`);
    socket.resume();
    await new Promise((resolve) => socket.once('close', resolve));
    expect(events[0]?.headers['x-many']).toBe('1,2');
    expect(events[0]?.cookies).toEqual(['a=1', 'b=2']);
  });

  test.each([
    ['localhost:3000', 'localhost'],
    ['[::1]:3000', '[::1]'],
    ['', 'localhost'],
  ])('reads the domain from the host "%s"', async (host, domainName) => {
    let event: APIGatewayProxyEventV2 | undefined;
    const url = await start((given) => {
      event = given;
      return {};
    });
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.end(`GET /v1/health HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    socket.resume();
    await once(socket, 'close');
    expect(event?.requestContext).toMatchObject({ domainName });
  });

  const invalidUtf8 = Buffer.from([0x7b, 0xff, 0xfe, 0x7d]);
  test.each<[string, Record<string, string>, string | Buffer, boolean]>([
    ['JSON', json, '{}', false],
    ['JSON with a charset', { 'content-type': 'Application/JSON; charset=utf-8' }, '{}', false],
    ['JSON of a vendor', { 'content-type': 'application/vnd.x+json' }, '{}', false],
    ['plain text', { 'content-type': 'text/plain' }, 'x', false],
    ['text that is not UTF-8', json, invalidUtf8, true],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'a=1', true],
    ['an unknown type', { 'content-type': 'application/octet-stream' }, 'x', true],
    ['a compressed body', { ...json, 'content-encoding': 'gzip' }, 'x', true],
  ])('keeps the bytes of a body of %s', async (_, headers, body, isBase64) => {
    const event = await eventOf('/v1/events', { method: 'POST', headers, body });
    expect(event.isBase64Encoded).toBe(isBase64);
    const bytes = Buffer.from(event.body ?? '', isBase64 ? 'base64' : 'utf8');
    expect(bytes).toEqual(Buffer.from(body));
  });
});

describe('the context', () => {
  test('gives the function a context that counts down to its timeout', async () => {
    let context: Context | undefined;
    const url = await start((_, given) => {
      context = given;
      return {};
    }, 5_000);
    await fetch(`${url}/v1/health`);
    const left = context?.getRemainingTimeInMillis() ?? 0;
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(5_000);
    expect(context).toMatchObject({ functionName: 'probe', functionVersion: '$LATEST' });
  });
});
