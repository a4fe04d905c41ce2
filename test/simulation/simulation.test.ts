/** The short form of the simulation; `npm run simulate -- --seeds 100000` is the long one. */
import { describe, expect, test } from 'vitest';
import { explain } from './explain.ts';
import { faults } from './faults/faults.ts';
import type { PlanClass } from './plan/plan.ts';
import { runSeed, type SeedResult } from './run-seed.ts';
import seeds from './seeds.json' with { type: 'json' };
import type { Faults } from './world.ts';

/** Any machine runs these seeds; the time that is left only adds more. */
const leastSeeds = 100;
const budgetMs = 60_000;
const longestTest = { timeout: 600_000 };

/** Runs the seed twice. @returns what is wrong, an empty text when nothing is */
async function problemOf(seed: number): Promise<string> {
  const [first, second] = [await runSeed(seed), await runSeed(seed)];
  if (first.violation !== undefined) return await explain(first);
  return first.digest === second.digest ? '' : `seed ${seed}: the second run has another trace`;
}

test(
  `promises 1 to 4 and 11 hold in ${leastSeeds} simulated worlds or more, each the same twice`,
  longestTest,
  async () => {
    const endsAt = performance.now() + budgetMs;
    for (let seed = 1; seed <= leastSeeds || performance.now() < endsAt; seed += 1)
      expect(await problemOf(seed)).toBe('');
  },
);

test.each(seeds)(
  'promises 1 to 4 and 11 hold in the world of seed %i, kept as a regression',
  longestTest,
  async (seed) => {
    expect(await problemOf(seed)).toBe('');
  },
);

test('eight seeds in a row have every class of plans', longestTest, async () => {
  const classes = new Set<PlanClass>();
  for (let seed = 1; seed <= 8; seed += 1) classes.add((await runSeed(seed)).class);
  expect(classes.size).toBe(5);
});

describe('the invariants', () => {
  /** Each fault is found within these seeds; most of them in the first. */
  const mostSeeds = 100;

  test.each(Object.entries(faults))(
    `find within ${mostSeeds} seeds that %s`,
    longestTest,
    async (_, makeFaults) => {
      for (let seed = 1; seed <= mostSeeds; seed += 1) {
        const { violation } = await runSeed(seed, { faults: makeFaults() });
        if (violation !== undefined) return;
      }
      expect.unreachable('no invariant found it');
    },
  );
});

test('an explanation names the seed, the promise, the event and its last lines', longestTest, async () => {
  const makeFaults = faults['the consumer reports no failures'];
  const failing = await firstFailing(() => makeFaults?.());
  const text = await explain(failing, { faults: makeFaults?.() });
  expect(text).toContain(`seed ${failing.seed} (`);
  expect(text).toContain('promise 1: ');
  expect(text).toContain(failing.violation?.invariant);
  expect(text).toContain(failing.violation?.message);
  expect(text).toMatch(/the last lines of the trace[^\n]*:\n {4}11-27 [\d:.]+ {2}\w/);
  expect(text).toContain(`npm run simulate -- --seed ${failing.seed} --trace`);
});

async function firstFailing(makeFaults: () => Faults | undefined): Promise<SeedResult> {
  for (let seed = 1; ; seed += 1) {
    const result = await runSeed(seed, { faults: makeFaults() });
    if (result.violation !== undefined) return result;
  }
}
