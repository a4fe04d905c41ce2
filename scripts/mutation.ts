/**
 * `npm run mutation [-- folder …]`: changes the pure core line by line, and fails when the tests miss too many changes. The
 * name `simulation` stands for lib/delivery, with the simulated world as its only test.
 */
import { spawnSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stryker = fileURLToPath(new URL('../node_modules/.bin/stryker', import.meta.url));
const usual = ['privacy', 'events', 'tiktok', 'delivery'];
const known = [...usual, 'simulation'];
const names = process.argv.length > 2 ? process.argv.slice(2) : usual;
const usage = `Usage: npm run mutation [-- <name> …]\nNames: ${known.join(', ')}. Default: ${usual.join(', ')}.`;
if (names.includes('--help')) {
  console.log(usage);
  process.exit(0);
}
// Stryker takes a folder without files for one without faults, and an unknown suite runs all of them.
if (names.some((name) => !known.includes(name))) {
  console.error(usage);
  process.exit(2);
}

let isGood = true;
for (const name of names) {
  const isSimulation = name === 'simulation';
  const mutated = `lib/${isSimulation ? 'delivery' : name}`;
  console.log(`\n▸ ${mutated}${isSimulation ? ' in the simulated world' : ''}`);
  const config = isSimulation ? ['stryker.simulation.config.mjs'] : [];
  const { status } = spawnSync(stryker, ['run', ...config, '--mutate', `${mutated}/**/*.ts`], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, MUTATED_FOLDER: name },
  });
  isGood &&= status === 0;
  if (status === 0)
    renameSync(`${root}/reports/mutation/mutation.json`, `${root}/reports/mutation/${name}.json`);
}
process.exit(isGood ? 0 : 1);
