/** Answers errors as problems. An unknown error is logged by its type and place only: its message can repeat input. */
import type { MiddlewareObj } from '@middy/core';
import { AppError } from '../../errors/app-error.ts';
import type { LogFields } from '../../telemetry/telemetry.ts';
import { type ApiEvent, type ApiResponse, toResponse } from '../api-answer.ts';
import { problemOf } from '../problem.ts';

export const problems = (): MiddlewareObj<ApiEvent, ApiResponse> => ({
  onError: (request) => {
    const { error, event } = request;
    request.response = toResponse({ response: problemOf(error), log: faultOf(error) }, event);
  },
});

/** The log fields of an error that the answer does not explain. */
function faultOf(error: Error | null | undefined): LogFields | undefined {
  if (error instanceof AppError && problemOf(error).status !== 500) return undefined;
  return { error: error?.name ?? 'unknown', stack: placesOf(error) };
}

/** @returns the top eight frames of the stack, without the message, which comes first and can have several lines */
function placesOf(error: Error | null | undefined): string | undefined {
  return error?.stack
    ?.slice(error.stack.indexOf(error.message) + error.message.length)
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .join('\n');
}
