/** The headers that every answer gets, whatever it is: browsers guess no type, and stay with https. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** A year, for this host alone: its subdomains are not ours. Browsers ignore it on http, so that it is not sent there. */
const strictTransport = { 'strict-transport-security': 'max-age=31536000' };

export const withSecurityHeaders = (
  response: APIGatewayProxyStructuredResultV2,
  { headers }: Pick<APIGatewayProxyEventV2, 'headers'>,
): APIGatewayProxyStructuredResultV2 => ({
  ...response,
  headers: {
    ...response.headers,
    'x-content-type-options': 'nosniff',
    // API Gateway sets the header itself, and always to https; on one machine nobody does.
    ...(headers['x-forwarded-proto'] === 'https' && strictTransport),
  },
});
