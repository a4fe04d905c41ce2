/**
 * Installs the dependencies of package-lock.json only once, even when two commands start at the same time. Plain
 * JavaScript for Node 20 that uses only Node's own modules.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const pollMs = 500;
/** A lock without a readable process id was left by a process that died while it wrote the lock. */
const unreadableLockMs = 10_000;
const keptOutput = 4_000;

const markerOf = (root) => join(root, 'node_modules', '.installed-lock-hash');
const lockHash = (root) =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Compares with npm's own record of installed versions, which a plain `npm ci` or `npm install` also updates. */
function hasLockedVersions(root) {
  const locked = readJson(join(root, 'package-lock.json'))?.packages ?? {};
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'))?.packages;
  if (!installed) return false;
  return Object.entries(locked).every(([path, { version, optional, devOptional, link }]) => {
    if (path === '' || link) return true;
    const found = installed[path];
    return found ? found.version === version : (optional ?? devOptional) === true;
  });
}

/** An installation through a link would change another checkout while it is in use. */
function isLinked(root) {
  return lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

export function isInstalled(root) {
  if (isLinked(root)) return true;
  try {
    if (readFileSync(markerOf(root), 'utf8') === lockHash(root)) return true;
  } catch {
    // No marker: npm's own record decides.
  }
  if (!hasLockedVersions(root)) return false;
  writeFileSync(markerOf(root), lockHash(root));
  return true;
}

/**
 * Runs npm without printing its output.
 * @returns the exit code and the end of the output, without URLs, which can reveal the machine's registry
 */
export function npm(args, cwd) {
  const cli = process.env.npm_execpath;
  const [command, first] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
  const options = {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && !first.length,
  };
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(command, [...first, ...args], options);
    const keep = (chunk) => {
      output = (output + chunk).slice(-keptOutput);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', () => resolve({ code: 1, output: 'npm could not be started.' }));
    child.once('close', (code) => {
      resolve({ code: code ?? 1, output: output.replaceAll(/\bhttps?:\/\/\S+/g, '<address>').trim() });
    });
  });
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function isStale(lock) {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    if (pid > 0) return !isAlive(pid);
    return Date.now() - statSync(lock).mtimeMs > unreadableLockMs;
  } catch {
    return false;
  }
}

/** Waits while another command installs. Takes over a lock whose owner has died. */
async function takeLock(lock) {
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isStale(lock)) rmSync(lock, { force: true });
    else await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** Shows the seconds since the start, on a single line in a terminal. */
function showProgress() {
  const startedAt = Date.now();
  const isTerminal = process.stderr.isTTY === true;
  const text = 'Installing dependencies…';
  process.stderr.write(isTerminal ? text : `${text}\n`);
  const show = () => {
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    process.stderr.write(isTerminal ? `\r${text} ${seconds} s` : `${text} ${seconds} s\n`);
  };
  const timer = setInterval(show, isTerminal ? 1_000 : 15_000);
  return () => {
    clearInterval(timer);
    if (isTerminal) process.stderr.write('\n');
  };
}

/** @returns undefined when the installation succeeded, otherwise a sentence for the user */
export async function installDependencies(root) {
  const lock = join(root, '.local', 'install.lock');
  mkdirSync(join(root, '.local'), { recursive: true });
  const endProgress = showProgress();
  await takeLock(lock);
  try {
    if (isInstalled(root)) return undefined;
    const { code, output } = await npm(
      ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
      root,
    );
    if (code !== 0) return `npm ci failed. Fix what it says and run this command again:\n${output}`;
    writeFileSync(markerOf(root), lockHash(root));
    return undefined;
  } finally {
    endProgress();
    rmSync(lock, { force: true });
  }
}
