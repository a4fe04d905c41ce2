/** Turns an HTTP request into the event that API Gateway's HTTP API sends to Lambda (payload format 2.0). */
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** The route of a request, with the values of its path parameters. */
export interface RouteMatch {
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
}

export interface ReceivedRequest {
  readonly body: Buffer;
  readonly route: RouteMatch;
  /** The path as API Gateway shows it: percent escapes are decoded. */
  readonly rawPath: string;
  readonly requestId: string;
}

const textTypes = /^(?:text\/.*|application\/(?:json|javascript|xml|.*\+json|.*\+xml))$/;

/** Builds the event of a request whose body has been read. */
export function httpEvent(request: IncomingMessage, received: ReceivedRequest): APIGatewayProxyEventV2 {
  const { body, route, rawPath } = received;
  const { headers, cookies } = joinHeaders(request.rawHeaders);
  const [, rawQueryString = ''] = (request.url ?? '/').split(/\?(.*)/s, 2);
  const query = joinQuery(rawQueryString);
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath,
    rawQueryString,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers,
    ...(query ? { queryStringParameters: query } : {}),
    ...(Object.keys(route.pathParameters).length > 0 ? { pathParameters: { ...route.pathParameters } } : {}),
    requestContext: requestContext(request, received, headers),
    ...(body.length > 0 ? encodeBody(body, request.headers) : { isBase64Encoded: false }),
  };
}

function requestContext(
  request: IncomingMessage,
  { route, rawPath, requestId }: ReceivedRequest,
  headers: Readonly<Record<string, string>>,
): APIGatewayProxyEventV2['requestContext'] {
  const now = new Date();
  const domainName = domainOf(headers.host);
  return {
    accountId: '000000000000',
    apiId: 'local',
    domainName,
    domainPrefix: domainName.split('.', 1)[0] ?? domainName,
    http: {
      method: request.method ?? 'GET',
      path: rawPath,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: visitorAddress(request.socket.remoteAddress),
      userAgent: headers['user-agent'] ?? '',
    },
    requestId,
    routeKey: route.routeKey,
    stage: '$default',
    time: clfTime(now),
    timeEpoch: now.getTime(),
  };
}

/** TikTok takes public addresses only, so a caller on this machine gets one of those that are reserved for examples (RFC 5737). */
const exampleAddress = '203.0.113.1';

const visitorAddress = (address = '127.0.0.1'): string =>
  /^(?:::ffff:)?127\.|^::1$/.test(address) ? exampleAddress : address;

/**
 * HTTP APIs pass text unchanged and everything else in base64: forms, binary, compressed and unnamed types.
 * Text that is not UTF-8 is passed in base64 too, so that no byte of it is lost.
 */
function encodeBody(body: Buffer, headers: IncomingMessage['headers']) {
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (textTypes.test(type) && headers['content-encoding'] === undefined) {
    const text = body.toString('utf8');
    if (Buffer.from(text, 'utf8').equals(body)) return { body: text, isBase64Encoded: false };
  }
  return { body: body.toString('base64'), isBase64Encoded: true };
}

/** Names are in lower case; the values of a repeated header are joined by a comma. Cookies have their own list. */
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

/** The values of a repeated key are joined by a comma, in order. */
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

/** The host without its port. API Gateway always names a domain, so an empty header becomes `localhost`. */
const domainOf = (host = ''): string => /^(?:\[[^\]]*\]|[^:]+)/.exec(host)?.[0] ?? 'localhost';
