/** Keeps failing seeds in seeds.json, which `npm test` runs from then on. */
import { readFileSync, writeFileSync } from 'node:fs';

export const seedsFile = new URL('../seeds.json', import.meta.url);

/** @returns how many of the seeds were not in the file before */
export function keepSeeds(seeds: readonly number[]): number {
  const known: readonly number[] = JSON.parse(readFileSync(seedsFile, 'utf8'));
  const added = seeds.filter((seed) => !known.includes(seed)).slice(0, most);
  if (added.length === 0) return 0;
  const all = [...known, ...added].toSorted((a, b) => a - b);
  writeFileSync(seedsFile, `[${all.join(', ')}]\n`);
  return added.length;
}

/** One defect can break thousands of seeds; a few of them are enough to find it again. */
const most = 10;
