import { createHash } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { originDigests } from '../../../../lib/config/origin-digests.ts';
import { behindOrigin } from '../../../../lib/http/middleware/behind-origin.ts';
import { runChain } from '../../../support/http/http-chain.ts';
import { httpEvent, lambdaContext } from '../../../support/http/http-event.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const present = 'present-secret-of-the-proxy';
const next = 'next-secret-of-the-proxy';

function guarded(digests: readonly string[]) {
  const seen: APIGatewayProxyEventV2[] = [];
  const handle = async (event: APIGatewayProxyEventV2) => {
    seen.push(event);
    return { statusCode: 204 };
  };
  const send = (headers: Record<string, string>) =>
    runChain([behindOrigin(digests)], handle, { event: httpEvent({ headers }) });
  return { send, seen };
}

test.each([present, next])('accepts a request with a secret whose digest the stage has', async (secret) => {
  const { send, seen } = guarded([sha256(present), sha256(next)]);
  expect(await send({ 'x-origin-secret': secret })).toEqual({ statusCode: 204 });
  expect(seen).toHaveLength(1);
});

test.each<[string, Record<string, string>]>([
  ['without the header', {}],
  ['with an empty header', { 'x-origin-secret': '' }],
  ['with another secret', { 'x-origin-secret': `${present}x` }],
  ['with the digest in place of the secret', { 'x-origin-secret': sha256(present) }],
  ['with the secret sent twice', { 'x-origin-secret': `${present},${present}` }],
])('rejects a request %s', async (_title, headers) => {
  const { send, seen } = guarded([sha256(present)]);
  const answer = await send(headers);
  expect(answer).toMatchObject({
    statusCode: 403,
    headers: { 'content-type': 'application/problem+json', 'x-content-type-options': 'nosniff' },
  });
  expect(JSON.parse(answer.body ?? '')).toMatchObject({
    type: 'urn:tiktok-events:problem:wrong_origin',
    status: 403,
    instance: 'request-1',
  });
  expect(answer.body).not.toContain(present);
  expect(seen).toEqual([]);
});

test.each<[string, Record<string, string>]>([
  ['without the header', {}],
  ['with an empty header', { 'x-origin-secret': '' }],
])('rejects a request %s although the stage names the digest of an empty text', async (_title, headers) => {
  const { send, seen } = guarded([sha256(present), sha256('')]);
  expect(await send(headers)).toMatchObject({ statusCode: 403 });
  expect(seen).toEqual([]);
});

test('accepts every request when the stage has no origin secret', async () => {
  expect(await guarded([]).send({})).toEqual({ statusCode: 204 });
});

test('reads no, one or two digests from ORIGIN_SECRET_SHA256', () => {
  expect(originDigests({})).toEqual([]);
  expect(originDigests({ ORIGIN_SECRET_SHA256: sha256('a') })).toEqual([sha256('a')]);
  expect(originDigests({ ORIGIN_SECRET_SHA256: `${sha256('a')},${sha256('b')}` })).toHaveLength(2);
});

test.each(['', 'secret', sha256('a').toUpperCase(), `${sha256('a')},`, `${sha256('a')} `])(
  'stops the start when ORIGIN_SECRET_SHA256 is %j, without repeating it',
  (value) => {
    expect(() => originDigests({ ORIGIN_SECRET_SHA256: value })).toThrow(
      /^setting ORIGIN_SECRET_SHA256 is not of the expected form$/,
    );
  },
);

describe('each HTTP function', () => {
  beforeEach(() => {
    const destinations = { default: { pixelCode: 'P' } };
    const environment = {
      STAGE: 'test',
      SECRETS_PREFIX: 'tiktok-events/test',
      DESTINATIONS: JSON.stringify(destinations),
      SOURCES: '{}',
      QUEUE_URL: 'http://127.0.0.1:1/queue',
      TIKTOK_API_URL: 'https://business-api.tiktok.com',
      ORIGIN_SECRET_SHA256: sha256(present),
      AWS_REGION: 'eu-central-1',
      POWERTOOLS_SERVICE_NAME: 'tiktok-events',
      POWERTOOLS_METRICS_NAMESPACE: 'TikTokEvents',
    };
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    vi.resetModules();
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    // The functions read the environment as they load; the next file loads them in another one.
    vi.resetModules();
  });

  test.each([
    ['ingest', 'POST', '/v1/events', 401],
    ['webhook', 'POST', '/v1/webhooks/shop', 404],
    ['oauth', 'GET', '/v1/oauth/start', 400],
    ['meta', 'GET', '/v1/health', 200],
  ] as const)(
    'rejects with the function %s the request %s %s that bypasses the proxy, and logs nothing',
    async (name, method, path, through) => {
      const { handler } = (await import(`../../../../functions/${name}.ts`)) as {
        handler: (
          event: APIGatewayProxyEventV2,
          context: Context,
        ) => Promise<APIGatewayProxyStructuredResultV2>;
      };
      const lines: unknown[] = [];
      const write = vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(line) > 0);
      const refused = await handler(httpEvent({ method, path, headers: {} }), lambdaContext);
      const linesOfRefusal = lines.length;
      const headers = { 'x-origin-secret': present };
      const passed = await handler(httpEvent({ method, path, headers }), lambdaContext);
      write.mockRestore();
      expect(refused.statusCode).toBe(403);
      expect(linesOfRefusal).toBe(0);
      expect(passed.statusCode).toBe(through);
      expect(lines.join()).not.toContain(present);
    },
  );
});
