/** The types in the middleware chain of an HTTP function: API Gateway's event, a handler's answer, and the response. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { LogFields } from '../telemetry/telemetry.ts';
import { type Problem, toProblemResponse } from './problem.ts';

export type ApiEvent = APIGatewayProxyEventV2;

/** A response, and the fields of the request's log line besides status and duration. */
export interface ApiAnswer {
  readonly response: APIGatewayProxyStructuredResultV2 | Problem;
  readonly log?: LogFields | undefined;
}

/** A response inside the chain. The middleware `requestLog` writes `log` and removes it. */
export interface ApiResponse extends APIGatewayProxyStructuredResultV2 {
  log?: LogFields;
}

/** What `requestLog` adds to the Lambda context. */
export interface Received {
  /** When the request arrived, in milliseconds since 1970. */
  receivedAtMs: number;
}

/** The id that ties the request to its messages and log lines: API Gateway's id of the request. */
export const traceOf = ({ requestContext }: ApiEvent): string => requestContext.requestId;

/** @returns the response to `event`, with the code of a problem as the `reason` of the log line */
export function toResponse({ response, log }: ApiAnswer, event: ApiEvent): ApiResponse {
  if (!('code' in response)) return { ...response, log: log ?? {} };
  return { ...toProblemResponse(response, traceOf(event)), log: { reason: response.code, ...log } };
}
