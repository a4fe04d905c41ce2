/** Who gets an answer from a local port: programs of this machine and the port's own pages, and nobody else. */
import { connect } from 'node:net';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Gateway, startGateway } from '../../local/gateway.ts';
import { type Caller, refusalOf } from '../../local/loopback-guard.ts';

const program: Caller = {
  method: 'POST',
  target: '/v1/events',
  hosts: ['127.0.0.1:3000'],
  forwardedHosts: [],
  origins: [],
  fetchSites: [],
  fetchMode: undefined,
  fetchDestination: undefined,
  port: 3000,
};

const codeOf = (change: Partial<Caller>, options = {}) =>
  refusalOf({ ...program, ...change }, options)?.code ?? 'passes';

describe('the Host of a request', () => {
  test.each([
    '127.0.0.1',
    '127.0.0.1:3000',
    'localhost',
    'LocalHost:3000',
    '[::1]',
    '[::1]:3000',
    // A port that the developer forwards: ssh -L 8080:127.0.0.1:3000
    'localhost:8080',
  ])('lets the host %s pass', (host) => {
    expect(codeOf({ hosts: [host] })).toBe('passes');
  });

  test.each([
    [[]],
    [['']],
    [[' ']],
    [['rebound.test']],
    [['rebound.test:3000']],
    [['localhost.rebound.test']],
    [['127.0.0.1.rebound.test']],
    [['notlocalhost']],
    [['localhost.']],
    [['127.0.0.1:']],
    [['127.0.0.1:http']],
    [['127.0.0.1:3000:3000']],
    [['127.0.0.1:3000@rebound.test']],
    [['127.0.0.1 rebound.test']],
    [['127.0.0.1, rebound.test']],
    [['127.0.0.1\n']],
    [['0.0.0.0:3000']],
    [['127.1']],
    [['127.0.0.2']],
    [['2130706433']],
    [['::1']],
    [['[::]']],
    [['[::ffff:127.0.0.1]']],
    [['192.168.0.10:3000']],
    [['127.0.0.1', 'rebound.test']],
    [['127.0.0.1', '127.0.0.1']],
  ])('refuses the hosts %j', (hosts) => {
    expect(codeOf({ hosts })).toBe('foreign_host');
  });

  test('refuses a loopback host when a proxy replaced a foreign one', () => {
    expect(codeOf({ forwardedHosts: ['my.tunnel.dev'] })).toBe('foreign_host');
    expect(codeOf({ forwardedHosts: ['localhost:8080'] })).toBe('passes');
  });

  test.each(['http://127.0.0.1:3000/v1/events', 'http://rebound.test/', '*', ''])(
    'refuses the target %s even with a loopback host',
    (target) => {
      expect(codeOf({ target })).toBe('foreign_host');
    },
  );
});

describe('the Origin of a request', () => {
  test.each([
    ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['127.0.0.1:3000', 'http://localhost:3000'],
    ['localhost:3000', 'http://[::1]:3000'],
    ['localhost:8080', 'http://localhost:8080'],
    ['localhost', 'http://localhost'],
    ['127.0.0.1', 'http://127.0.0.1:3000'],
  ])('lets a request to the host %s pass with the origin %s', (host, origin) => {
    expect(codeOf({ hosts: [host], origins: [origin] })).toBe('passes');
  });

  test.each([
    '',
    'null',
    'http://rebound.test:3000',
    'http://127.0.0.1',
    'http://127.0.0.1:3001',
    'http://localhost:9324',
    'https://127.0.0.1:3000',
    'http://127.0.0.1:3000.rebound.test',
    'http://127.0.0.1:3000/',
    'http://localhost.rebound.test:3000',
    'http://user@127.0.0.1:3000',
    'chrome-extension://abcdefgh',
    'file://',
  ])('refuses the origin "%s"', (origin) => {
    expect(codeOf({ origins: [origin] })).toBe('foreign_origin');
    expect(codeOf({ origins: ['http://127.0.0.1:3000', origin] })).toBe('foreign_origin');
  });

  test.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])('refuses a foreign origin of %s too', (method) => {
    expect(codeOf({ method, origins: ['http://rebound.test'] })).toBe('foreign_origin');
  });
});

