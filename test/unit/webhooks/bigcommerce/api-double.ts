/** BigCommerce's API on a real HTTP server: it checks the token, throttles, stalls and redirects on demand. */
import { createServer, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { bigcommerce } from '../../../../lib/webhooks/bigcommerce/platform.ts';
import type { Platforms } from '../../../../lib/webhooks/platforms.ts';
import { closeServer, listenOnLoopback } from '../../../../local/loopback-server.ts';
import { customer, order, products, storeHash } from './bodies.ts';

export const apiToken = 'lmg7prm3b0fxypwwaja27rtlvqejic0';

type Respond = (response: ServerResponse, foreignUrl: string) => void;

const json =
  (status: number, body: unknown): Respond =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** Order ids that make the API misbehave. */
export const misbehaving = {
  throttled: 429,
  forbidden: 403,
  failing: 500,
  redirected: 302,
  stalled: 408,
} as const;

const orders: Readonly<Record<string, Respond>> = {
  250: json(200, order()),
  251: json(200, order()),
  252: json(200, []),
  [misbehaving.throttled]: (response) =>
    response.writeHead(429, { 'x-rate-limit-time-reset-ms': '15000' }).end(),
  [misbehaving.forbidden]: json(403, { status: 403, title: 'You don’t have a required scope' }),
  [misbehaving.failing]: json(503, {}),
  [misbehaving.redirected]: (response, foreignUrl) =>
    response.writeHead(302, { location: `${foreignUrl}/stores/${storeHash}/v2/orders/250` }).end(),
  [misbehaving.stalled]: () => undefined,
};

const notFound = json(404, [{ status: 404, message: 'The requested resource was not found.' }]);

function answerTo(path: string): Respond {
  const [, id = '', sub] = path.match(/^\/v2\/orders\/(\d+)(\/products\?limit=200)?$/) ?? [];
  if (sub !== undefined) return id === '253' ? json(503, {}) : json(200, products());
  if (id === '253') return json(200, order({ id: 253 }));
  if (id !== '') return orders[id] ?? notFound;
  if (path === '/v3/customers?id:in=32&include=addresses,formfields')
    return json(200, { data: [customer()], meta: {} });
  if (path === '/v3/customers?id:in=34&include=addresses,formfields') return json(200, []);
  if (path.startsWith('/v3/customers?id:in=35&')) return json(200, { data: [customer()], meta: {} });
  return path.startsWith('/v3/customers?id:in=33&') ? json(200, { data: [], meta: {} }) : notFound;
}

/** @returns the platform with this server in the place of api.bigcommerce.com, and what the servers were asked */
export async function bigcommerceDouble() {
  const requests: string[] = [];
  const foreignRequests: string[] = [];
  const foreign = createServer((request, response) => {
    foreignRequests.push(`${request.url} ${request.headers['x-auth-token']}`);
    response.writeHead(200).end(JSON.stringify(order()));
  });
  const foreignUrl = await listen(foreign);
  const api = createServer((request, response) => {
    const base = `/stores/${storeHash}`;
    const path = request.url?.startsWith(`${base}/`) ? request.url.slice(base.length) : '';
    requests.push(`${request.method} ${path}`);
    if (request.headers['x-auth-token'] !== apiToken) return json(401, {})(response, foreignUrl);
    return answerTo(path)(response, foreignUrl);
  });
  const origin = await listen(api);
  return { platforms: platformsAt(origin), requests, foreignRequests };
}

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  const url = await listenOnLoopback(server, 0);
  onTestFinished(() => closeServer(server));
  return url;
}

/** The host is no setting, since the token would go with it: only a test can put another in its place. */
function platformsAt(origin: string): Platforms {
  const bind: typeof bigcommerce.bind = (settings) => {
    const bound = bigcommerce.bind(settings);
    const { fetch } = bound;
    const baseUrl = fetch?.baseUrl.replace('https://api.bigcommerce.com', origin) ?? '';
    return { ...bound, fetch: fetch && { ...fetch, baseUrl } };
  };
  return [{ ...bigcommerce, bind }];
}
