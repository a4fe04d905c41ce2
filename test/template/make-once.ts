/** Makes a folder once for all processes: the first makes it, the others wait until it is there. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 100;
/** No maker takes longer: packaging ends after 220 s. */
const longestMs = 300_000;

/**
 * @param make fills the folder that it gets; when it rejects, the next caller tries again
 * @throws whatever `make` throws
 */
export async function makeOnce(folder: string, make: (part: string) => Promise<void>): Promise<void> {
  const lock = `${folder}.lock`;
  const part = `${folder}.part`;
  mkdirSync(dirname(folder), { recursive: true });
  while (!existsSync(folder)) {
    if (!hasTaken(lock)) {
      await sleep(pollMs);
      continue;
    }
    try {
      // The maker before this one may have ended between the two looks.
      if (existsSync(folder)) return;
      rmSync(part, { recursive: true, force: true });
      await make(part);
      renameSync(part, folder);
    } finally {
      rmSync(part, { recursive: true, force: true });
      rmSync(lock, { force: true });
    }
  }
}

function hasTaken(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (isAbandoned(lock)) rmSync(lock, { force: true });
    return false;
  }
}

/** A run that was killed leaves its lock behind, and another process may have its id since. */
function isAbandoned(lock: string): boolean {
  try {
    if (Date.now() - statSync(lock).mtimeMs > longestMs) return true;
    const owner = Number(readFileSync(lock, 'utf8'));
    // Between the creation of the file and its content there is a moment without an owner.
    if (owner > 0) process.kill(owner, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