describe('a request that a browser marks', () => {
  const link = { method: 'GET', target: '/?a=1', fetchMode: 'navigate', fetchDestination: 'document' };
  const pages = ['/', '/v1/oauth/callback'];

  test.each(['same-origin', 'none'])('lets a request of the fetch site %s pass', (site) => {
    expect(codeOf({ fetchSites: [site] })).toBe('passes');
  });

  test.each(['cross-site', 'same-site', '', 'SAME-ORIGIN'])(
    'refuses a request of the fetch site "%s"',
    (site) => {
      expect(codeOf({ fetchSites: [site] })).toBe('foreign_origin');
      expect(codeOf({ fetchSites: ['same-origin', site] })).toBe('foreign_origin');
    },
  );

  test('lets a link on another site open only the pages of the port', () => {
    const opened = { ...link, fetchSites: ['cross-site'] };
    expect(codeOf(opened, { pages })).toBe('passes');
    expect(codeOf({ ...opened, target: '/v1/oauth/callback?state=x' }, { pages })).toBe('passes');
    expect(codeOf(opened)).toBe('foreign_origin');
    for (const change of [
      { target: '/_sandbox/queue' },
      { target: '/v1/oauth/callback/' },
      { method: 'POST' },
      { fetchMode: 'no-cors' },
      { fetchMode: undefined },
      { fetchDestination: 'iframe' },
      { fetchDestination: undefined },
      { origins: ['null'] },
      { hosts: ['rebound.test'] },
    ])
      expect(codeOf({ ...opened, ...change }, { pages }), JSON.stringify(change)).not.toBe('passes');
  });
});

describe('a tunnel', () => {
  const tunnelHost = 'my.tunnel.dev';
  const webhook = { target: '/v1/webhooks/shopify', hosts: [tunnelHost] };

  test('lets a tunnel reach the webhooks', () => {
    expect(codeOf(webhook, { tunnelHost })).toBe('passes');
    expect(codeOf({ ...webhook, hosts: ['My.Tunnel.dev:443'] }, { tunnelHost })).toBe('passes');
    expect(codeOf({ ...webhook, target: '/v1/webhooks/a%20b?x=1' }, { tunnelHost })).toBe('passes');
    expect(
      codeOf({ ...webhook, hosts: ['localhost:3000'], forwardedHosts: [tunnelHost] }, { tunnelHost }),
    ).toBe('passes');
  });

  test.each(['/v1/collect', '/v1/browser.js', '/v1/browser/0123456789abcdef.js'])(
    'lets a page of any origin reach %s through a tunnel',
    (target) => {
      const page = { ...webhook, target, origins: ['https://shop.example'], fetchSites: ['cross-site'] };
      expect(codeOf(page, { tunnelHost })).toBe('passes');
    },
  );

  test.each([
    '/',
    '/shop',
    '/v1/browser',
    '/v1/browser.json',
    '/v1/events',
    '/v1/webhooks',
    '/v1/webhooks/',
    '/v1/webhooks/?x=/v1/webhooks/shopify',
    '/v1/webhooks/../../_sandbox/requests',
    '/_sandbox/queue?/v1/webhooks/shopify',
    '/_sandbox/v1/webhooks/shopify',
    '/v1/oauth/callback',
  ])('refuses a tunnel at %s', (target) => {
    expect(codeOf({ ...webhook, target }, { tunnelHost })).toBe('foreign_host');
  });

  test('refuses another name, a page of the tunnel, and a tunnel that nobody configured', () => {
    expect(codeOf({ ...webhook, hosts: ['evil.tunnel.dev'] }, { tunnelHost })).toBe('foreign_host');
    expect(codeOf({ ...webhook, hosts: ['my.tunnel.dev.evil.dev'] }, { tunnelHost })).toBe('foreign_host');
    expect(codeOf(webhook)).toBe('foreign_host');
    expect(codeOf({ ...webhook, origins: ['https://my.tunnel.dev'] }, { tunnelHost })).toBe('foreign_origin');
    expect(codeOf({ ...webhook, fetchSites: ['cross-site'] }, { tunnelHost })).toBe('foreign_origin');
  });
});

