/** An empty world for the tests of single parts. */
import { createRandom } from '../support/random.ts';
import { createScheduler, type Scheduler } from './engine/scheduler.ts';
import { createTrace } from './engine/trace.ts';
import type { Fact, Surroundings } from './world-parts.ts';

export const startMs = Date.parse('2026-11-27T00:00:00Z');

export interface EmptyWorld extends Surroundings {
  readonly facts: Fact[];
  /** Lets `ms` pass, ten seconds unless given. @returns what `work` gave meanwhile */
  readonly during: <Answer>(work: Promise<Answer>, ms?: number) => Promise<Answer>;
}

export function emptyWorld(seed = 1): EmptyWorld {
  const scheduler = createScheduler(startMs);
  const facts: Fact[] = [];
  const trace = createTrace(scheduler.now);
  return {
    scheduler,
    random: createRandom(seed),
    trace,
    facts,
    witness(fact) {
      facts.push(fact);
      trace.note(JSON.stringify(fact));
    },
    during: (work, ms = 10_000) => during(scheduler, work, ms),
  };
}

async function during<Answer>(scheduler: Scheduler, work: Promise<Answer>, ms: number): Promise<Answer> {
  // A rejection during the run is the caller's to see, not an unhandled one.
  work.catch(() => undefined);
  await scheduler.run(scheduler.now() + ms);
  return await Promise.race([work, Promise.reject(new Error(`not done after ${ms} ms`))]);
}
