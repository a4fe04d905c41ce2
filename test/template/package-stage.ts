/** Packages a stage with osls as an operator would, in a copy of the project, once for each state of the sources. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { vi } from 'vitest';
import type { Template } from './template.ts';

// Packaging takes two seconds, and many more on a machine that runs other tests beside it.
vi.setConfig({ testTimeout: 120_000 });

const root = fileURLToPath(new URL('../..', import.meta.url));
const inputs = [
  'functions',
  'lib',
  'scripts',
  'stack',
  'stages',
  'package-lock.json',
  'package.json',
  'serverless.yml',
];

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
  const folder = join(cacheFolder(), `${stage}-${digest([stageFile ?? ''])}`);
  if (!existsSync(folder)) {
    const project = copyProject();
    if (stageFile !== undefined) writeFileSync(join(project, 'stages', `${stage}.yml`), stageFile);
    try {
      await osls(['package', '--stage', stage], project);
      moveUnlessThere(join(project, '.serverless'), folder);
    } finally {
      rmSync(project, { recursive: true });
    }
  }
  return folder;
}

/**
 * Runs osls in a copy of the project, without home, credentials or settings of AWS beyond those of `env`; rejects with
 * its output when it fails. Each run that packages needs a copy of its own: osls mixes up the results of two in one folder.
 * All runs share what osls compiles from its configuration schema, which is half of the CPU time of a run.
 */
export async function osls(
  args: readonly string[],
  project: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['node_modules/.bin/osls', ...args],
      {
        cwd: project,
        env: {
          PATH: process.env.PATH,
          HOME: project,
          SLS_SCHEMA_CACHE_BASE_DIR: join(root, '.build', 'osls'),
          NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
          ...env,
        },
        timeout: 220_000,
      },
    );
    return stdout + stderr;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${stdout}${stderr}` || String(error));
  }
}

/** @returns the folder of a fresh copy that can package; the caller removes it */
export function copyProject(): string {
  const copy = mkdtempSync(join(tmpdir(), 'tiktok-events-project-'));
  for (const input of inputs) cpSync(join(root, input), join(copy, input), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

let cacheFolderOnce: string | undefined;

/** One for all workers: named by the sources, so that an edit makes a new one and a re-run finds the old one. */
function cacheFolder(): string {
  cacheFolderOnce ??= join(tmpdir(), `tiktok-events-packages-${digest(inputs.flatMap(contents))}`);
  return cacheFolderOnce;
}

/** Another worker may have been faster; its result is the same. */
function moveUnlessThere(from: string, to: string): void {
  mkdirSync(join(to, '..'), { recursive: true });
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
    rmSync(from, { recursive: true });
  }
}

function contents(path: string): string[] {
  const absolute = join(root, path);
  if (path.includes('.')) return [path, readFileSync(absolute, 'utf8')];
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .flatMap((file) => [file, readFileSync(file, 'utf8')]);
}

const digest = (texts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16);
