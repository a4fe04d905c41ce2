/** Writes the answer of a handler as an HTTP response, by the rules of payload format 2.0. */
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { toProblemResponse } from '../../lib/http/problem.ts';
import { isObject } from '../../lib/schema/is-object.ts';
import type { Refusal } from '../loopback-guard.ts';

export interface PlainResponse {
  readonly status: number;
  readonly headers: Record<string, string | string[]>;
  readonly body: Buffer;
}

const internalError = 'Internal Server Error';

/** API Gateway's own answers: a JSON object with a message. */
export function gatewayMessage(status: number, message: string): PlainResponse {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify({ message })),
  };
}

/**
 * Reads a handler's answer. Without a status code, the whole answer is the JSON body of a 200. With one, a body that
 * is not text, or headers or cookies of the wrong shape, become a 500.
 */
export function plainResponse(answer: unknown): PlainResponse {
  if (!isObject(answer) || answer.statusCode === undefined) {
    const body = typeof answer === 'string' ? answer : JSON.stringify(answer ?? null);
    return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) };
  }
  const status = Number(answer.statusCode);
  const headers = readHeaders(answer.headers);
  const cookies = readCookies(answer.cookies);
  const body = answer.body ?? '';
  const isValid = Number.isInteger(status) && status >= 100 && status <= 599 && typeof body === 'string';
  if (!isValid || !headers || !cookies) return gatewayMessage(500, internalError);
  return {
    status,
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      ...headers,
      ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}),
    },
    body: Buffer.from(body, answer.isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

/** Answers a request that the loopback guard refuses with a 403 problem that names the remedy. */
export function refuseWithProblem(response: ServerResponse, { code, detail }: Refusal): void {
  const requestId = randomUUID();
  writeResponse(
    response,
    plainResponse(toProblemResponse({ status: 403, code, detail }, requestId)),
    requestId,
  );
}

/** Sends the response; a header value that HTTP does not allow becomes a 500. */
export function writeResponse(response: ServerResponse, plain: PlainResponse, requestId: string): void {
  const { 'content-length': _, ...headers } = plain.headers;
  const sent = { 'apigw-requestid': requestId, 'content-length': plain.body.length, ...headers };
  try {
    response.writeHead(plain.status, sent);
  } catch {
    writeResponse(response, gatewayMessage(500, internalError), requestId);
    return;
  }
  response.end(response.req.method === 'HEAD' ? undefined : plain.body);
}

/** @returns lower-case names with text values, or undefined for a value that API Gateway does not accept */
function readHeaders(value: unknown): Record<string, string> | undefined {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) return undefined;
  const headers: Record<string, string> = {};
  for (const [name, header] of Object.entries(value)) {
    if (!['string', 'number', 'boolean'].includes(typeof header)) return undefined;
    headers[name.toLowerCase()] = String(header);
  }
  return headers;
}

function readCookies(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return [];
  const isList = Array.isArray(value) && value.every((cookie) => typeof cookie === 'string');
  return isList ? value : undefined;
}
