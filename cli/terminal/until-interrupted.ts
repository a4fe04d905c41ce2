/** Stops long work on Ctrl-C: the first one lets it finish in an orderly way, the second one ends the process at once. */
import { exitCodes } from '../errors/exit-codes.ts';
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
  const stop = (): void => {
    if (controller.signal.aborted) {
      if (performance.now() - stoppedAtMs > oneKeyPressMs) process.exit(exitCodes.interrupted);
      return;
    }
    stoppedAtMs = performance.now();
    note(`${message} (Once more to stop at once.)`);
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}
