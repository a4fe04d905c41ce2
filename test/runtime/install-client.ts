/** Installs AWS's own runtime client for Node beside the project: once, exactly this version, none of its scripts run. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const version = '4.0.2';
const cache = fileURLToPath(new URL(`../../.local/aws-lambda-ric-${version}`, import.meta.url));
/** A registry that does not answer must end the test, not hang it. */
const limitMs = 120_000;
const npmLimits = ['--fetch-timeout=20000', '--fetch-retries=1', '--fetch-retry-mintimeout=1000'];

/**
 * Its C++ part takes minutes to compile and is left out: see `rapid-client.cjs`.
 * @param folder installed into, unless it is there
 * @param environment of npm
 * @returns the path of the client's main file; throws with npm's output when it cannot be had
 */
export async function installRuntimeClient(folder = cache, environment = process.env): Promise<string> {
  const main = join(folder, 'node_modules/aws-lambda-ric/index.mjs');
  if (existsSync(main)) return main;
  await mkdir(join(folder, '..'), { recursive: true });
  const part = await mkdtemp(`${folder}-`);
  try {
    await writeFile(join(part, 'package.json'), '{"private":true}');
    await npmInstall(part, environment);
    // A rename is atomic; another run that was faster has put the same files there.
    await rename(part, folder).catch((error: unknown) => {
      if (!existsSync(main)) throw error;
    });
  } finally {
    await rm(part, { recursive: true, force: true });
  }
  return main;
}

async function npmInstall(cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  const what = `aws-lambda-ric@${version}`;
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...npmLimits, what];
  try {
    await promisify(execFile)('npm', args, { cwd, env, timeout: limitMs });
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    throw new Error(
      `npm could not install ${what}, under which this test runs the bundles. Check that npm reaches its registry.\n${stderr}`,
      { cause: error },
    );
  }
}
