/** What every HTTP function shares: a middy chain that turns errors into problems, logs one line, flushes metrics. */
import middy, { type MiddlewareObj, type Request } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { LogFields, Telemetry } from '../telemetry/telemetry.ts';
import { type Problem, ProblemError, toProblemResponse } from './problem.ts';
import { withSecurityHeaders } from './security-headers.ts';

/** What a function answers, and what the one log line of the request says beside status and duration. */
export interface ApiAnswer {
  readonly response: APIGatewayProxyStructuredResultV2 | Problem;
  readonly log?: LogFields;
}

type ApiEvent = APIGatewayProxyEventV2;
type ApiHandler = (event: ApiEvent, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

/** Correlates the request, its messages and its log lines: API Gateway's id of the request. */
export const traceOf = (event: ApiEvent): string => event.requestContext.requestId;

/** @param message the text of the log line, such as `events received` */
export function createApiHandler(
  message: string,
  telemetry: Telemetry,
  handle: (event: ApiEvent) => Promise<ApiAnswer>,
): ApiHandler {
  return middy<ApiEvent, ApiAnswer>()
    .use(answerAndLog(message, telemetry))
    .handler(handle) as unknown as ApiHandler;
}

type ApiMiddleware = MiddlewareObj<ApiEvent, ApiAnswer, Error, Context, { receivedAtMs?: number }>;
type ApiRequest = Request<ApiEvent, ApiAnswer, Error, Context, { receivedAtMs?: number }>;

function answerAndLog(message: string, telemetry: Telemetry): ApiMiddleware {
  const finish = (request: ApiRequest, { response, log }: ApiAnswer): void => {
    const trace = traceOf(request.event);
    const problem = 'code' in response ? response : undefined;
    const plain = 'code' in response ? toProblemResponse(response, trace) : response;
    const answer = withSecurityHeaders(plain, request.event);
    const duration_ms = Date.now() - (request.internal.receivedAtMs ?? Date.now());
    const level = (answer.statusCode ?? 500) >= 500 ? 'error' : 'info';
    if (answer.statusCode === 401) telemetry.count('AuthFailures');
    telemetry[level](message, {
      trace,
      status: answer.statusCode,
      reason: problem?.code,
      duration_ms,
      ...log,
    });
    telemetry.flush();
    // The chain is typed by what the handler gives; what leaves it is Lambda's response.
    (request as { response: unknown }).response = answer;
  };
  return {
    before: ({ internal }) => {
      internal.receivedAtMs = Date.now();
    },
    after: (request) => finish(request, request.response as ApiAnswer),
    onError: (request) => finish(request, answerTo(request.error)),
  };
}

/** A fault of ours is told by its type and place only: messages of libraries can repeat what was sent. */
function answerTo(error: Error | null | undefined): ApiAnswer {
  if (error instanceof ProblemError) return { response: error.problem };
  const stack = error?.stack
    ?.slice(error.stack.indexOf(error.message) + error.message.length)
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .join('\n');
  const detail = 'Something failed on our side and nothing was accepted: send the request again.';
  return {
    response: { status: 500, code: 'internal_error', detail },
    log: { error: error?.name ?? 'unknown', stack },
  };
}
