/**
 * Files that only their owner may read, replaced as a whole: a reader sees the old text or the new one, never a part. A
 * file of another user, a file that others can read, and a link are refused, never changed.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { usageError } from '../../errors/cli-error.ts';
import { codeOf } from '../../errors/explain-error.ts';

export const ownerOnly = 0o600;

/** Where a new text is written before it takes the file's place. */
export const draftOf = (file: string): string => `${file}.${randomBytes(6).toString('hex')}.tmp`;

/**
 * Throws a usage error unless the file is absent, or a plain file that only this user can read.
 * @param setting option that names the file, for the error
 * @returns whether it exists
 */
export function checkPrivateFile(file: string, setting: string): boolean {
  const found = lstat(file, setting);
  if (found === undefined) return false;
  const refuse = (what: string) => usageError(`The file of ${setting} ${what}.`);
  if (found.isSymbolicLink()) throw refuse('is a link: name the file itself');
  if (!found.isFile()) throw refuse('is not a plain file: name another');
  // Windows has neither owners by number nor these modes.
  if (process.getuid === undefined) return true;
  if (found.uid !== process.getuid()) throw refuse('belongs to another user: name another');
  if ((found.mode & 0o077) !== 0) throw refuse('can be read by others: chmod 600 it, or name another');
  return true;
}

function lstat(file: string, setting: string) {
  try {
    return lstatSync(file, { throwIfNoEntry: false });
  } catch (error) {
    throw usageError(`The file of ${setting} cannot be read (${codeOf(error)}).`);
  }
}

/** The caller has read the file, and so checked it. */
export function writePrivateFile(file: string, text: string): void {
  const draft = draftOf(file);
  const descriptor = openSync(draft, 'wx', ownerOnly);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw usageError(`The file of --state cannot be written (${codeOf(error)}).`);
  }
}

/** @returns undefined when there is no such file; throws when it cannot be read, or is not private */
export function readPrivateFile(file: string): string | undefined {
  if (!checkPrivateFile(file, '--state')) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw usageError(`The file of --state cannot be read (${codeOf(error)}).`);
  }
}
