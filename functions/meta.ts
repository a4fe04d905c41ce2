/** GET /v1/health and GET /v1/openapi.json: the two answers that need neither a key nor a secret. */
import middy from '@middy/core';
import { originDigests } from '../lib/config/origin-digests.ts';
import type { ApiEvent, ApiResponse } from '../lib/http/api-answer.ts';
import { behindOrigin } from '../lib/http/middleware/behind-origin.ts';
import { securityHeaders } from '../lib/http/middleware/security-headers.ts';
import document from '../lib/openapi/openapi.json' with { type: 'json' };

const openApi = JSON.stringify(document);

export const handler = middy<ApiEvent, ApiResponse>()
  .use(behindOrigin(originDigests(process.env)))
  .use(securityHeaders())
  .handler(async ({ rawPath }) =>
    rawPath.endsWith('/v1/openapi.json')
      ? answer(openApi, 'public, max-age=300')
      : answer('{"status":"ok"}', 'no-store'),
  );

const answer = (body: string, cacheControl: string): ApiResponse => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json', 'cache-control': cacheControl },
  body,
});
