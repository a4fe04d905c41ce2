/** Adds the security headers of every answer: browsers must not guess the content type, and must stay on https. */
import type { MiddlewareObj, Request } from '@middy/core';
import type { ApiEvent, ApiResponse } from '../api-answer.ts';

export function securityHeaders(): MiddlewareObj<ApiEvent, ApiResponse> {
  const finish = (request: Request<ApiEvent, ApiResponse>): void => {
    if (request.response) request.response = withSecurityHeaders(request.response, request.event);
  };
  return { after: finish, onError: finish };
}

/** A year, for this host alone: its subdomains belong to others. */
const strictTransport = { 'strict-transport-security': 'max-age=31536000' };

export const withSecurityHeaders = (response: ApiResponse, { headers }: ApiEvent): ApiResponse => ({
  ...response,
  headers: {
    ...response.headers,
    'x-content-type-options': 'nosniff',
    // API Gateway always sets x-forwarded-proto to https. Local requests have no such header, and browsers ignore HSTS on http.
    ...(headers['x-forwarded-proto'] === 'https' && strictTransport),
  },
});
