/** The clock and timers of a function: real ones in Lambda, virtual ones where hours pass in a moment. */
import { setTimeout as pauseFor } from 'node:timers/promises';

export interface Clock {
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Resolves after `ms` milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** A signal that aborts after `ms` milliseconds. */
  readonly timeout: (ms: number) => AbortSignal;
}

export const systemClock: Clock = {
  now: Date.now,
  pause: pauseFor,
  timeout: (ms) => AbortSignal.timeout(ms),
};
