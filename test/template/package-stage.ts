/** Packages a stage with osls as an operator would, in a copy of the project, once for each state of the sources. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { makeOnce } from './make-once.ts';
import { osls } from './osls.ts';
import { copyProject, digest, digestOfFiles, inputs, root } from './project-copy.ts';
import type { Template } from './template.ts';

// Packaging takes two seconds, and many more on a machine that runs other tests beside it.
vi.setConfig({ testTimeout: 120_000 });

export const stages = ['dev', 'staging', 'prod'] as const;

/**
 * The compiled template of a stage.
 * @param stageFile text of a stage file that the project does not have; `stage` must be its own name then
 */
export async function packageStage(stage: string, stageFile?: string): Promise<Template> {
  const folder = await packagedFolder(stage, stageFile);
  return JSON.parse(
    readFileSync(join(folder, 'cloudformation-template-update-stack.json'), 'utf8'),
  ) as Template;
}

/** The folder with all that osls writes when it packages a stage: the template, and the state that it deploys. */
export async function packagedFolder(stage: string, stageFile?: string): Promise<string> {
  const folder = join(packagesFolder(), `${stage}-${digest([stageFile ?? ''])}`);
  await makeOnce(folder, async (part) => {
    const project = copyProject();
    if (stageFile !== undefined) writeFileSync(join(project, 'stages', `${stage}.yml`), stageFile);
    try {
      await osls(['package', '--stage', stage], project);
      cpSync(join(project, '.serverless'), part, { recursive: true });
    } finally {
      rmSync(project, { recursive: true });
    }
  });
  return folder;
}

let packagesFolderOnce: string | undefined;

/** Named by the sources: an edit makes a new one, and another worker or a run without an edit finds the old one. */
function packagesFolder(): string {
  packagesFolderOnce ??= join(root, '.build', 'packages', digestOfFiles(root, inputs));
  return packagesFolderOnce;
}
