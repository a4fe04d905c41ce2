/** Runs osls as an operator would, in a copy of the project. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { root } from './project-copy.ts';

const keepValidator = fileURLToPath(new URL('./keep-validator.cjs', import.meta.url));

/**
 * Runs osls in a copy of the project, without home, credentials or settings of AWS beyond those of `env`; rejects with
 * its output when it fails. Each run that packages needs a copy of its own: osls mixes up the results of two in one folder.
 * All runs share what osls generates from its configuration schema, and the compiled code: half of the CPU time of a run.
 */
export async function osls(
  args: readonly string[],
  project: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const nodeOptions = ['--no-flush-bytecode', '--require', keepValidator];
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [...nodeOptions, 'node_modules/.bin/osls', ...args],
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
