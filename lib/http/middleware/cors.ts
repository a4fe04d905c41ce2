/**
 * Lets pages read the answers (CORS). The function does it and not the HTTP API, whose `cors` block would replace the
 * headers of every function and cannot differ by route. An origin that may not read gets no header at all.
 */
import type { MiddlewareObj, Request } from '@middy/core';
import type { ApiEvent, ApiResponse } from '../api-answer.ts';
import { withSecurityHeaders } from './security-headers.ts';

export interface CorsRules {
  readonly isAllowed: (origin: string | undefined) => boolean;
  /** The request headers that a page may set. */
  readonly headers: readonly string[];
  /** The page may send its cookies, and keep those of the answer. */
  readonly withCredentials?: true;
}

/** How long a browser may keep the answer to its preflight; Chromium caps it at two hours. */
const maxAgeSeconds = 3600;

/** Answers every OPTIONS itself. Use it before all that reads, logs or rejects a request, so that errors have the headers, too. */
export function cors(rules: CorsRules): MiddlewareObj<ApiEvent, ApiResponse> {
  const finish = ({ event, response }: Request<ApiEvent, ApiResponse>): void => {
    if (response) response.headers = { ...response.headers, ...readable(event, rules) };
  };
  return {
    before: ({ event }) =>
      event.requestContext.http.method === 'OPTIONS'
        ? withSecurityHeaders({ statusCode: 204, headers: preflight(event, rules) }, event)
        : undefined,
    after: finish,
    onError: finish,
  };
}

function preflight(event: ApiEvent, rules: CorsRules) {
  const headers = readable(event, rules);
  if (!('access-control-allow-origin' in headers)) return headers;
  return {
    ...headers,
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': rules.headers.join(', '),
    'access-control-max-age': String(maxAgeSeconds),
  };
}

/** `Vary` also without permission: a cache must not give one page's answer to another. */
function readable({ headers: { origin } }: ApiEvent, { isAllowed, withCredentials }: CorsRules) {
  if (origin === undefined || !isAllowed(origin)) return { vary: 'origin' };
  return {
    vary: 'origin',
    'access-control-allow-origin': origin,
    ...(withCredentials && { 'access-control-allow-credentials': 'true' }),
  };
}
