/** `npm run mutation [-- folder …]`: changes the pure core line by line, and fails when the tests miss too many changes. */
import { spawnSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stryker = fileURLToPath(new URL('../node_modules/.bin/stryker', import.meta.url));
const folders = process.argv.length > 2 ? process.argv.slice(2) : ['privacy', 'events', 'tiktok', 'delivery'];

let isGood = true;
for (const folder of folders) {
  console.log(`\n▸ lib/${folder}`);
  const { status } = spawnSync(stryker, ['run', '--mutate', `lib/${folder}/**/*.ts`], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, MUTATED_FOLDER: folder },
  });
  isGood &&= status === 0;
  if (status === 0)
    renameSync(`${root}/reports/mutation/mutation.json`, `${root}/reports/mutation/${folder}.json`);
}
process.exit(isGood ? 0 : 1);
