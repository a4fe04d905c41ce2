/** The API of a platform on a real HTTP server: it checks the request as the platform does, and misbehaves on demand. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import type { Platform } from '../../../lib/webhooks/platform.ts';
import type { Platforms } from '../../../lib/webhooks/platforms.ts';
import { closeServer, listenOnLoopback } from '../../../local/loopback-server.ts';

export interface ApiDoubleOptions {
  readonly platform: Platform;
  /** What the API has at a path with its query; undefined for nothing. */
  readonly find: (url: string) => unknown;
  /** @returns the status that refuses a request; undefined for one that may pass */
  readonly refuse: (request: IncomingMessage) => number | undefined;
}

interface Behavior {
  /** The order with this id makes the API behave so. */
  readonly id: number;
  readonly respond: (response: ServerResponse, way: Way) => void;
}

interface Way {
  /** A server on another host. */
  readonly foreignUrl: string;
  /** The path of the request. */
  readonly path: string;
  /** What the API has there. */
  readonly found: unknown;
}

const json = { 'content-type': 'application/json' };
const gzip = { ...json, 'content-encoding': 'gzip' };
const status =
  (code: number, headers: Record<string, string> = {}): Behavior['respond'] =>
  (response) =>
    response.writeHead(code, { ...json, ...headers }).end('{}');

const behaviors = {
  throttled: {
    id: 9001,
    respond: status(429, {
      'retry-after': '15',
      'x-rate-limit-time-reset-ms': '15000',
      'x-rate-limit-reset': '15000',
    }),
  },
  'refusing the token': { id: 9002, respond: status(401) },
  forbidding: { id: 9003, respond: status(403) },
  failing: { id: 9004, respond: status(500) },
  'down for maintenance': { id: 9005, respond: status(503) },
  'without the order': { id: 9006, respond: status(404) },
  'redirecting to another host': {
    id: 9007,
    respond: (response, { foreignUrl, path }) =>
      response.writeHead(302, { location: foreignUrl + path }).end(),
  },
  'redirecting to itself': {
    id: 9008,
    respond: (response, { path }) => response.writeHead(307, { location: path }).end(),
  },
  silent: { id: 9009, respond: () => undefined },
  'silent in the middle of its answer': {
    id: 9010,
    respond: (response) => response.writeHead(200, json).write('{"id":9010,'),
  },
  'dripping its answer': {
    id: 9011,
    respond: (response) => {
      response.writeHead(200, json);
      const timer = setInterval(() => response.write(' '), 100);
      response.once('close', () => clearInterval(timer));
    },
  },
  'answering 2 MiB': {
    id: 9012,
    respond: (response) => response.writeHead(200, json).end(`"${'x'.repeat(2 * 1_048_576)}"`),
  },
  'answering 2 MiB in 2 kB': {
    id: 9013,
    respond: (response) => response.writeHead(200, gzip).end(gzipSync(`"${'x'.repeat(2 * 1_048_576)}"`)),
  },
  'answering a page': {
    id: 9014,
    respond: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
  },
  'answering half a document': {
    id: 9015,
    respond: (response) => response.writeHead(200, json).end('{"id":'),
  },
  'closing the connection': { id: 9016, respond: (response) => response.destroy() },
  'answering nothing': { id: 9017, respond: (response) => response.writeHead(204).end() },
  'answering another order': {
    id: 9018,
    respond: (response) => response.writeHead(200, json).end('{"id":1}'),
  },
  'answering a list': { id: 9019, respond: (response) => response.writeHead(200, json).end('[]') },
  'compressing its answer': {
    id: 9020,
    respond: (response, { found }) => response.writeHead(200, gzip).end(gzipSync(JSON.stringify(found))),
  },
} as const satisfies Readonly<Record<string, Behavior>>;

export type Misbehavior = keyof typeof behaviors;
/** Ids of orders, by what they make the API do. */
export const misbehaving = (behavior: Misbehavior): number => behaviors[behavior].id;

/** @returns the platform with this server in the place of its API, and what the servers were asked */
export async function platformApiDouble({ platform, find, refuse }: ApiDoubleOptions) {
  const requests: string[] = [];
  const foreignRequests: string[] = [];
  const foreignUrl = await listen((request, response) => {
    foreignRequests.push(`${request.method} ${request.url}`);
    response.writeHead(200, json).end('{}');
  });
  const origin = await listen((request, response) => {
    const { method = '', url = '' } = request;
    requests.push(`${method} ${url}`);
    const way = { foreignUrl, path: url, found: find(url) };
    const refusal = method === 'GET' ? refuse(request) : 405;
    if (refusal !== undefined) return status(refusal)(response, way);
    const [, id] = /\/orders\/(\d+)$/.exec(url) ?? [];
    const behavior = Object.values(behaviors).find((known) => String(known.id) === id);
    if (behavior !== undefined) return behavior.respond(response, way);
    if (way.found === undefined) return status(404)(response, way);
    response.writeHead(200, json).end(JSON.stringify(way.found));
  });
  return { platforms: at(origin, platform), requests, foreignRequests };
}

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  const url = await listenOnLoopback(server, 0);
  onTestFinished(() => closeServer(server));
  return url;
}

/** The host is no setting, since the token would go with it: only a test can put another in its place. */
function at(origin: string, platform: Platform): Platforms {
  const bind: Platform['bind'] = (settings) => {
    const bound = platform.bind(settings);
    const { fetch } = bound;
    return { ...bound, fetch: fetch && { ...fetch, baseUrl: origin + new URL(fetch.baseUrl).pathname } };
  };
  return [{ ...platform, bind }];
}
