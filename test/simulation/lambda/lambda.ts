/**
 * A Lambda function: a pool of environments. A run takes a free one or starts a cold one; an environment that crashed or ran
 * out of time is never used again, and one that is free is frozen.
 */
import { createRandom } from '../../support/random.ts';
import { createEnvironment, type Environment } from '../engine/environment.ts';
import { clockOf } from '../engine/scheduler.ts';
import type { LambdaPart, LambdaTrouble, Surroundings } from '../world-parts.ts';
import type { Code } from './functions.ts';
import { type Outside, type Reach, reachFrom } from './reach.ts';

export interface LambdaSettings<Event, Answer> {
  readonly name: string;
  readonly timeoutMs: number;
  /** Runs at the same time; Lambda rejects those beyond it. */
  readonly maxConcurrency: number;
  readonly load: (reach: Reach) => Code<Event, Answer>;
}

/** Lambda has no environment left for the run. */
export class ThrottledError extends Error {
  override readonly name = 'TooManyRequestsException';
}

interface Loaded<Event, Answer> {
  readonly environment: Environment;
  readonly run: Code<Event, Answer>;
}

const leastStartMs = 250;
const mostStartMs = 900;

export function createLambda<Event, Answer>(
  { scheduler, random: chance, trace }: Surroundings,
  outside: Outside,
  { name, timeoutMs, maxConcurrency, load }: LambdaSettings<Event, Answer>,
): LambdaPart<Event, Answer> {
  const random = createRandom(chance.between(0, 0xffff_ffff));
  const { pause } = clockOf(scheduler);
  const trouble: LambdaTrouble = { crashes: 0, startsCold: 0 };
  const free: Loaded<Event, Answer>[] = [];
  let running = 0;

  const start = async (): Promise<Loaded<Event, Answer>> => {
    trace.note(`${name} starts cold`);
    await pause(random.between(leastStartMs, mostStartMs));
    // Each call has two moments at which the process can die.
    const crashes = () => random.isHit(trouble.crashes / 2);
    const environment = createEnvironment({ scheduler, crashes });
    return { environment, run: load(reachFrom(environment, outside, random)) };
  };
  const take = (): Loaded<Event, Answer> | undefined =>
    random.isHit(trouble.startsCold) ? undefined : free.pop();

  return {
    trouble,
    async invoke(event) {
      if (running >= maxConcurrency) throw new ThrottledError(`${name} is throttled`);
      running += 1;
      try {
        const loaded = take() ?? (await start());
        const { environment, run } = loaded;
        try {
          return await environment.invoke(timeoutMs, (remainingMs) => run(event, remainingMs));
        } finally {
          if (environment.isAlive()) free.push(loaded);
          else trace.note(`${name} died`);
        }
      } finally {
        running -= 1;
      }
    },
  };
}
