/**
 * Rejects requests that did not come through the proxy of the stage, such as CloudFront with WAF. The proxy adds a secret
 * header, and the stage knows its SHA-256. Use it first in the chain: a rejected request costs no work and no log line.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareObj } from '@middy/core';
import { type ApiEvent, type ApiResponse, traceOf } from '../api-answer.ts';
import { type Problem, toProblemResponse } from '../problem.ts';
import { withSecurityHeaders } from './security-headers.ts';

export const originHeader = 'x-origin-secret';

/** @param digests SHA-256 in hex of the accepted secrets; an empty list accepts every request */
export function behindOrigin(digests: readonly string[]): MiddlewareObj<ApiEvent, ApiResponse> {
  const accepted = digests.map((digest) => Buffer.from(digest, 'hex'));
  return {
    before: ({ event }) => {
      if (accepted.length === 0 || hasSecret(event, accepted)) return undefined;
      // An answer from `before` ends the chain: no later middleware runs, so the headers are added here.
      return withSecurityHeaders(toProblemResponse(wrongOrigin, traceOf(event)), event);
    },
  };
}

function hasSecret({ headers }: ApiEvent, accepted: readonly Buffer[]): boolean {
  const secret = headers[originHeader] ?? '';
  const given = createHash('sha256').update(secret).digest();
  // All digests are compared, so the duration does not reveal which one matches.
  const matches = accepted.map((digest) => timingSafeEqual(digest, given));
  // An absent header never matches, even where the stage names the digest of an empty text.
  return secret !== '' && matches.includes(true);
}

const wrongOrigin: Problem = {
  status: 403,
  code: 'wrong_origin',
  detail: 'This address accepts requests only from the proxy of the gateway. Use the public address instead.',
};
