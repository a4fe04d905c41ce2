/**
 * Virtual time. Everything that happens later is a step in one queue, ordered by time and then by the order in which it was
 * scheduled. After each step, all promises that it settled have run before the next step starts, so that the same seed
 * gives the same run.
 */
import type { Clock } from '../../../lib/clock/clock.ts';
import { createHeap } from './heap.ts';

export interface Scheduler {
  /** Virtual Unix milliseconds, whole ones as of any clock. */
  readonly now: () => number;
  /** Runs `step` in `ms` milliseconds, rounded, 0 or more. @returns a function that cancels it */
  readonly after: (ms: number, step: () => void) => () => void;
  /**
   * Runs steps until none is left, or until `untilMs`, at which the clock then is.
   * @param isOver ends the run after a step, and leaves the clock there
   * @returns how many steps ran
   */
  readonly run: (untilMs: number, isOver?: () => boolean) => Promise<number>;
}

interface Step {
  readonly atMs: number;
  readonly order: number;
  run: (() => void) | undefined;
}

const isBefore = (a: Step, b: Step): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

/** @param startMs virtual Unix milliseconds at the start */
export function createScheduler(startMs: number): Scheduler {
  const steps = createHeap(isBefore);
  let nowMs = startMs;
  let order = 0;
  return {
    now: () => nowMs,
    after(ms, run) {
      const step: Step = { atMs: nowMs + Math.max(0, Math.round(ms)), order: order++, run };
      steps.push(step);
      return () => {
        step.run = undefined;
      };
    },
    async run(untilMs, isOver = () => false) {
      let count = 0;
      // Work that was started before the run reaches its first wait.
      await loopTurned();
      for (let step = steps.peek(); step !== undefined && step.atMs <= untilMs; step = steps.peek()) {
        steps.pop();
        if (step.run === undefined) continue;
        nowMs = step.atMs;
        step.run();
        count += 1;
        await (count % turnEvery === 0 ? loopTurned() : promisesSettled());
        if (isOver()) return count;
      }
      nowMs = Math.max(nowMs, untilMs);
      return count;
    },
  };
}

/** Node runs all promise callbacks, and those that they add, before the next tick. */
const promisesSettled = () => new Promise<void>((resolve) => void process.nextTick(resolve));

/** A turn of the event loop costs ten ticks, and lets the process do whatever else it has to. */
const loopTurned = () => new Promise<void>((resolve) => void setImmediate(resolve));
const turnEvery = 256;

/** The reason of every signal that aborts: making one, with its stack, costs more than the step itself. */
export const timedOut = new DOMException('timed out', 'TimeoutError');

/** The clock of everything that neither crashes nor freezes: senders, services, the world itself. */
export function clockOf(scheduler: Scheduler): Clock {
  return {
    now: scheduler.now,
    pause: (ms) => new Promise((resolve) => void scheduler.after(ms, resolve)),
    timeout(ms) {
      const controller = new AbortController();
      scheduler.after(ms, () => controller.abort(timedOut));
      return controller.signal;
    },
  };
}
