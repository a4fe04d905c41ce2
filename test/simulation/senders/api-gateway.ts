/**
 * API Gateway between a sender and a function, and the Internet before it: the request or its answer can be lost, a call
 * can come too fast, and no integration may take longer than 30 s.
 */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { LambdaPart, Surroundings } from '../world-parts.ts';

export interface HttpRequest {
  /** `/v1/events` or `/v1/webhooks/<source>`. */
  readonly path: string;
  /** Names in lower case, as API Gateway hands them over. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** After which the sender gives up. */
  readonly timeoutMs: number;
}

export interface HttpAnswer {
  readonly status: number;
  /** From the header `retry-after`; 0 without one. */
  readonly retryAfterMs: number;
  readonly body: string;
}

export interface ApiGateway {
  /** @returns undefined when the sender got no answer: it timed out, or the connection broke */
  readonly send: (request: HttpRequest) => Promise<HttpAnswer | undefined>;
  readonly trouble: GatewayTrouble;
}

/** Shares of requests, from 0 to 1. */
export interface GatewayTrouble {
  losesRequest: number;
  losesAnswer: number;
  /** Get 429 before the function runs. */
  throttles: number;
}

export type HttpFunction = Pick<
  LambdaPart<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>,
  'invoke'
>;

const integrationMs = 30_000;
/** One way through the Internet. */
const travelMs = 20;

export function createApiGateway({ scheduler, random, trace }: Surroundings, fn: HttpFunction): ApiGateway {
  const trouble: GatewayTrouble = { losesRequest: 0, losesAnswer: 0, throttles: 0 };
  let count = 0;
  const isHit = (share: number): boolean => share > 0 && random.isHit(share);
  const after = (ms: number) =>
    new Promise<undefined>((resolve) => void scheduler.after(ms, () => resolve(undefined)));

  async function integrate(event: APIGatewayProxyEventV2): Promise<HttpAnswer> {
    let cancel = (): void => undefined;
    const limit = new Promise<HttpAnswer>((resolve) => {
      cancel = scheduler.after(integrationMs, () => resolve(failure(503, 'Service Unavailable')));
    });
    const answer = fn.invoke(event).then(toAnswer, () => failure(502, 'Internal Server Error'));
    const first = await Promise.race([answer, limit]);
    cancel();
    return first;
  }

  async function travel(request: HttpRequest): Promise<HttpAnswer | undefined> {
    count += 1;
    const id = String(count).padStart(15, '0');
    await after(travelMs);
    if (isHit(trouble.losesRequest)) return undefined;
    const answer = isHit(trouble.throttles)
      ? failure(429, 'Too Many Requests')
      : await integrate(toEvent(request, `${id}=`, scheduler.now()));
    await after(travelMs);
    const isLost = isHit(trouble.losesAnswer);
    trace.note(`http ${id} ${request.path}: ${answer.status}${isLost ? ', lost' : ''}`);
    return isLost ? undefined : answer;
  }

  return {
    trouble,
    async send(request) {
      let cancel = (): void => undefined;
      const timeout = new Promise<undefined>((resolve) => {
        cancel = scheduler.after(request.timeoutMs, () => resolve(undefined));
      });
      const answer = await Promise.race([travel(request), timeout]);
      cancel();
      return answer;
    },
  };
}

const failure = (status: number, message: string): HttpAnswer => ({
  status,
  retryAfterMs: 0,
  body: JSON.stringify({ message }),
});

function toAnswer({
  statusCode = 200,
  headers = {},
  body = '',
}: APIGatewayProxyStructuredResultV2): HttpAnswer {
  const seconds = Number(headers['retry-after'] ?? 0);
  return { status: statusCode, retryAfterMs: seconds * 1000, body };
}

/** @param requestId has the form of API Gateway's own, so that the product takes it as a trace */
function toEvent(
  { path, headers, body }: HttpRequest,
  requestId: string,
  nowMs: number,
): APIGatewayProxyEventV2 {
  return {
    version: '2.0',
    routeKey: `POST ${path}`,
    rawPath: path,
    rawQueryString: '',
    headers: { ...headers, 'x-forwarded-proto': 'https' },
    requestContext: {
      accountId: '111122223333',
      apiId: 'api',
      domainName: 'events.example.com',
      domainPrefix: 'events',
      http: { method: 'POST', path, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'simulation' },
      requestId,
      routeKey: `POST ${path}`,
      stage: '$default',
      time: '',
      timeEpoch: nowMs,
    },
    body,
    isBase64Encoded: false,
  };
}
