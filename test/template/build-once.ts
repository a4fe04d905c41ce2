/** Stands for `scripts/build.ts` in a copy of the project: builds only functions whose sources no copy has built yet. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeOnce } from './make-once.ts';
import { bundleInputs, digestOfFiles, root } from './project-copy.ts';

const project = process.cwd();
const [zipDir = '', stageName = ''] = process.argv.slice(2);
const fromProject = (file: string) => import(pathToFileURL(join(project, file)).href);
const zips = join(root, '.build', 'zips', digestOfFiles(project, bundleInputs));
await makeOnce(zips, async (folder) => {
  const { buildFunctions } = await fromProject('scripts/build-functions.ts');
  await buildFunctions({ outDir: join(project, '.build'), zipDir: folder });
});
const { readStage } = await fromProject('lib/config/read-stage.ts');
const { functionsOf } = await fromProject('stack/names.ts');
// osls compares all zips of the folder with those of the last deployment.
for (const name of functionsOf(readStage(stageName)))
  cpSync(join(zips, `${name}.zip`), join(zipDir, `${name}.zip`));
