/** Loads the handlers of `functions/`, the files that are deployed, and assigns them the routes of the stack. */
import { isDeepStrictEqual } from 'node:util';
import type { APIGatewayProxyEventV2, SQSEvent } from 'aws-lambda';
import { collectRoutes, webhookRoutes } from '../../stack/api/routes.ts';
import type { HttpFunction, Routes } from '../api-gateway/http-api.ts';
import type { LocalStage } from '../stage/local-stage.ts';
import { stageVariables } from './function-environment.ts';
import type { Invoke } from './invoke-function.ts';
import { takeTurns } from './take-turns.ts';

type HttpFunctionName = 'ingest' | 'webhook' | 'oauth' | 'meta';

/** The handlers of all functions. */
export type Functions = Readonly<
  Record<HttpFunctionName, Invoke<APIGatewayProxyEventV2>> & {
    deliver: Invoke<SQSEvent>;
    /** A stage without a collector has none. */
    collect?: Invoke<APIGatewayProxyEventV2> | undefined;
  }
>;

/** Handlers by function; a test can replace any of them, for example by one that calls a child process. */
export type Handlers = Partial<Functions>;

interface HttpFunctionSettings {
  readonly routes: readonly string[];
  readonly timeoutMs: number;
}

/** The routes and timeouts of the stack. */
const httpFunctions = (
  sources: LocalStage['sources'],
): Readonly<Record<HttpFunctionName, HttpFunctionSettings>> => ({
  ingest: { routes: ['POST /v1/events'], timeoutMs: 10_000 },
  webhook: {
    routes: webhookRoutes({ sources }).map(({ key }) => key),
    timeoutMs: 10_000,
  },
  oauth: { routes: ['GET /v1/oauth/start', 'GET /v1/oauth/callback'], timeoutMs: 20_000 },
  meta: { routes: ['GET /v1/health', 'GET /v1/openapi.json'], timeoutMs: 5_000 },
});

/** Requests that one function handles at once; the event source mapping has its own limit. */
const requestsAtOnce = 2;

/** How often this process has loaded functions again. */
let reloads = 0;

/** Loads the handlers that `given` does not contain. A function reads its settings from the environment as it is loaded. */
export async function loadFunctions(
  given: Handlers,
  options: { isReload?: boolean; hasCollector?: boolean } = {},
): Promise<Functions> {
  // A query makes another module of the same file. Node never drops the one before: 0.1 MB of memory for `webhook`,
  // 0.3 MB for all functions together, which is why `unaffected` functions stay.
  if (options.isReload) reloads += 1;
  const query = options.isReload ? `?reload=${reloads}` : '';
  const http = async (name: HttpFunctionName) => given[name] ?? (await loadHttpHandler(name, query));
  return {
    ingest: await http('ingest'),
    webhook: await http('webhook'),
    oauth: await http('oauth'),
    meta: await http('meta'),
    collect: options.hasCollector ? (given.collect ?? (await loadHttpHandler('collect', query))) : undefined,
    deliver: given.deliver ?? (await loadHandler<SQSEvent>('deliver', query)),
  };
}

/** @returns the handlers that read nothing in which the two stages differ, and so need not be loaded again */
export function unaffected(functions: Functions, before: LocalStage, after: LocalStage): Handlers {
  const [old, now] = [stageVariables(before), stageVariables(after)];
  const isCollector = old.COLLECT !== now.COLLECT || isOtherScript(before, after);
  const { collect, ...without } = functions;
  const kept = isCollector ? without : functions;
  const { webhook: _, ...others } = kept;
  const isShared = old.DESTINATIONS !== now.DESTINATIONS || old.CONSENT !== now.CONSENT;
  if (isShared) return { meta: functions.meta };
  return old.SOURCES === now.SOURCES ? kept : others;
}

const isOtherScript = (before: LocalStage, after: LocalStage): boolean =>
  !isDeepStrictEqual(before.collector?.browser, after.collector?.browser);

/** @returns the routes of the stack for a stage with these sources */
export function routesOf(functions: Functions, sources: LocalStage['sources']): Routes {
  const routes = new Map<string, HttpFunction>();
  for (const [key, { routes: routeKeys, timeoutMs }] of Object.entries(httpFunctions(sources))) {
    const name = key as HttpFunctionName;
    for (const routeKey of routeKeys) routes.set(routeKey, { name, invoke: functions[name], timeoutMs });
  }
  if (functions.collect !== undefined)
    for (const { key } of collectRoutes({ collect: {} }))
      routes.set(key, { name: 'collect', invoke: functions.collect, timeoutMs: 10_000 });
  return routes;
}

async function loadHandler<E>(name: string, query: string): Promise<Invoke<E>> {
  const file = new URL(`../../functions/${name}.ts${query}`, import.meta.url);
  const { handler } = (await import(file.href)) as { handler?: Invoke<E> };
  if (typeof handler === 'function') return handler;
  throw new Error(`functions/${name}.ts must export a function named handler`);
}

const loadHttpHandler = async (
  name: HttpFunctionName | 'collect',
  query: string,
): Promise<Invoke<APIGatewayProxyEventV2>> =>
  takeTurns(await loadHandler<APIGatewayProxyEventV2>(name, query), requestsAtOnce);
