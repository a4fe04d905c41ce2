/** GET /v1/health and GET /v1/openapi.json: what needs neither key nor secret. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { openApiDocument } from '../lib/http/openapi.ts';
import { withSecurityHeaders } from '../lib/http/security-headers.ts';

let document: string | undefined;

export const handler = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> =>
  withSecurityHeaders(answerTo(event.rawPath), event);

function answerTo(rawPath: string): APIGatewayProxyStructuredResultV2 {
  if (rawPath.endsWith('/v1/openapi.json')) {
    document ??= JSON.stringify(openApiDocument());
    return answer(document, 'public, max-age=300');
  }
  return answer('{"status":"ok"}', 'no-store');
}

const answer = (body: string, cacheControl: string): APIGatewayProxyStructuredResultV2 => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json', 'cache-control': cacheControl },
  body,
});
