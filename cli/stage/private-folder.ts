/** The user's own folder of the command line. Only the user can read its files. */
import { closeSync, constants, fstatSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { serviceName } from '../../lib/config/names.ts';
import { unavailable } from '../errors/cli-error.ts';
import { writePrivateFile } from '../sync/state/private-file.ts';
import { terminal } from '../terminal/io.ts';

const folderPath = (): string =>
  join(terminal().env.XDG_CONFIG_HOME || join(homedir(), '.config'), serviceName);

/** Creates the folder, so that a problem shows before anything else changes. @returns the path of the file */
export function prepareOwnFile(fileName: string): string {
  const folder = folderPath();
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    refuseShared(folder, statSync(folder));
  } catch (error) {
    throw explain(folder, error);
  }
  return join(folder, fileName);
}

export function writeOwnFile(fileName: string, text: string): void {
  const file = prepareOwnFile(fileName);
  try {
    writePrivateFile(file, text);
  } catch (error) {
    throw explain(file, error);
  }
}

/** Without waiting for the other end of a pipe, and without following a link; Windows has neither flag. */
const readFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** @returns undefined when there is no such file; throws for what others can read or write, and for what is no file */
export function readOwnFile(fileName: string): { readonly path: string; readonly text: string } | undefined {
  const folder = folderPath();
  const path = join(folder, fileName);
  try {
    const descriptor = openSync(path, readFlags);
    try {
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) throw unavailable(`${path} is not a file: remove it.`);
      refuseShared(path, stats);
      refuseShared(folder, statSync(folder));
      return { path, text: readFileSync(descriptor, 'utf8') };
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw explain(path, error);
  }
}

/** Windows has neither owners nor modes here: a folder below the user's profile is the user's. */
function refuseShared(path: string, { mode, uid }: { readonly mode: number; readonly uid: number }): void {
  if (process.getuid === undefined) return;
  if (uid !== process.getuid()) throw unavailable(`${path} belongs to another user: move it away.`);
  if ((mode & 0o077) !== 0)
    throw unavailable(`Others can read ${path}: run chmod go= ${path}, and replace the key in it.`);
}

function explain(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'ELOOP') return unavailable(`${path} is a link, which is not followed: remove it.`);
  return unavailable(`${path} cannot be used (${String(error.code)}).`, error);
}
