/**
 * The simulator alone against mutants: Stryker changes `lib/delivery` in one place at a time, and these seeds must notice. They
 * are quick and of every class, and the first violation ends them.
 */
import { expect, test } from 'vitest';
import { runSeed } from './run-seed.ts';

const seeds = Array.from({ length: 96 }, (_, index) => index + 1);

test('96 seeds of every class hold', { timeout: 240_000 }, async () => {
  for (const seed of seeds) expect((await runSeed(seed)).violation, `seed ${seed}`).toBeUndefined();
});