/** Sends bytes as they are and returns what comes back until the server ends the connection. */
function exchange(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.setEncoding('utf8').on('data', (chunk) => {
      answer += chunk;
    });
    socket.once('close', () => resolve(answer));
    socket.once('error', reject);
  });
}

interface RawRequest {
  readonly method?: string;
  readonly target?: string;
  readonly headers: readonly string[];
  readonly body?: string;
}

async function send(port: number, { method = 'GET', target = '/', headers, body = '' }: RawRequest) {
  const lines = [`${method} ${target} HTTP/1.1`, ...headers, 'Connection: close'];
  if (body !== '') lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
  const text = await exchange(port, `${lines.join('\r\n')}\r\n\r\n${body}`);
  return { status: Number(text.split(' ')[1]), text };
}

describe('every local port', () => {
  let gateway: Gateway;
  const ports = new Map<string, number>();
  const portOf = (name: string) => ports.get(name) ?? 0;
  beforeAll(async () => {
    process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
    gateway = await startGateway({ port: 0, sqsPort: 0, tunnelHost: 'my.tunnel.dev' });
    const { url, queue, secrets } = gateway;
    for (const [name, base] of Object.entries({ HTTP: url, SQS: queue.url, secrets: secrets.url }))
      ports.set(name, Number(new URL(base).port));
  });
  afterAll(() => gateway?.stop());

  const names = ['HTTP', 'SQS', 'secrets'];
  const targets = ['/', '/v1/events', '/v1/health', '/_sandbox/queue', '/_fauxqs/queues', '/nothing'];

  test.each(
    names.flatMap((name) => ['GET', 'HEAD', 'OPTIONS', 'POST', 'DELETE'].map((method) => [name, method])),
  )('refuses a foreign host on %s for %s, whatever the path', async (name = '', method = '') => {
    for (const target of targets) {
      const headers = [`Host: rebound.test:${portOf(name)}`];
      expect(await send(portOf(name), { method, target, headers }), target).toMatchObject({ status: 403 });
    }
  });

  test.each(names)(
    'refuses on %s a foreign page, an upgrade, and a missing, empty or repeated host',
    async (name) => {
      const port = portOf(name);
      const own = `Host: 127.0.0.1:${port}`;
      for (const target of targets) {
        const headers = [own, 'Origin: null'];
        expect((await send(port, { method: 'OPTIONS', target, headers })).status, target).toBe(403);
      }
      expect((await send(port, { headers: [own, 'Sec-Fetch-Site: cross-site'] })).status).toBe(403);
      expect((await send(port, { headers: [own, 'Origin: http://127.0.0.1:1'] })).status).toBe(403);
      expect((await send(port, { headers: ['Host:'] })).status).toBe(403);
      expect((await send(port, { headers: [] })).status).toBe(400);
      expect((await send(port, { headers: [own, 'Host: rebound.test'] })).status).toBe(403);
      expect(await exchange(port, 'GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 403 /);
      const target = `http://127.0.0.1:${port}/`;
      expect((await send(port, { target, headers: [own] })).status).toBe(403);
      const upgrade = [own, 'Origin: http://rebound.test', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
      expect((await send(port, { headers: [...upgrade, 'Sec-WebSocket-Key: dGVzdA=='] })).status).toBe(403);
      expect(await exchange(port, `CONNECT 127.0.0.1:${port} HTTP/1.1\r\n${own}\r\n\r\n`)).toBe('');
    },
  );

  test('names the cause and the remedy on the HTTP port without repeating the host', async () => {
    const port = portOf('HTTP');
    const { text } = await send(port, { headers: ['Host: rebound.test'] });
    expect(text).toContain('content-type: application/problem+json');
    expect(text).toContain('x-content-type-options: nosniff');
    expect(JSON.parse(text.slice(text.indexOf('\r\n\r\n')))).toMatchObject({
      type: 'urn:tiktok-events:problem:foreign_host',
      status: 403,
      detail: expect.stringMatching(
        `use http://127.0.0.1:${port}\\. .*npm start -- --host <name of the tunnel>`,
      ),
    });
    expect(text).not.toContain('rebound');
    const foreign = await send(port, { headers: [`Host: localhost:${port}`, 'Origin: http://rebound.test'] });
    expect(foreign.text).toContain('urn:tiktok-events:problem:foreign_origin');
    expect(foreign.text).toContain(`a page of http://127.0.0.1:${port}`);
  });

  test('lets the tunnel reach the webhooks only', async () => {
    const headers = ['Host: my.tunnel.dev'];
    const port = portOf('HTTP');
    const unsigned = await send(port, { method: 'POST', target: '/v1/webhooks/shopify', headers });
    expect(unsigned.text).toContain('urn:tiktok-events:problem:invalid_signature');
    expect((await send(port, { target: '/_sandbox/requests', headers })).status).toBe(403);
    expect((await send(portOf('SQS'), { method: 'HEAD', target: '/v1/webhooks/x', headers })).status).toBe(
      403,
    );
  });

  test('answers a program on this machine at each loopback name', async () => {
    for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
      const headers = [`Host: ${host}:${portOf('HTTP')}`];
      expect((await send(portOf('HTTP'), { target: '/v1/health', headers })).status).toBe(200);
    }
    const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
    const sqs = new SQSClient({ region: 'us-east-1', endpoint: gateway.queue.url, credentials });
    expect((await sqs.send(new ListQueuesCommand({}))).QueueUrls).toHaveLength(2);
    sqs.destroy();
  });

  test.each([
    ['application/x-www-form-urlencoded', 'Action=CreateTopic&Name=x'],
    ['application/x-www-form-urlencoded; charset=utf-8', 'Action=ListTopics'],
    ['text/plain', '{"QueueName":"x"}'],
    ['text/plain;application/x-amz-json-1.0', '{"QueueName":"x"}'],
    ['multipart/form-data; boundary=x', '--x--'],
    ['application/json', '{}'],
    ['application/x-amz-json-1.1', '{}'],
  ])('refuses a body of %s on the SQS port and names the protocol', async (type, body) => {
    const headers = [
      `Host: localhost:${portOf('SQS')}`,
      `Content-Type: ${type}`,
      'X-Amz-Target: AmazonSQS.CreateQueue',
    ];
    const { status, text } = await send(portOf('SQS'), { method: 'POST', headers, body });
    expect(status).toBe(415);
    expect(text).toContain('AWS JSON protocol of SQS only');
    const isForm = type.includes('urlencoded');
    expect(text).toContain(
      isForm ? '<Code>UnsupportedProtocol</Code>' : 'com.amazonaws.sqs#UnsupportedProtocol',
    );
  });

  test.each(['GET', 'PUT', 'DELETE'])('refuses %s on the SQS port', async (method) => {
    for (const target of ['/', '/bucket', '/health', '/_fauxqs/queues/tiktok-events-local-dlq']) {
      const headers = [`Host: localhost:${portOf('SQS')}`, 'Content-Type: application/x-amz-json-1.0'];
      expect((await send(portOf('SQS'), { method, target, headers })).status, target).toBe(415);
    }
  });
});
