/** A process whose lib has one planted fault: runs seeds until one of them finds it, and answers which. */
import { registerHooks } from 'node:module';
import { plant } from './plant.ts';
import { plantedFaults } from './planted-faults.ts';

/** `seed` is undefined when no seed finds the fault. */
export interface SearchResult {
  readonly seed: number | undefined;
  readonly invariant: string | undefined;
}

const [name = '', seeds = ''] = process.argv.slice(2);
const fault = plantedFaults.find((each) => each.name === name);
if (fault === undefined) throw new Error(`There is no planted fault "${name}".`);
registerHooks(plant(fault));
Error.stackTraceLimit = 0;

// The simulation must be loaded after the hooks.
const { runSeed } = await import('../run-seed.ts');
process.send?.(await search(fault.seed, Number(seeds)));

async function search(likely: number, most: number): Promise<SearchResult> {
  const all = Array.from({ length: most }, (_, index) => index + 1);
  for (const seed of [likely, ...all]) {
    const { violation } = await runSeed(seed);
    if (violation !== undefined) return { seed, invariant: violation.invariant };
  }
  return { seed: undefined, invariant: undefined };
}
