/** Keeps a second sync from using the same state. A lock of a killed sync is taken over; any other file stays. */
import { closeSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { usageError } from '../../errors/cli-error.ts';
import { codeOf } from '../../errors/explain-error.ts';
import { isAlive } from './is-alive.ts';
import { ownerOnly, readPrivateFile, writePrivateFile } from './private-file.ts';

/** @returns releases the lock */
export function lockFile(file: string): () => void {
  const lock = `${file}.lock`;
  if (!create(lock)) takeOver(lock);
  writePrivateFile(lock, String(process.pid));
  return () => rmSync(lock, { force: true });
}

function takeOver(lock: string): void {
  const text = readPrivateFile(lock) ?? '';
  // `--state yarn` would find the lock file of another program.
  if (!/^\d{0,10}$/.test(text))
    throw usageError('The lock beside the file of --state was not made by a sync: name another file.');
  const pid = Number(text);
  if (pid !== process.pid && isAlive(pid))
    throw usageError(`Another sync uses this state. If none runs, remove ${lock}.`);
}

function create(lock: string): boolean {
  try {
    mkdirSync(dirname(lock), { recursive: true, mode: 0o700 });
    closeSync(openSync(lock, 'wx', ownerOnly));
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw usageError(`The file of --state cannot be written (${codeOf(error)}).`);
  }
}
