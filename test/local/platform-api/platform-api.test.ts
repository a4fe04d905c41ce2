/** The local platform API keeps what is stored, guards it with the tokens of the sources, and asks the real API otherwise. */
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { closeServer, listenOnLoopback } from '../../../local/loopback-server.ts';
import { createPlatformApi, platformApiPath } from '../../../local/platform-api/platform-api.ts';
import { type Misbehavior, misbehaving } from '../../support/webhooks/platform-api-double.ts';
import { apiToken, bigcommerceDouble } from '../../unit/webhooks/bigcommerce/api-double.ts';
import { settings as bigcommerce } from '../../unit/webhooks/bigcommerce/bodies.ts';

const nuvemshop = { platform: 'nuvemshop', storeId: '123456', contentId: 'variant_id' };
const shopify = { platform: 'shopify', contentId: 'variant_id' };
const order = `${platformApiPath}/nuvemshop/v1/123456/orders/9`;
const headers = (token: string) => ({
  authentication: `bearer ${token}`,
  'user-agent': 'TikTok Events Gateway (run by the store)',
});

interface Stage {
  readonly sources?: Record<string, { platform: string }>;
  readonly tokens?: Record<string, string>;
  readonly secret?: string | undefined;
}

/** @returns a client of the local platform API of a stage */
async function localApi(
  { sources = { outlet: nuvemshop, web: shopify }, tokens = { outlet: 'real-token' }, ...rest }: Stage = {},
  among?: Awaited<ReturnType<typeof bigcommerceDouble>>['platforms'],
) {
  const webhooks = Object.fromEntries(
    Object.entries(tokens).map(([name, api_token]) => [name, { secrets: [], api_token }]),
  );
  const secret = 'secret' in rest ? rest.secret : JSON.stringify({ webhooks });
  const answer = createPlatformApi({
    sources: () => sources,
    ingestSecret: () => secret,
    ...(among && { among }),
  });
  const server = createServer((request, response) => void answer(request, response));
  const url = await listenOnLoopback(server, 0);
  onTestFinished(() => closeServer(server));
  return async (method: string, path: string, init: RequestInit = {}) => {
    const response = await fetch(url + path, { ...init, method, redirect: 'manual' });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  };
}

const get = (call: Awaited<ReturnType<typeof localApi>>, path = order, token = 'real-token') =>
  call('GET', path, { headers: headers(token) });

test('returns what was stored for the token of a source, whatever the query', async () => {
  const call = await localApi();
  const stored = await call('PUT', order, { body: '{"id":9}' });
  expect(stored).toMatchObject({ status: 200, body: { stored: ['/nuvemshop/v1/123456/orders/9'] } });
  expect(await get(call, `${order}?fields=id`)).toEqual({ status: 200, body: { id: 9 } });
});

test.each([
  ['another token', { headers: headers('wrong') }],
  ['no token', {}],
  ['the header of other platforms', { headers: { ...headers(''), authorization: 'Bearer real-token' } }],
  ['no name of the app', { headers: { authentication: 'bearer real-token' } }],
])('answers 401 to a request with %s, also where something is stored', async (_what, init) => {
  const call = await localApi();
  await call('PUT', order, { body: '{}' });
  expect(await call('GET', order, init)).toMatchObject({ status: 401 });
});

test.each<[string, Stage]>([
  ['another store', { sources: { outlet: { ...nuvemshop, storeId: '7' } as { platform: string } } }],
  ['no platform with an API', { sources: { outlet: shopify } }],
  ['no token', { tokens: {} }],
  ['no readable secret', { secret: 'not JSON' }],
  ['no secret', { secret: undefined }],
])('answers 401 when the source has %s', async (_what, stage) => {
  const call = await localApi(stage);
  await call('PUT', order, { body: '{}' });
  expect(await get(call)).toMatchObject({ status: 401 });
});

test('answers with the status that a stored answer was given', async () => {
  const call = await localApi();
  await call('PUT', `${order}?status=429`, { body: '{"code":429}' });
  expect(await get(call)).toEqual({ status: 429, body: { code: 429 } });
});

