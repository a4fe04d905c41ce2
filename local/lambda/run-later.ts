/** Asynchronous invocations: Lambda has answered already, and repeats those that fail. */

export interface Retries {
  /** Called with the error of an asynchronous invocation that was the last try. */
  readonly onError: (error: unknown) => void;
  /** The waits before an asynchronous invocation that failed runs again. Lambda's are one and two minutes. */
  readonly retryDelaysMs?: readonly number[];
}

/** Runs it, and again when it fails; gives up when the signal aborts. */
export async function runLater(
  run: () => Promise<unknown>,
  { retryDelaysMs = [], onError }: Retries,
  signal: AbortSignal,
): Promise<void> {
  for (const delayMs of [...retryDelaysMs, undefined]) {
    try {
      await run();
      return;
    } catch (error) {
      if (delayMs === undefined) return onError(error);
    }
    await pause(delayMs, signal);
    if (signal.aborted) return;
  }
}

const pause = (delayMs: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, delayMs);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
