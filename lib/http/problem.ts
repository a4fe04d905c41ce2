/** Errors of the HTTP API as `application/problem+json` (RFC 9457): one place that turns errors into answers. */
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

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
  readonly code: string;
  /** One sentence for a person: what is wrong and what to do. Never repeats what was sent. */
  readonly detail: string;
  /** Further members of the body, such as `errors`. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown by the steps before the handler to end a request with a problem. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail, options);
    this.problem = problem;
  }
}

/** How long a caller should wait before it sends again what the queue refused. */
export const retryAfter = { 'retry-after': '2' } as const;

/** @param instance the id of the request, which the logs carry too */
export function toProblemResponse(problem: Problem, instance: string): APIGatewayProxyStructuredResultV2 {
  const { status, code, detail, members, headers } = problem;
  return {
    statusCode: status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify({
      type: `urn:tiktok-events:problem:${code}`,
      title: titles[status],
      status,
      detail,
      instance,
      ...members,
    }),
  };
}