test.each([
  ['PUT', order, '{"id":', 400, 'body: must be JSON'],
  ['PUT', order, '', 400, 'body: must be JSON'],
  ['PUT', `${order}?status=99`, '{}', 400, 'status: must be from 200 to 599'],
  ['PUT', order, `"${'x'.repeat(1_048_577)}"`, 413, 'body: at most 1 MiB'],
  ['POST', order, '{}', 405, 'method: use PUT, GET or DELETE'],
  ['PUT', platformApiPath, '{}', 405, 'method: use PUT, GET or DELETE'],
])('refuses %s %s with the body %.9s', async (method, path, body, status, error) => {
  const call = await localApi();
  expect(await call(method, path, { body })).toEqual({ status, body: { error } });
});

test('lists what is stored and where the sources read, and clears a path with all below it', async () => {
  const call = await localApi();
  const list = (...stored: string[]) => ({
    status: 200,
    body: {
      stored: stored.map((path) => `/nuvemshop/v1/123456${path}`),
      read_below: ['/nuvemshop/v1/123456'],
    },
  });
  const at = (path: string) => `${platformApiPath}/nuvemshop/v1/123456${path}`;
  for (const path of ['/orders/1', '/orders/1/notes', '/orders/12', '/customers/1'])
    await call('PUT', at(path), { body: '{}' });
  expect(await call('DELETE', at('/orders/1'))).toEqual(list('/orders/12', '/customers/1'));
  expect(await call('GET', platformApiPath)).toEqual(list('/orders/12', '/customers/1'));
  expect(await call('DELETE', `${platformApiPath}/`)).toEqual(list());
});

test('stores no more than 1,000 answers and 16 MiB, until some are cleared', async () => {
  const call = await localApi();
  const put = (id: number, body: string) => call('PUT', `${platformApiPath}/x/${id}`, { body });
  const mebibyte = `"${'x'.repeat(1_048_574)}"`;
  for (let id = 0; id < 16; id += 1) expect(await put(id, mebibyte)).toMatchObject({ status: 200 });
  expect(await put(16, '1')).toMatchObject({ status: 507 });
  expect(await put(3, mebibyte)).toMatchObject({ status: 200 });
  await call('DELETE', platformApiPath);
  for (let id = 0; id < 1_000; id += 1) await put(id, '1');
  expect(await put(1_000, '1')).toMatchObject({ status: 507 });
  expect(await put(999, '2')).toMatchObject({ status: 200 });
});

/** A stage whose source has a real token of the API, which is a double here. */
async function forwarding(token = apiToken) {
  const double = await bigcommerceDouble();
  const sources = { shop: bigcommerce() as unknown as { platform: string } };
  const call = await localApi({ sources, tokens: { shop: token } }, double.platforms);
  const read = (path: string) =>
    call('GET', `${platformApiPath}/bigcommerce/stores/abc123${path}`, {
      headers: { 'x-auth-token': token },
    });
  return { ...double, call, read };
}

test('asks the real API for what nobody stored, with the token and the query of the request', async () => {
  const { read, requests } = await forwarding();
  expect(await read('/v2/orders/250')).toMatchObject({ status: 200, body: { id: 250 } });
  expect(await read('/v2/orders/250/products?limit=200')).toMatchObject({
    status: 200,
    body: [{ id: 1 }, { id: 2 }],
  });
  expect(requests).toEqual([
    'GET /stores/abc123/v2/orders/250',
    'GET /stores/abc123/v2/orders/250/products?limit=200',
  ]);
});

test.each<[Misbehavior, number]>([
  ['throttled', 429],
  ['refusing the token', 401],
  ['failing', 500],
  ['without the order', 404],
  ['redirecting to another host', 302],
  ['answering 2 MiB', 500],
  ['answering a page', 500],
  ['answering nothing', 204],
  ['closing the connection', 502],
  ['silent', 502],
])('answers as the real API does that is %s: %s', async (behavior, status) => {
  const { read, foreignRequests } = await forwarding();
  expect(await read(`/v2/orders/${misbehaving(behavior)}`)).toMatchObject({ status });
  expect(foreignRequests).toEqual([]);
});

test('asks the real API for nothing above the path of the source', async () => {
  const { read, requests } = await forwarding();
  expect(await read('/../other1/v2/orders/250')).toMatchObject({ status: 401 });
  expect(await read('2/v2/orders/250')).toMatchObject({ status: 401 });
  expect(requests).toEqual([]);
});

test('asks no real API with the token that npm start gives a source', async () => {
  const { read, requests } = await forwarding('local-shop-api-token');
  expect(await read('/v2/orders/250')).toEqual({
    status: 502,
    body: { error: 'path: nothing is stored here, and the real API was not reached' },
  });
  expect(requests).toEqual([]);
});
