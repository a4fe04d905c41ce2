/** A local API Gateway HTTP API: finds the route, calls its function, writes the answer. */
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
  /** How long the function may run; then API Gateway answers 503. */
  readonly timeoutMs: number;
}

/** `POST /v1/webhooks/{source}` → the function that answers it. */
export type Routes = ReadonlyMap<string, HttpFunction>;

export interface HttpApiSettings {
  readonly routes: Routes;
  /** Called with the error of a function; clients only see a 500 or 503. */
  readonly onError?: (functionName: string, error: unknown) => void;
}

/** Creates a listener for `node:http` that never rejects; it ignores clients that disconnect. */
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
    // With `connection: close` Node ends the connection after the answer: a client that is still sending would see a
    // reset instead of the 413.
    if (!request.complete && (length ?? encoding) !== undefined) discardBody(request);
    writeResponse(response, plain, requestId);
  };
}

/** The last part of a route, for the rest of the path, even the empty one behind a slash: `{proxy+}`. */
const greedy = /\/\{(\w+)\+\}$/;

/** @returns the values of the `{name}` parts, or undefined when `path` does not fit; an empty part fits nothing */
function matchPath(template: string, path: string): Record<string, string> | undefined {
  const rest = greedy.exec(template)?.[1];
  const wanted = template.replace(greedy, '').split('/');
  const parts = path.split('/');
  const given = rest === undefined ? parts : parts.slice(0, wanted.length);
  if (rest !== undefined && parts.length <= wanted.length) return undefined;
  if (wanted.length !== given.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined && value !== part) return undefined;
    if (name !== undefined && value === '') return undefined;
    if (name !== undefined) values[name] = decodeURIComponent(value);
  }
  if (rest !== undefined) values[rest] = decodeURIComponent(parts.slice(wanted.length).join('/'));
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
  const event = httpEvent(request, { body, route, rawPath, requestId });
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
