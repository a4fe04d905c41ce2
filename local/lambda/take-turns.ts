/** Lets a function work on a few requests at once; the others wait for their turn, in order, and none is lost. */
import type { Invoke } from './invoke-function.ts';

/**
 * Lambda gives each request an environment with a processor of its own. Here one thread stands for all of them: a crowd
 * let in at once would only run into the time limits of its calls to the queue, and be given back.
 * @param atOnce requests in work at once
 */
export function takeTurns<E>(invoke: Invoke<E>, atOnce: number): Invoke<E> {
  const waiting: (() => void)[] = [];
  let inWork = 0;
  return async (event, context) => {
    if (inWork < atOnce) inWork += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await invoke(event, context);
    } finally {
      const next = waiting.shift();
      // The place is handed on, so that nobody can come between.
      if (next) next();
      else inWork -= 1;
    }
  };
}
