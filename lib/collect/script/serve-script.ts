/**
 * GET /v1/browser.js and /v1/browser/<hash>.js: the script of the stage, compressed by the function, because HTTP APIs
 * compress nothing. The answer is the same for everybody, has no cookie, and any page may read it.
 */
import type { MiddlewareObj } from '@middy/core';
import type { ApiEvent, ApiResponse } from '../../http/api-answer.ts';
import { withSecurityHeaders } from '../../http/middleware/security-headers.ts';
import { acceptedEncoding, type Encoding } from './accept-encoding.ts';

export interface ScriptFiles {
  /** Of the bytes of the script; the name of its immutable twin. */
  readonly hash: string;
  readonly bodies: Readonly<Record<Encoding, Uint8Array>>;
}

/** A stage deploys a new script with its settings: pages have it within an hour, and an outage of a week goes unseen. */
const current = 'public, max-age=3600, stale-while-revalidate=604800';
const immutable = 'public, max-age=31536000, immutable';

/** Answers every GET itself: a script is no event, so it costs no line of the journal. */
export const browserScript = (files: ScriptFiles): MiddlewareObj<ApiEvent, ApiResponse> => ({
  before: ({ event }) =>
    event.requestContext.http.method === 'GET'
      ? withSecurityHeaders(serveScript(event, files), event)
      : undefined,
});

function serveScript(event: ApiEvent, { hash, bodies }: ScriptFiles): ApiResponse {
  const { headers, rawPath } = event;
  const isTwin = rawPath.endsWith(`/v1/browser/${hash}.js`);
  // The script of an earlier deployment is gone; a page that names it runs without the tag, as it does when it is blocked.
  if (!isTwin && !rawPath.endsWith('/v1/browser.js')) return { statusCode: 404, headers: anyPage };
  // Weak: the compressed bodies are one script in other bytes (RFC 9110, section 8.8.1).
  const etag = `W/"${hash}"`;
  const common = {
    ...anyPage,
    etag,
    vary: 'accept-encoding',
    'cache-control': isTwin ? immutable : current,
  };
  if (isKnown(headers['if-none-match'], hash)) return { statusCode: 304, headers: common };
  const encoding = acceptedEncoding(headers['accept-encoding']);
  return {
    statusCode: 200,
    headers: {
      ...common,
      'content-type': 'text/javascript; charset=utf-8',
      // The page of another site may run it, also under Cross-Origin-Embedder-Policy.
      'cross-origin-resource-policy': 'cross-origin',
      ...(encoding !== 'identity' && { 'content-encoding': encoding }),
    },
    body: Buffer.from(bodies[encoding]).toString('base64'),
    isBase64Encoded: true,
  };
}

const anyPage = { 'access-control-allow-origin': '*' } as const;

/** `*` is any version (RFC 9110, section 13.1.2). */
const isKnown = (header: string | undefined, hash: string): boolean =>
  header?.trim() === '*' ||
  (header ?? '').split(',', 20).some((tag) => /^\s*(?:W\/)?"([^"]*)"\s*$/.exec(tag)?.[1] === hash);
