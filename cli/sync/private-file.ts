/** Files that only their owner may read, replaced as a whole: a reader sees the old text or the new one, never a part. */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { usageError } from '../cli-error.ts';
import { isAlive } from './is-alive.ts';

const ownerOnly = 0o600;

export function writePrivateFile(file: string, text: string): void {
  const draft = `${file}.${process.pid}.tmp`;
  const descriptor = openSync(draft, 'w', ownerOnly);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
}

/** @returns undefined when there is no such file; throws when it cannot be read */
export function readPrivateFile(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw usageError(`The file of --state cannot be read (${code}).`);
  }
}

/**
 * Keeps a second sync from using the same state. What a killed one left behind is taken over.
 * @returns releases the lock
 */
export function lockFile(file: string): () => void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const lock = `${file}.lock`;
  if (!create(lock) && isAlive(Number(readPrivateFile(lock)))) {
    throw usageError(`Another sync uses this state. If none runs, remove ${lock}.`);
  }
  writePrivateFile(lock, String(process.pid));
  return () => rmSync(lock, { force: true });
}

function create(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx', ownerOnly));
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    throw usageError(`The file of --state cannot be written (${code}).`);
  }
}
