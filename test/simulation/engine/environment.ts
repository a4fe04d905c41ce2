/**
 * An execution environment of Lambda. The code in it reaches the world through `call` and `clock` only, so it can die at any
 * of its awaits: before a call has an effect, or after the effect and before the answer. A dead environment's promises never
 * settle. Between invocations it is frozen: its timers fire when it is used again, however late.
 */
import type { Clock } from '../../../lib/clock/clock.ts';
import { type Scheduler, timedOut } from './scheduler.ts';

export interface Environment {
  readonly clock: Clock;
  /** Runs a call of the code to the world. */
  readonly call: <Answer>(call: () => Promise<Answer>) => Promise<Answer>;
  /**
   * Runs the function once. Rejects with `CrashError` or `TimeoutError` when the environment dies first, which ends it.
   * @param run gets what `context.getRemainingTimeInMillis` gives
   */
  readonly invoke: <Answer>(
    timeoutMs: number,
    run: (remainingMs: () => number) => Promise<Answer>,
  ) => Promise<Answer>;
  readonly isAlive: () => boolean;
}

export interface EnvironmentOptions {
  readonly scheduler: Scheduler;
  /** Decides at each call of the code whether the process dies there; `before` its effect or after it. */
  readonly crashes: (moment: 'before' | 'after') => boolean;
}

export class CrashError extends Error {
  override readonly name = 'CrashError';
}

export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

export function createEnvironment({ scheduler, crashes }: EnvironmentOptions): Environment {
  let isAlive = true;
  let isFrozen = true;
  let onDeath: (error: Error) => void = () => {};
  const late: (() => void)[] = [];

  const die = (error: Error): void => {
    isAlive = false;
    onDeath(error);
  };
  /** Runs `step` of the code: never when it is dead, later when it is frozen. */
  const resume = (step: () => void): void => {
    if (isFrozen) late.push(step);
    else if (isAlive) step();
  };

  const clock: Clock = {
    now: scheduler.now,
    pause: (ms) => new Promise((resolve) => void scheduler.after(ms, () => resume(resolve))),
    timeout(ms) {
      const controller = new AbortController();
      const abort = () => controller.abort(timedOut);
      scheduler.after(ms, () => resume(abort));
      return controller.signal;
    },
  };

  const call = <Answer>(reach: () => Promise<Answer>): Promise<Answer> =>
    new Promise((resolve, reject) => {
      if (!isAlive) return;
      if (crashes('before')) return die(new CrashError());
      const settle = (step: () => void) => {
        if (!isAlive) return;
        if (crashes('after')) die(new CrashError());
        else resume(step);
      };
      reach().then(
        (answer) => settle(() => resolve(answer)),
        (error: unknown) => settle(() => reject(error)),
      );
    });

  async function invoke<Answer>(timeoutMs: number, run: (remainingMs: () => number) => Promise<Answer>) {
    const endsAtMs = scheduler.now() + timeoutMs;
    isFrozen = false;
    for (const step of late.splice(0)) step();
    const death = new Promise<never>((_, reject) => {
      onDeath = reject;
    });
    const cancel = scheduler.after(timeoutMs, () => die(new TimeoutError()));
    try {
      return await Promise.race([run(() => endsAtMs - scheduler.now()), death]);
    } finally {
      cancel();
      isFrozen = true;
    }
  }

  return { clock, call, invoke, isAlive: () => isAlive };
}
