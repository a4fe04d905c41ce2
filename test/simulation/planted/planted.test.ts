/** The simulation bites: it finds each fault that is planted into lib, within 1,000 seeds. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { plantedFaults } from './planted-faults.ts';
import type { SearchResult } from './search-process.ts';

const mostSeeds = 1_000;
const timeoutMs = 300_000;
const searchProcess = fileURLToPath(new URL('search-process.ts', import.meta.url));

test.each(plantedFaults)('finds a consumer that $name', { timeout: timeoutMs }, async ({ name }) => {
  const { seed, invariant } = await search(name);
  expect(seed, `no seed up to ${mostSeeds} finds it`).toBeDefined();
  expect(invariant).toMatch(/^promise\d+[A-Z]|^breach$/);
});

function search(name: string): Promise<SearchResult> {
  const { promise, resolve, reject } = Promise.withResolvers<SearchResult>();
  const child = fork(searchProcess, [name, String(mostSeeds)], { execArgv: [] });
  child.once('message', (result: SearchResult) => {
    child.kill();
    resolve(result);
  });
  child.once('exit', (code) => reject(new Error(`the search ended with exit code ${code}`)));
  return promise;
}
