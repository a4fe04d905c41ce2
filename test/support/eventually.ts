/** Waits for a state that another process or server reaches in its own time: a bounded wait instead of a fixed one. */

const pauseMs = 25;

/**
 * Asks again and again until `isReached` holds for the answer.
 * @returns the answer that satisfied `isReached`
 * @throws Error with the last answer after `limitMs`
 */
export async function eventually<T>(
  ask: () => T | Promise<T>,
  isReached: (seen: T) => boolean = Boolean,
  limitMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const seen = await ask();
    if (isReached(seen)) return seen;
    if (Date.now() > deadline)
      throw new Error(
        `Not reached within ${limitMs} ms; last seen: ${JSON.stringify(seen)?.slice(0, 2_000)}`,
      );
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
