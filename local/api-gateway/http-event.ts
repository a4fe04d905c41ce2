/** Turns an HTTP request into the event that API Gateway's HTTP API hands to Lambda: payload format 2.0. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** A route that was found, with the values of its path. */
export interface RouteMatch {
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
}

const textTypes = /^(?:text\/.*|application\/(?:json|javascript|xml|.*\+json|.*\+xml))$/;

/** Builds the event. `rawPath` is the path as API Gateway shows it: percent escapes decoded. */
export function httpEvent(
  request: IncomingMessage,
  body: Buffer,
  match: RouteMatch,
  rawPath: string,
): APIGatewayProxyEventV2 {
  const { headers, cookies } = joinHeaders(request.rawHeaders);
  const [, rawQueryString = ''] = (request.url ?? '/').split(/\?(.*)/s, 2);
  const query = joinQuery(rawQueryString);
  const now = new Date();
  const domainName = domainOf(headers.host);
  return {
    version: '2.0',
    routeKey: match.routeKey,
    rawPath,
    rawQueryString,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers,
    ...(query ? { queryStringParameters: query } : {}),
    ...(Object.keys(match.pathParameters).length > 0 ? { pathParameters: { ...match.pathParameters } } : {}),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName,
      domainPrefix: domainName.split('.', 1)[0] ?? domainName,
      http: {
        method: request.method ?? 'GET',
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: match.routeKey,
      stage: '$default',
      time: clfTime(now),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 ? encodeBody(body, request.headers) : { isBase64Encoded: false }),
  };
}

/**
 * HTTP APIs hand over text as it is and everything else in base64: forms, binary, compressed and unnamed types.
 * Text that is not UTF-8 comes in base64 too, so that no byte of it is lost.
 */
function encodeBody(body: Buffer, headers: IncomingMessage['headers']) {
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (textTypes.test(type) && headers['content-encoding'] === undefined) {
    const text = body.toString('utf8');
    if (Buffer.from(text, 'utf8').equals(body)) return { body: text, isBase64Encoded: false };
  }
  return { body: body.toString('base64'), isBase64Encoded: true };
}

/** Lower-case names; a header that is sent twice is joined by a comma. Cookies have a list of their own. */
function joinHeaders(rawHeaders: string[]): { headers: Record<string, string>; cookies: string[] } {
  const headers = new Map<string, string>();
  const cookies: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = rawHeaders[index + 1] ?? '';
    if (name === 'cookie') cookies.push(...value.split(/;\s*/).filter((cookie) => cookie !== ''));
    else headers.set(name, headers.has(name) ? `${headers.get(name)},${value}` : value);
  }
  return { headers: Object.fromEntries(headers), cookies };
}

/** A key that is sent twice keeps its values in order, joined by a comma. */
function joinQuery(rawQueryString: string): Record<string, string> | undefined {
  if (rawQueryString === '') return undefined;
  const query = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(rawQueryString)) {
    query.set(key, query.has(key) ? `${query.get(key)},${value}` : value);
  }
  return Object.fromEntries(query);
}

/** API Gateway writes the time of a request as `22/Nov/2026:15:12:16 +0000`. */
function clfTime(date: Date): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(date.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}

/** The host without its port; API Gateway always has one, so that an empty header is as good as none. */
const domainOf = (host = ''): string => /^(?:\[[^\]]*\]|[^:]+)/.exec(host)?.[0] ?? 'localhost';
