/** The folder with the browser script of the running stage, built as for a deployment. The function `collect` reads it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBrowserFiles } from '../scripts/browser/browser-files.ts';
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
      if (collector !== undefined) await writeBrowserFiles(path, collector.browser);
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}
