/** Answers every error with a page, and gives the log line its reason without the authorization code. */
import type { MiddlewareObj } from '@middy/core';
import type { ApiEvent, ApiResponse } from '../http/api-answer.ts';
import { errorName } from '../privacy/error-name.ts';
import { MalformedSecretError } from '../secrets/secret-values.ts';
import type { LogFields, Telemetry } from '../telemetry/telemetry.ts';
import { refusalPage } from './pages.ts';
import { type Refusal, RefusedError } from './refusal.ts';

/** In the chain of the oauth function, this takes the place of `problems`. */
export const refusalPages = (telemetry: Telemetry): MiddlewareObj<ApiEvent, ApiResponse> => ({
  onError: (request) => {
    const { error } = request;
    const { refusal, log } = error instanceof RefusedError ? error : internalError(error);
    if (error instanceof RefusedError && error.log.operation !== undefined) telemetry.count('AwsErrors');
    request.response = { ...refusalPage(refusal), log: { reason: refusal, ...log } };
  },
});

/** A malformed secret is named with its field, never its value; of other errors only the name is logged. */
function internalError(error: unknown): { readonly refusal: Refusal; readonly log: LogFields } {
  const detail = error instanceof MalformedSecretError ? error.message : undefined;
  return { refusal: 'internal_error', log: { error: errorName(error), detail } };
}
