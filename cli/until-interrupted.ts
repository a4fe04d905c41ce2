/** Ctrl-C ends long work in an orderly way: the first asks it to stop, the second does not wait. */
import { exitCodes } from './exit-codes.ts';
import { note } from './output.ts';

/** @param message what is told at the first Ctrl-C */
export async function untilInterrupted<T>(
  message: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    note(message);
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
