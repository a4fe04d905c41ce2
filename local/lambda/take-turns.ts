/** Limits how many requests a function handles at once. The others wait in order, and none is lost. */
import type { Invoke } from './invoke-function.ts';

/**
 * Lambda gives each request an environment with its own processor. Here one thread handles all of them: without a
 * limit, a burst of requests would run into the timeouts of its calls to the queue and fail.
 * @param atOnce the most requests in progress
 */
export function takeTurns<E>(invoke: Invoke<E>, atOnce: number): Invoke<E> {
  const waiting: (() => void)[] = [];
  let inProgress = 0;
  return async (event, context) => {
    if (inProgress < atOnce) inProgress += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await invoke(event, context);
    } finally {
      const next = waiting.shift();
      // The place passes to the next request directly, so that no newer request can take it.
      if (next) next();
      else inProgress -= 1;
    }
  };
}
