/** Gives the handler the JSON of the body. Rejects other content types, encodings, and more than 1 MiB. */
import type { MiddlewareObj } from '@middy/core';
import type { Context } from 'aws-lambda';
import type { ApiEvent, ApiResponse } from '../api-answer.ts';
import { parseJsonBody, readContent, requireJson } from '../request-body.ts';

/** What `jsonBody` adds to the Lambda context. */
export interface JsonBody {
  json: unknown;
}

export const jsonBody = (): MiddlewareObj<ApiEvent, ApiResponse, Error, Context & JsonBody> => ({
  before: ({ event, context }) => {
    requireJson(event);
    context.json = parseJsonBody(readContent(event));
  },
});
