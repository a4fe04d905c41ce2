/** The folder with the browser script of the running stage, built as for a deployment. The function `collect` reads it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// biome-ignore lint/style/noRestrictedImports: this machine runs the script that a deployment would build.
import { browserFiles } from '../scripts/browser/browser-files.ts';
import type { LocalStage } from './stage/local-stage.ts';

export interface BrowserFolder {
  readonly path: string;
  /** Builds the script of a stage; one without a collector has none. */
  build(stage: LocalStage): Promise<void>;
  remove(): Promise<void>;
}

export async function createBrowserFolder(): Promise<BrowserFolder> {
  const path = await mkdtemp(join(tmpdir(), 'tiktok-events-browser-'));
  return {
    path,
    build: async ({ collector }) => {
      if (collector === undefined) return;
      for (const [name, contents] of Object.entries(await browserFiles(collector.browser)))
        await writeFile(join(path, name), contents);
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}
