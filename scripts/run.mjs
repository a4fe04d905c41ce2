/**
 * Runs a TypeScript file of this project on Node 24 (Lambda's runtime), after it has installed what is missing. Plain
 * JavaScript that uses only Node's own modules: it must run on Node 20 in a fresh clone.
 *
 *   node scripts/run.mjs start | test | run <file.ts>  [arguments]
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDependencies, isInstalled, npm } from './install.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const binFolder = join(root, 'node_modules', '.bin');
const major = 24;
const parentPollMs = 500;
const usage = 'Usage: node scripts/run.mjs start | test | run <file.ts> [arguments]';

const targets = new Map([
  ['start', 'local/main.ts'],
  ['test', 'scripts/test.ts'],
]);

/** @param {string} problem */
function fail(problem, exitCode = 1) {
  console.error(problem);
  process.exit(exitCode);
}

/** @param {string} node */
function isRightNode(node) {
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return stdout?.startsWith(`v${major}.`) === true;
}

/**
 * The install script of the `node` package puts Node 24 into node_modules. With install scripts disabled it is missing,
 * and npm would silently use the system's Node.
 */
async function findNode() {
  const local = join(binFolder, process.platform === 'win32' ? 'node.cmd' : 'node');
  if (isRightNode(local)) return local;
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  await npm(['rebuild', 'node', '--ignore-scripts=false'], root);
  if (isRightNode(local)) return local;
  return fail(
    `This project needs Node ${major}, and npm could not install it (its install scripts may be switched off). ` +
      `Install Node ${major} and run this command again.`,
  );
}

/** npm and its shell can be killed without a signal to this process. The child must not keep running then. */
function stopWithParent(child) {
  const parent = process.ppid;
  const isOrphan = () => process.ppid !== parent;
  setInterval(() => isOrphan() && child.kill('SIGTERM'), parentPollMs).unref();
}

/** Runs until the child ends, forwards signals, and exits with the child's exit code. */
function run(node, file, args, cwd) {
  const env = { ...process.env, PATH: `${binFolder}${delimiter}${process.env.PATH ?? ''}` };
  const child = spawn(node, [file, ...args], { stdio: 'inherit', env, cwd });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  if (process.env.npm_lifecycle_event) stopWithParent(child);
  child.once('error', () => fail(`Node ${major} could not be started.`));
  child.once('exit', (code, signal) => {
    process.exit(code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 0));
  });
}

async function main() {
  const [target = '', ...rest] = process.argv.slice(2);
  const isRun = target === 'run';
  const file = isRun ? rest.shift() : targets.get(target);
  if (!file) return fail(usage, 2);
  if (Number(process.versions.node.split('.')[0]) < 20) {
    return fail(
      'This project needs Node 20 or newer to install itself. Install it and run this command again.',
    );
  }
  const path = isRun ? resolve(file) : join(root, file);
  if (!existsSync(path)) return fail(`There is no file ${file}.`, 2);
  if (!existsSync(join(root, 'package-lock.json'))) {
    return fail('package-lock.json is missing: clone the project again.');
  }
  const problem = isInstalled(root) ? undefined : await installDependencies(root);
  if (problem) return fail(problem);
  const node = await findNode();
  run(node, path, rest, isRun ? process.cwd() : root);
}

await main();
