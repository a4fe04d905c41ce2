/** Stands for `scripts/build.ts` in a copy of the project: builds only functions whose sources no copy has built yet. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeOnce } from './make-once.ts';
import { bundleInputs, digestOfFiles, root } from './project-copy.ts';

const project = process.cwd();
const [zipDir = ''] = process.argv.slice(2);
const zips = join(root, '.build', 'zips', digestOfFiles(project, bundleInputs));
await makeOnce(zips, async (folder) => {
  const { buildFunctions } = await import(pathToFileURL(join(project, 'scripts/build-functions.ts')).href);
  await buildFunctions({ outDir: join(project, '.build'), zipDir: folder });
});
cpSync(zips, zipDir, { recursive: true });
