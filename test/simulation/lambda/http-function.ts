/** A function behind API Gateway: its sender gets an answer whatever happens to the function. */
import type { ApiEvent, ApiResponse } from '../../../lib/http/api-answer.ts';
import { TimeoutError } from '../engine/environment.ts';
import type { LambdaPart } from '../world-parts.ts';
import { ThrottledError } from './lambda.ts';

/** @returns the function; a run that fails is answered 502, one that is too slow or finds no environment 503 */
export const behindGateway = ({
  trouble,
  invoke,
}: LambdaPart<ApiEvent, ApiResponse>): LambdaPart<ApiEvent, ApiResponse> => ({
  trouble,
  async invoke(event) {
    try {
      return await invoke(event);
    } catch (error) {
      return error instanceof TimeoutError || error instanceof ThrottledError
        ? answer(503, 'Service Unavailable')
        : answer(502, 'Bad Gateway');
    }
  },
});

const answer = (statusCode: number, message: string): ApiResponse => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message }),
});
