/** API Gateway's HTTP API on one machine: finds the route, calls its function, writes the answer. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { FunctionTimeoutError, type Invoke, invokeFunction } from '../lambda/invoke-function.ts';
import { httpEvent, type RouteMatch } from './http-event.ts';
import { gatewayMessage, type PlainResponse, plainResponse, writeResponse } from './http-response.ts';
import { discardBody, readBody } from './read-body.ts';

/** Lambda takes a request of at most 6 MB; API Gateway answers 413 above it. */
const maxBodyBytes = 6 * 1024 * 1024;

export interface HttpFunction {
  readonly name: string;
  readonly invoke: Invoke<APIGatewayProxyEventV2>;
  /** How long the function may run; API Gateway answers 503 after it. */
  readonly timeoutMs: number;
}

/** `POST /v1/webhooks/{source}` → the function that answers it. */
export type Routes = ReadonlyMap<string, HttpFunction>;

export interface HttpApiSettings {
  readonly routes: Routes;
  /** Told what a function threw, which no client may see. */
  readonly onError?: (functionName: string, error: unknown) => void;
}

/** A listener for `node:http`. It never rejects; a client that goes away is forgotten. */
export function createHttpApi(settings: HttpApiSettings) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = randomUUID();
    let plain: PlainResponse;
    try {
      plain = await answer(request, requestId, settings);
    } catch {
      response.destroy();
      return;
    }
    const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
    // With `connection: close` Node would end the connection after the answer, and a client that is still sending
    // would see a reset in place of the 413.
    if (!request.complete && (length ?? encoding) !== undefined) discardBody(request);
    writeResponse(response, plain, requestId);
  };
}

/** The values of `{name}` parts when `path` has the shape of `template`; an empty part matches nothing. */
function matchPath(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined && value !== part) return undefined;
    if (name !== undefined && value === '') return undefined;
    if (name !== undefined) values[name] = decodeURIComponent(value);
  }
  return values;
}

function findRoute(routes: Routes, method: string, path: string): (RouteMatch & HttpFunction) | undefined {
  for (const [routeKey, route] of routes) {
    const [routeMethod, template = ''] = routeKey.split(' ');
    const pathParameters = routeMethod === method ? matchPath(template, path) : undefined;
    if (pathParameters) return { ...route, routeKey, pathParameters };
  }
  return undefined;
}

async function answer(request: IncomingMessage, requestId: string, settings: HttpApiSettings) {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  let route: ReturnType<typeof findRoute>;
  let rawPath: string;
  try {
    route = findRoute(settings.routes, request.method ?? 'GET', path);
    rawPath = decodeURIComponent(path);
  } catch {
    return gatewayMessage(400, 'Bad Request');
  }
  if (!route) return gatewayMessage(404, 'Not Found');
  const body = await readBody(request, maxBodyBytes);
  if (body === 'too-large') return gatewayMessage(413, 'Request Entity Too Large');
  const event = httpEvent(request, body, route, rawPath);
  event.requestContext.requestId = requestId;
  try {
    return plainResponse(await invokeFunction(route.invoke, event, route));
  } catch (error) {
    settings.onError?.(route.name, error);
    const isTimeout = error instanceof FunctionTimeoutError;
    return isTimeout
      ? gatewayMessage(503, 'Service Unavailable')
      : gatewayMessage(500, 'Internal Server Error');
  }
}
