/** Runs one seed: draws its plan, lets the world run until all troubles are over and the queue is empty, and checks the books. */
import { createBooks } from './books/books.ts';
import type { Violation } from './books/check.ts';
import { createScheduler } from './engine/scheduler.ts';
import { createTrace } from './engine/trace.ts';
import { drawPlan } from './plan/draw-plan.ts';
import type { Plan, PlanClass } from './plan/plan.ts';
import { createWorld, type Faults, type World } from './world.ts';

export interface SeedResult {
  readonly seed: number;
  readonly class: PlanClass;
  readonly steps: number;
  readonly events: number;
  readonly calls: number;
  readonly virtualMs: number;
  /** Of the trace: equal when two runs were the same. */
  readonly digest: string;
  readonly violation: Violation | undefined;
}

export interface SeedOptions {
  /** Gets each line of the trace. */
  readonly onLine?: ((line: string) => void) | undefined;
  /** Parts that are broken on purpose, to prove that the invariants find it. */
  readonly faults?: Faults | undefined;
}

export const startMs = Date.parse('2026-11-27T00:00:00Z');

export async function runSeed(seed: number, { onLine, faults }: SeedOptions = {}): Promise<SeedResult> {
  const plan = drawPlan(seed);
  const scheduler = createScheduler(startMs);
  const trace = createTrace(scheduler.now, onLine);
  const books = createBooks({ plan, trace, now: scheduler.now });
  const world = createWorld({ plan, scheduler, trace, witness: books.witness, faults });
  const steps = await run(world, plan, books, scheduler);
  if (books.violation() === undefined) books.close();
  return {
    seed,
    class: plan.class,
    steps,
    ...books.counts(),
    virtualMs: scheduler.now() - startMs,
    digest: trace.digest(),
    violation: books.violation(),
  };
}

const minute = 60_000;
const hour = 60 * minute;
/** The ladder with all its jitter takes 32.2 h; a hold takes longer, and crashes lengthen it. */
const drainsWithinMs = 48 * hour;
/** SQS can hand out a message again within a minute after it was deleted. */
const afterglowMs = 10 * minute;
/** A usual seed takes some thousands. */
const mostSteps = 300_000;

async function run(
  world: World,
  { healedMs }: Plan,
  books: ReturnType<typeof createBooks>,
  scheduler: ReturnType<typeof createScheduler>,
): Promise<number> {
  let steps = 0;
  let countedSteps = 0;
  const isOver = (): boolean => {
    countedSteps += 1;
    return books.violation() !== undefined || countedSteps > mostSteps;
  };
  const advance = async (ms: number): Promise<void> => {
    steps += await scheduler.run(scheduler.now() + ms, isOver);
  };
  try {
    world.start();
    while (!isOver() && (!world.hasSent() || scheduler.now() < startMs + healedMs)) await advance(hour);
    const dueMs = scheduler.now() + drainsWithinMs;
    while (!isOver() && !world.isDrained() && scheduler.now() < dueMs) await advance(hour);
    if (!isOver()) await advance(afterglowMs);
    if (!world.isDrained())
      books.violate(
        'promise1DrainsInTime',
        'promise 1: the queue is not empty, long after all troubles ended',
      );
  } catch (error) {
    books.violate('breach', error instanceof Error ? error.message : String(error));
  }
  return steps;
}
