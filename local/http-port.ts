/** What listens on PORT: the console, the demo shop, the sandbox with its control pages, and the HTTP API for everything else. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isConsolePath } from '../console/server/paths.ts';
import { gatewayMessage, refuseWithProblem, writeResponse } from './api-gateway/http-response.ts';
import { answerJournal, isJournalPath, type JournalState } from './journal/routes.ts';
import { guarded } from './loopback-guard.ts';
import { platformApiPath } from './platform-api/platform-api.ts';
import { isShopPath, type Shop } from './shop/shop.ts';
import type { QueueServer } from './sqs/queue-server.ts';
import { writeQueue } from './sqs/queue-state.ts';
import { writeJson } from './tiktok-sandbox/control.ts';
import type { Sandbox } from './tiktok-sandbox/sandbox.ts';

export type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What the listener chooses from; `info` and `answerApi` are set once everything listens. */
export interface HttpParts {
  readonly sandbox: Sandbox;
  readonly memory: JournalState;
  readonly queue: QueueServer;
  /** `GET /_sandbox/info`: what runs and where, for the command line. */
  info: object;
  answerApi: Listener;
  readonly answerPlatformApi: Listener;
  readonly answerConsole: Listener;
  readonly shop: Shop;
}

export const sandboxPath = '/_sandbox/tiktok';
/** Pages that a link on another site may open: the console, the demo shop, and the steps of connecting an ad account. */
const pages = [
  '/',
  '/_sandbox',
  '/_sandbox/',
  `${sandboxPath}/portal/auth`,
  '/v1/oauth/start',
  '/v1/oauth/callback',
  '/shop',
];
/** API Gateway gives a client 30 seconds to send its request. */
const requestTimeoutMs = 30_000;

export function createHttpPort(parts: HttpParts, tunnelHost: string | undefined) {
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response, parts).catch(() => response.destroy());
  };
  const server = createServer(guarded(listener, refuseWithProblem, { pages, tunnelHost }));
  server.requestTimeout = requestTimeoutMs;
  return server;
}

async function answer(request: IncomingMessage, response: ServerResponse, parts: HttpParts): Promise<void> {
  const { sandbox, memory, queue, info, answerApi, answerPlatformApi } = parts;
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  if (isConsolePath(request.method, path)) return parts.answerConsole(request, response);
  if (path.startsWith(`${sandboxPath}/`)) {
    request.url = request.url?.slice(sandboxPath.length) ?? '/';
    return sandbox.answerTikTok(request, response);
  }
  if (request.method === 'GET' && path === '/_sandbox/queue') return writeQueue(response, queue);
  if (request.method === 'GET' && path === '/_sandbox/info') return writeJson(response, 200, info);
  if (isJournalPath(path)) return answerJournal(request, response, memory);
  if (path === platformApiPath || path.startsWith(`${platformApiPath}/`))
    return answerPlatformApi(request, response);
  if (path.startsWith('/_sandbox/')) return sandbox.answerControl(request, response);
  if (isShopPath(path)) return parts.shop.answer(request, response);
  await answerApi(request, response);
}

export async function answerNotReady(_: IncomingMessage, response: ServerResponse): Promise<void> {
  writeResponse(response, gatewayMessage(503, 'Service Unavailable'), 'starting');
}
