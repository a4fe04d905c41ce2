/** The Runtime API of Lambda (2018-06-01) for one function: gives out events, takes one answer for each, no other request. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeServer, listenOnLoopback } from '../../local/loopback-server.ts';

const root = '/2018-06-01/runtime';
const functionArn = 'arn:aws:lambda:eu-central-1:111122223333:function:tiktok-events-example';

/** What a function reports when it cannot start or throws. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
}

export type Answer =
  | { readonly kind: 'response'; readonly payload: unknown }
  | { readonly kind: 'error'; readonly error: FunctionError };

interface Invocation {
  readonly id: string;
  readonly event: unknown;
  readonly deadlineMs: number;
  readonly resolve: (answer: Answer) => void;
}

export async function startRuntimeApi() {
  const waiting: Invocation[] = [];
  const running = new Map<string, Invocation>();
  const violations: string[] = [];
  const initErrors: FunctionError[] = [];
  let free: ServerResponse | undefined;

  function handOut(): void {
    if (free === undefined || free.destroyed) return;
    const next = waiting.shift();
    if (next === undefined) return;
    running.set(next.id, next);
    free
      .writeHead(200, {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': next.id,
        'lambda-runtime-deadline-ms': String(next.deadlineMs),
        'lambda-runtime-invoked-function-arn': functionArn,
        'lambda-runtime-trace-id': 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0',
      })
      .end(JSON.stringify(next.event));
    free = undefined;
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const route = `${request.method} ${request.url}`;
    const body = await textOf(request);
    const [, id = '', what] = /^POST .*\/invocation\/([\w-]+)\/(response|error)$/.exec(route) ?? [];
    const invocation = running.get(id);
    if (route === `POST ${root}/init/error`) initErrors.push(JSON.parse(body));
    else if (invocation === undefined) violations.push(route);
    else {
      running.delete(id);
      if (Date.now() > invocation.deadlineMs) violations.push(`${route} after its deadline`);
      const content = JSON.parse(body);
      invocation.resolve(
        what === 'error' ? { kind: 'error', error: content } : { kind: 'response', payload: content },
      );
    }
    if (request.headers['content-type'] !== 'application/json') violations.push(`${route} is not JSON`);
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
  }

  const server = createServer((request, response) => {
    if (request.method === 'GET' && request.url === `${root}/invocation/next`) {
      free = response;
      handOut();
    } else take(request, response).catch(() => response.destroy());
  });
  const url = await listenOnLoopback(server, 0);

  return {
    host: new URL(url).host,
    /** Requests that Lambda would refuse, and answers that came too late or twice. */
    violations,
    initErrors,
    invoke: (event: unknown, timeoutMs: number): Promise<Answer> =>
      new Promise((resolve) => {
        waiting.push({ id: randomUUID(), event, deadlineMs: Date.now() + timeoutMs, resolve });
        handOut();
      }),
    stop: () => {
      server.closeAllConnections();
      return closeServer(server);
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
