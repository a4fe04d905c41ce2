/** What all senders share: they wait on virtual time, and no fault of theirs is lost. */
import { Breach, fail } from '../breach.ts';
import type { Surroundings } from '../world-parts.ts';

export const pause = (ms: number, { scheduler }: Surroundings): Promise<void> =>
  new Promise((resolve) => void scheduler.after(ms, resolve));

/** Runs the work of a sender. An error of it fails the seed. @param name of the sender */
export const guarded = (
  name: string,
  { scheduler }: Surroundings,
  work: () => Promise<void>,
): Promise<void> =>
  work().catch((error: unknown) => {
    fail(scheduler, `${name} ${error instanceof Breach ? error.message : String(error)}`);
  });
