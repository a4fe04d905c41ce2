/** How long a message waits: steps by receive count, with random jitter so that retries spread out. */

const longestSeconds = 43_200;
const jitter = 0.2;

/**
 * @param steps seconds by receive, from the first; the last step repeats
 * @param receives how often the message has been received, from 1
 * @param random 0 ≤ random < 1
 * @returns whole seconds, from the step up to 20 % more, at most SQS's 12 hours
 */
export function backoffSeconds(steps: readonly number[], receives: number, random: number): number {
  const step = steps[Math.min(Math.max(receives, 1), steps.length) - 1] ?? longestSeconds;
  return Math.min(longestSeconds, Math.floor(step * (1 + jitter * random)));
}
