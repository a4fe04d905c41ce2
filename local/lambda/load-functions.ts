/** Loads the handlers of `functions/`, the files that are deployed, and assigns them the routes of the stack. */
import type { APIGatewayProxyEventV2, SQSEvent } from 'aws-lambda';
import { webhookRoutes } from '../../stack/api/routes.ts';
import type { HttpFunction, Routes } from '../api-gateway/http-api.ts';
import { sources } from '../stage.ts';
import type { Invoke } from './invoke-function.ts';
import { takeTurns } from './take-turns.ts';

type HttpFunctionName = 'ingest' | 'webhook' | 'oauth' | 'meta';

/** Handlers by function; a test can replace any of them, for example by one that calls a child process. */
export type Handlers = Partial<Record<HttpFunctionName, Invoke<APIGatewayProxyEventV2>>> & {
  deliver?: Invoke<SQSEvent>;
};

interface HttpFunctionSettings {
  readonly routes: readonly string[];
  readonly timeoutMs: number;
}

/** The routes and timeouts of the stack. */
const httpFunctions: Readonly<Record<HttpFunctionName, HttpFunctionSettings>> = {
  ingest: { routes: ['POST /v1/events'], timeoutMs: 10_000 },
  webhook: {
    routes: webhookRoutes({ sources }).map(({ key }) => key),
    timeoutMs: 10_000,
  },
  oauth: { routes: ['GET /v1/oauth/start', 'GET /v1/oauth/callback'], timeoutMs: 20_000 },
  meta: { routes: ['GET /v1/health', 'GET /v1/openapi.json'], timeoutMs: 5_000 },
};

/** Requests that one function handles at once; the event source mapping has its own limit. */
const requestsAtOnce = 2;

/** Loads the handlers that `given` does not contain. */
export async function loadFunctions(given: Handlers): Promise<{ routes: Routes; deliver: Invoke<SQSEvent> }> {
  const routes = new Map<string, HttpFunction>();
  for (const [name, { routes: routeKeys, timeoutMs }] of Object.entries(httpFunctions)) {
    const invoke = given[name as HttpFunctionName] ?? (await loadHttpHandler(name));
    for (const routeKey of routeKeys) routes.set(routeKey, { name, invoke, timeoutMs });
  }
  const deliver = given.deliver ?? (await loadHandler<SQSEvent>('deliver'));
  return { routes, deliver };
}

/** A function reads its settings when it is loaded, so the environment must be set before. */
async function loadHandler<E>(name: string): Promise<Invoke<E>> {
  const file = new URL(`../../functions/${name}.ts`, import.meta.url);
  const { handler } = (await import(file.href)) as { handler?: Invoke<E> };
  if (typeof handler === 'function') return handler;
  throw new Error(`functions/${name}.ts must export a function named handler`);
}

const loadHttpHandler = async (name: string): Promise<Invoke<APIGatewayProxyEventV2>> =>
  takeTurns(await loadHandler<APIGatewayProxyEventV2>(name), requestsAtOnce);
