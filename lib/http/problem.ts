/** The only place that turns errors into HTTP answers: `application/problem+json` (RFC 9457). */
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { DependencyDown, RejectedInput, Unauthenticated } from '../errors/app-error.ts';
import type { ProblemCode } from '../errors/problem-codes.ts';
import type { ProblemBody } from './problem-schema.ts';

const titles = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const;

export type ProblemStatus = keyof typeof titles;

export interface Problem {
  readonly status: ProblemStatus;
  /** Stable machine key, such as `invalid_json`; becomes the end of `type`. */
  readonly code: ProblemCode;
  /** The fault and the remedy, for a person. Never repeats the request. */
  readonly detail: string;
  /** Further members of the body, such as `errors`. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** @returns the answer to an error: its own problem for errors of this project, a 500 for all others */
export function problemOf(error: unknown): Problem {
  if (error instanceof RejectedInput) {
    const { status, code, message: detail, members } = error;
    return { status, code, detail, members };
  }
  if (error instanceof Unauthenticated) {
    const headers = { 'www-authenticate': 'Bearer' };
    return { status: 401, code: error.code, detail: error.message, headers };
  }
  if (error instanceof DependencyDown) {
    const headers = { 'retry-after': String(error.retryAfterSeconds) };
    return { status: 503, code: error.code, detail: error.message, headers };
  }
  return internalError;
}

const internalError: Problem = {
  status: 500,
  code: 'internal_error',
  detail: 'Something failed on our side, and nothing was accepted. Send the request again.',
};

/** How long a caller waits before it resends events that the queue did not store. */
export const retryAfter = { 'retry-after': '2' } as const;

/** @param instance the id of the request, as in the logs */
export function toProblemResponse(problem: Problem, instance: string): APIGatewayProxyStructuredResultV2 {
  const { status, code, detail, members, headers } = problem;
  const type = `urn:tiktok-events:problem:${code}`;
  const body: ProblemBody = { type, title: titles[status], status, detail, instance };
  return {
    statusCode: status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify({ ...body, ...members }),
  };
}
