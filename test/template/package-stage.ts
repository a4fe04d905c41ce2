/** Packages a stage with osls as an operator would, in a copy of the project, once for each state of the sources. */
import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
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
import type { Template } from './template.ts';

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
  const workspace = await preparedWorkspace();
  if (stageFile !== undefined) writeFileSync(join(workspace, 'stages', `${stage}.yml`), stageFile);
  const folder = join(workspace, 'packages', `${stage}-${digest([stageFile ?? ''])}`);
  if (!existsSync(folder)) {
    const fresh = `${folder}.${randomUUID()}`;
    await osls(['package', '--stage', stage, '--package', fresh]);
    moveUnlessThere(fresh, folder);
  }
  return JSON.parse(
    readFileSync(join(folder, 'cloudformation-template-update-stack.json'), 'utf8'),
  ) as Template;
}

/** Runs osls in the copy, without home, credentials or settings of AWS; rejects with its output when it fails. */
export async function osls(args: readonly string[]): Promise<string> {
  const cwd = await preparedWorkspace();
  const environment = { PATH: process.env.PATH, HOME: join(cwd, 'home'), SLS_TELEMETRY_DISABLED: '1' };
  const command = join(cwd, 'node_modules/.bin/osls');
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [command, ...args], {
      cwd,
      env: environment,
      timeout: 60_000,
    });
    return stdout + stderr;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${stdout}${stderr}` || String(error));
  }
}

let workspaceOnce: string | undefined;

/** One copy for all workers: named by its content, so that an edit makes a new one and a re-run finds the old one. */
async function preparedWorkspace(): Promise<string> {
  if (workspaceOnce) return workspaceOnce;
  const workspace = join(tmpdir(), `tiktok-events-template-${digest(inputs.flatMap(contents))}`);
  if (!existsSync(workspace)) {
    const fresh = `${workspace}.${randomUUID()}`;
    mkdirSync(join(fresh, 'home'), { recursive: true });
    for (const input of inputs) cpSync(join(root, input), join(fresh, input), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(fresh, 'node_modules'));
    moveUnlessThere(fresh, workspace);
  }
  workspaceOnce = workspace;
  return workspace;
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
