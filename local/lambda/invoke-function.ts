/** Calls a function as Lambda does: with a context, a timeout, and an answer that has passed through JSON. */
import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';

/** A function in this process or in another; rejects when it throws or crashes. */
export type Invoke<E> = (event: E, context: Context) => unknown;

/** The function ran out of time; Lambda reports `Task timed out`. */
export class FunctionTimeoutError extends Error {
  override name = 'FunctionTimeoutError';
}

export interface FunctionSettings {
  readonly name: string;
  readonly timeoutMs: number;
}

/**
 * Invokes a function. A handler in this process cannot be stopped at its timeout: its late answer is ignored.
 * @returns the answer after a trip through JSON, as it crosses Lambda's API
 * @throws FunctionTimeoutError, or the error of the function
 */
export async function invokeFunction<E>(
  invoke: Invoke<E>,
  event: E,
  settings: FunctionSettings,
): Promise<unknown> {
  const context = lambdaContext(settings, randomUUID());
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    const message = `${settings.name} timed out after ${settings.timeoutMs} ms`;
    timer = setTimeout(() => reject(new FunctionTimeoutError(message)), settings.timeoutMs);
  });
  const call = Promise.resolve().then(() => invoke(event, context));
  try {
    const answer = await Promise.race([call, timeout]);
    return JSON.parse(JSON.stringify(answer ?? null));
  } finally {
    clearTimeout(timer);
    call.catch(() => undefined);
  }
}

function lambdaContext({ name, timeoutMs }: FunctionSettings, requestId: string): Context {
  const deadline = Date.now() + timeoutMs;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
    memoryLimitInMB: '256',
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
