/** Loads the handlers of `functions/`, the very files that are deployed, and says which routes they answer. */
import type { APIGatewayProxyEventV2, SQSEvent } from 'aws-lambda';
import type { Routes } from '../api-gateway/http-api.ts';
import type { Invoke } from './invoke-function.ts';
import { takeTurns } from './take-turns.ts';

type HttpFunctionName = 'ingest' | 'webhook' | 'oauth' | 'meta';

/** Handlers by function; a test may give its own, such as one that calls a child process. */
export type Handlers = Partial<Record<HttpFunctionName, Invoke<APIGatewayProxyEventV2>>> & {
  deliver?: Invoke<SQSEvent>;
};

/** The routes and timeouts of the stack. */
const httpFunctions: Readonly<Record<HttpFunctionName, { routes: readonly string[]; timeoutMs: number }>> = {
  ingest: { routes: ['POST /v1/events'], timeoutMs: 10_000 },
  webhook: {
    routes: ['POST /v1/webhooks/{source}', 'GET /v1/webhooks/{source}', 'HEAD /v1/webhooks/{source}'],
    timeoutMs: 10_000,
  },
  oauth: { routes: ['GET /v1/oauth/start', 'GET /v1/oauth/callback'], timeoutMs: 20_000 },
  meta: { routes: ['GET /v1/health', 'GET /v1/openapi.json'], timeoutMs: 5_000 },
};

/** Requests that one function works on at once; the event source mapping has its own number. */
const requestsAtOnce = 2;

/** Loads what `given` does not bring. */
export async function loadFunctions(given: Handlers): Promise<{ routes: Routes; deliver: Invoke<SQSEvent> }> {
  const routes: Map<string, { name: string; invoke: Invoke<APIGatewayProxyEventV2>; timeoutMs: number }> =
    new Map();
  for (const [name, { routes: routeKeys, timeoutMs }] of Object.entries(httpFunctions)) {
    const invoke = given[name as HttpFunctionName] ?? (await loadHttpHandler(name));
    for (const routeKey of routeKeys) routes.set(routeKey, { name, invoke, timeoutMs });
  }
  const deliver = given.deliver ?? (await loadHandler<SQSEvent>('deliver'));
  return { routes, deliver };
}

/** A function reads its settings when it is loaded, so the environment must be there before. */
async function loadHandler<E>(name: string): Promise<Invoke<E>> {
  const file = new URL(`../../functions/${name}.ts`, import.meta.url);
  const { handler } = (await import(file.href)) as { handler?: Invoke<E> };
  if (typeof handler === 'function') return handler;
  throw new Error(`functions/${name}.ts must export a function named handler`);
}

const loadHttpHandler = async (name: string): Promise<Invoke<APIGatewayProxyEventV2>> =>
  takeTurns(await loadHandler<APIGatewayProxyEventV2>(name), requestsAtOnce);
