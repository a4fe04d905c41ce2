/** A console's server that gives the data of a test: the page and `console/api.ts` over HTTP on a free port. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buildPage } from '../../../console/page/build.ts';
import { startHttpServer } from '../http/http-server.ts';
import { answerOf, type ConsoleData } from './console-data.ts';

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly token: string | undefined;
  readonly body: string;
}

/** What the console's server sends; the page has to live with it. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export async function startFakeConsole(data: ConsoleData) {
  const { html, files } = await buildPage();
  const asked: Asked[] = [];
  const { url, stop, server } = await startHttpServer((request, response, body) => {
    const path = new URL(request.url ?? '/', 'http://console');
    const file = files.get(path.pathname.replace('/_console/assets/', ''));
    if (path.pathname === '/') return send(response, 200, 'text/html; charset=utf-8', html);
    if (file !== undefined) return send(response, 200, file.type, file.body);
    asked.push(askedOf(request, body));
    if (data.isForbidden) return problem(response, 403, 'The token is wrong.');
    const answer = answerOf(data, request.method ?? 'GET', path, body);
    if (answer === undefined) return problem(response, 404, 'There is nothing here.');
    return send(response, 200, 'application/json', JSON.stringify(answer));
  });
  return { url, stop, server, asked, data };
}

export type FakeConsole = Awaited<ReturnType<typeof startFakeConsole>>;

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, {
    'content-type': type,
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  response.end(body);
}

const problem = (response: ServerResponse, status: number, detail: string): void =>
  send(response, status, 'application/problem+json', JSON.stringify({ status, detail }));

const askedOf = ({ method = '', url = '', headers }: IncomingMessage, body: string): Asked => ({
  method,
  url,
  token: headers['x-console-token']?.toString(),
  body,
});
