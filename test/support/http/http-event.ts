/** Requests as API Gateway hands them to a function (payload format 2.0). */
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';

export interface RequestParts {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | undefined;
  readonly isBase64Encoded?: boolean;
}

export function httpEvent({
  method = 'POST',
  path = '/v1/events',
  headers = { 'content-type': 'application/json' },
  body,
  isBase64Encoded = false,
}: RequestParts = {}): APIGatewayProxyEventV2 {
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: '',
    headers,
    requestContext: {
      accountId: '123456789012',
      apiId: 'api',
      domainName: 'api.example',
      domainPrefix: 'api',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'test' },
      requestId: 'request-1',
      routeKey: `${method} ${path}`,
      stage: '$default',
      time: '01/Jun/2026:12:00:00 +0000',
      timeEpoch: 1_780_315_200_000,
    },
    isBase64Encoded,
    ...(body !== undefined && { body }),
  };
}

export const lambdaContext = {
  awsRequestId: 'invocation-1',
  getRemainingTimeInMillis: () => 10_000,
} as Context;
