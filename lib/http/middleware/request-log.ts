/** Writes one log line and the metrics of each request, and gives the handler the time at which the request arrived. */
import type { MiddlewareObj, Request } from '@middy/core';
import type { Context } from 'aws-lambda';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import { type ApiEvent, type ApiResponse, type Received, traceOf } from '../api-answer.ts';

export interface RequestLogContext {
  readonly clients: { readonly telemetry: Telemetry };
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

type LoggedRequest = Request<ApiEvent, ApiResponse, Error, Context & Received>;

/** @param message the text of the log line, such as `events received` */
export function requestLog(
  message: string,
  { clients: { telemetry }, now }: RequestLogContext,
): MiddlewareObj<ApiEvent, ApiResponse, Error, Context & Received> {
  const finish = (request: LoggedRequest): void => {
    const { log, ...response } = request.response ?? { statusCode: 500 };
    const { statusCode: status = 500 } = response;
    if (status === 401) telemetry.count('AuthFailures');
    telemetry[status >= 500 ? 'error' : 'info'](message, {
      trace: traceOf(request.event),
      status,
      duration_ms: now() - request.context.receivedAtMs,
      ...log,
    });
    telemetry.flush();
    request.response = response;
  };
  return {
    before: ({ context }) => {
      context.receivedAtMs = now();
    },
    after: finish,
    onError: finish,
  };
}
