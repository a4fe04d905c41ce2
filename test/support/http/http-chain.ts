/** A chain of one or more middlewares around a handler, called as Lambda calls it. */
import middy, { type MiddlewareObj } from '@middy/core';
import type { Context } from 'aws-lambda';
import type { ApiEvent, ApiResponse } from '../../../lib/http/api-answer.ts';
import { httpEvent, lambdaContext } from './http-event.ts';

/** @param middlewares any of them may extend the context, so their types differ */
export function runChain<C extends Context>(
  middlewares: readonly MiddlewareObj<ApiEvent, ApiResponse, Error, C>[],
  handle: (event: ApiEvent, context: C) => Promise<ApiResponse>,
  { event = httpEvent(), context = {} }: { event?: ApiEvent; context?: object } = {},
): Promise<ApiResponse> {
  const chain = middy<ApiEvent, ApiResponse, Error, C>().use([...middlewares]);
  return chain.handler(handle)(event, { ...lambdaContext, ...context } as C);
}
