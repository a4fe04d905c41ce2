/** A fault that nobody in the simulated world may swallow, such as a malformed request: it ends the run and fails the seed. */
import type { Scheduler } from './engine/scheduler.ts';

export class Breach extends Error {
  override readonly name = 'Breach';
}

/**
 * Throws out of the scheduler, past the code under test, which would take an error of a service for a lost connection.
 * @returns the error, for a caller that also wants to reject with it
 */
export function fail(scheduler: Scheduler, message: string): Breach {
  const breach = new Breach(message);
  scheduler.after(0, () => {
    throw breach;
  });
  return breach;
}
