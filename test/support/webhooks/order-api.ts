/** A real HTTP server in the place of a platform's API, which checks the token and misbehaves on demand. */
import { createServer, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { closeServer, listenOnLoopback } from '../../../local/loopback-server.ts';

type Respond = (response: ServerResponse) => void;

const answerWith =
  (order: unknown): Respond =>
  (response) =>
    response.writeHead(order === undefined ? 404 : 200).end(JSON.stringify(order ?? {}));

/** Each is an order number: `/orders/<behavior>`. */
const behaviors: Readonly<Record<string, Respond>> = {
  throttled: (response) => response.writeHead(429, { 'retry-after': '5' }).end('{}'),
  forbidden: (response) => response.writeHead(403).end('{}'),
  failing: (response) => response.writeHead(500).end('{}'),
  teapot: (response) => response.writeHead(418).end('{}'),
  nowhere: (response) => response.writeHead(502).end('{}'),
  missing: (response) => response.writeHead(404).end('{}'),
  empty: (response) => response.writeHead(204).end(),
  page: (response) => response.writeHead(200).end('<html>'),
  large: (response) => response.writeHead(200).end(`"${'x'.repeat(1_048_576)}"`),
  redirect: (response) => response.writeHead(302, { location: '/orders/12' }).end(),
  broken: (response) => response.destroy(),
  stall: () => undefined,
  half: (response) => response.writeHead(200).write('{"id":'),
};

export const orderToken = 'order-api-token';

/** @param orders by number; the server is closed when the test ends */
export async function orderApi(orders: Readonly<Record<string, unknown>>) {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    if (request.headers['x-api-token'] !== orderToken) return response.writeHead(401).end('{}');
    const name = request.url?.split('/').at(-1) ?? '';
    const behave = behaviors[name] ?? answerWith(orders[name]);
    return behave(response);
  });
  const url = await listenOnLoopback(server, 0);
  onTestFinished(() => closeServer(server));
  return { url, requests };
}
