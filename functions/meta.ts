/** GET /v1/health and GET /v1/openapi.json: what needs neither key nor secret. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { originDigests } from '../lib/config/environment.ts';
import { behindOrigin } from '../lib/http/behind-origin.ts';
import { withSecurityHeaders } from '../lib/http/security-headers.ts';
import { openApiDocument } from '../lib/openapi/openapi.ts';

let document: string | undefined;

function answerTo(rawPath: string): APIGatewayProxyStructuredResultV2 {
  if (rawPath.endsWith('/v1/openapi.json')) {
    document ??= JSON.stringify(openApiDocument());
    return answer(document, 'public, max-age=300');
  }
  return answer('{"status":"ok"}', 'no-store');
}

export const handler = behindOrigin(originDigests(process.env), async (event: APIGatewayProxyEventV2) =>
  withSecurityHeaders(answerTo(event.rawPath), event),
);

const answer = (body: string, cacheControl: string): APIGatewayProxyStructuredResultV2 => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json', 'cache-control': cacheControl },
  body,
});
