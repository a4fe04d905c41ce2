/**
 * The folder into which DuckDB spills what exceeds its memory: raw rows, so only its owner can enter it. Each connection
 * has one of its own, because DuckDB names spill files the same in every process. It is removed at the end, on errors and
 * on signals; the next start removes what a killed process left.
 */
import { createHash } from 'node:crypto';
import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceName } from '../../../../lib/config/names.ts';
import { isAlive } from '../../state/is-alive.ts';

/** Containers may share a temporary folder, and each counts its processes from 1: a folder says which host made it. */
const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const prefix = `${serviceName}-spill-${host}-`;
const ownName = new RegExp(`^${prefix}(\\d{1,10})-`);

const folders = new Set<string>();
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface SpillFolder {
  readonly path: string;
  remove(): void;
}

/** Makes the folder, mode 0700, below TMPDIR. */
export function makeSpillFolder(): SpillFolder {
  sweep();
  // mkdtemp makes folders with mode 0700.
  const path = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  if (folders.size === 0) watchProcess();
  folders.add(path);
  return {
    path,
    remove: () => {
      removeFolder(path);
      folders.delete(path);
      if (folders.size === 0) unwatchProcess();
    },
  };
}

/** DuckDB's own thread may create a file while the folder is removed. */
const removeFolder = (path: string): void => rmSync(path, { recursive: true, force: true, maxRetries: 5 });

function removeAll(): void {
  for (const path of folders) removeFolder(path);
  folders.clear();
}

function watchProcess(): void {
  process.on('exit', removeAll);
  for (const signal of signals) process.on(signal, onSignal);
}

function unwatchProcess(): void {
  process.off('exit', removeAll);
  for (const signal of signals) process.off(signal, onSignal);
}

/** Where another listener ends the work in an orderly way, the folder is needed until then. */
function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  removeAll();
  unwatchProcess();
  process.kill(process.pid, signal);
}

/** Removes what runs that were killed left: folders of this user and host whose process is gone. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = ownName.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid)) || Number(pid) === process.pid) continue;
    const path = join(tmpdir(), name);
    if (isOwnFolder(path)) removeFolder(path);
  }
}

function isOwnFolder(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === process.getuid?.();
}
