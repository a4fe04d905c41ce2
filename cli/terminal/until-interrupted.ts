/** Stops long work on Ctrl-C: the first one lets it finish in an orderly way, the second one ends the process at once. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { exitCodes } from '../errors/exit-codes.ts';
import { terminal } from './io.ts';
import { note } from './output.ts';

/** One Ctrl-C on a terminal reaches every process of `npm run`, and each passes it on: within this time they count as one. */
const oneKeyPressMs = 1_000;

/** @param message shown at the first Ctrl-C */
export async function untilInterrupted<T>(
  message: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let stoppedAtMs = 0;
  const { onInterrupt, exit } = terminal();
  // A signal comes outside of the command: the binding gives it the command's terminal.
  const stop = AsyncLocalStorage.bind((): void => {
    if (controller.signal.aborted) {
      if (performance.now() - stoppedAtMs > oneKeyPressMs) exit(exitCodes.interrupted);
      return;
    }
    stoppedAtMs = performance.now();
    note(`${message} (Press Ctrl-C again to stop at once.)`);
    controller.abort();
  });
  const endInterrupts = onInterrupt(stop);
  try {
    return await work(controller.signal);
  } finally {
    // The rest of the same key press would otherwise end a command that has stopped in good order.
    if (controller.signal.aborted) setTimeout(endInterrupts, oneKeyPressMs).unref();
    else endInterrupts();
  }
}
