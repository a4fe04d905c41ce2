/** `npm test`: every check and every test, one after another; it stops at the first failure. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name: string) => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));

/** Suites by name, as in `npm test -- test/unit`; coverage is meaningful only for all suites together. */
const suites = process.argv.slice(2);

const checks: readonly { name: string; command: string; args: readonly string[] }[] = [
  { name: 'types', command: 'tsc', args: ['--noEmit'] },
  { name: 'types of the page', command: 'tsc', args: ['--noEmit', '-p', 'console/page'] },
  { name: 'types of the browser script', command: 'tsc', args: ['--noEmit', '-p', 'lib/collect/browser'] },
  { name: 'style', command: 'biome', args: ['ci', '--error-on-warnings', '.'] },
  { name: 'unused code', command: 'knip', args: [] },
  { name: 'tests', command: 'vitest', args: ['run', ...(suites.length > 0 ? suites : ['--coverage'])] },
];

for (const { name, command, args } of checks) {
  const startedAt = Date.now();
  console.log(`\n▸ ${name}`);
  const { status } = spawnSync(bin(command), args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    console.error(`✗ ${name} failed`);
    process.exit(1);
  }
  console.log(`✓ ${name} (${Math.round((Date.now() - startedAt) / 1000)} s)`);
}
