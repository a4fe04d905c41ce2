/**
 * Refuses requests that did not come through the proxy of the stage, such as CloudFront with WAF: the proxy adds a secret
 * header, and the stage knows its SHA-256. The check comes before any other work and is never logged.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { type Problem, toProblemResponse } from './problem.ts';
import { withSecurityHeaders } from './security-headers.ts';

export const originHeader = 'x-origin-secret';

const wrongOrigin: Problem = {
  status: 403,
  code: 'wrong_origin',
  detail: 'This address takes requests through the public address of the gateway only: use that one.',
};

type HttpHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** @param digests SHA-256 in hex of the secrets that are accepted; none lets every request through */
export function behindOrigin(digests: readonly string[], handle: HttpHandler): HttpHandler {
  if (digests.length === 0) return handle;
  const accepted = digests.map((digest) => Buffer.from(digest, 'hex'));
  return async (event, context) => {
    const secret = event.headers[originHeader] ?? '';
    const given = createHash('sha256').update(secret).digest();
    // Every digest is compared, so that time says nothing about which one fits.
    const fits = accepted.map((digest) => timingSafeEqual(digest, given));
    // An absent header is no secret, even where the stage names the digest of an empty text.
    if (secret !== '' && fits.includes(true)) return handle(event, context);
    return withSecurityHeaders(toProblemResponse(wrongOrigin, event.requestContext.requestId), event);
  };
}
