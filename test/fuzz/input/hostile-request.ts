/** The parts of a request around its body: headers, query and encoding, as API Gateway hands them over. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { httpEvent } from '../../support/http/http-event.ts';
import type { Random } from '../../support/random.ts';
import { canary } from './canary.ts';
import { hostileValue } from './hostile-values.ts';

export interface RequestSeed {
  readonly path: string;
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const types = [
  'application/json; charset=utf-8',
  'APPLICATION/JSON ;charset="latin1"',
  'application/vnd.api+json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
  'application/json,application/json',
  '',
  ';;;',
  `application/${'a.'.repeat(2_000)}+json`,
] as const;

const strangeHeaders: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'content-encoding': ['gzip', 'identity', 'br, gzip', ''],
  'idempotency-key': ['key-1', '', ' ', 'ü', 'a'.repeat(256), canary.email],
  prefer: ['handling=strict', 'handling=lenient', 'respond-async, handling="strict"', 'a=b,'.repeat(3_000)],
  'x-forwarded-for': ['203.0.113.7, 10.0.0.1', '1.'.repeat(2_000)],
  cookie: [`email=${canary.email}`],
};

/** @returns a request whose body is text, or base64 where text cannot carry it */
export function hostileRequest(seed: RequestSeed, random: Random): APIGatewayProxyEventV2 {
  const { path, method = 'POST', query = {}, body } = seed;
  const isBase64Encoded = random.isHit(0.3) || !isText(body);
  const event = httpEvent({
    path,
    method,
    headers: hostileHeaders(seed.headers, random),
    body: random.isHit(0.005) ? undefined : body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  });
  if (Object.keys(query).length === 0) return event;
  const rawQueryString = new URLSearchParams({ ...query }).toString();
  return { ...event, queryStringParameters: { ...query }, rawQueryString };
}

function hostileHeaders(given: Readonly<Record<string, string>>, random: Random): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/json', ...given };
  if (random.isHit(0.1)) headers['content-type'] = random.pick(types);
  for (const [name, values] of Object.entries(strangeHeaders))
    if (random.isHit(0.03)) headers[name] = random.pick(values);
  if (random.isHit(0.02)) headers['x-strange'] = JSON.stringify(hostileValue(random)) ?? '';
  return headers;
}

const isText = (bytes: Buffer): boolean => Buffer.from(bytes.toString('utf8')).equals(bytes);
