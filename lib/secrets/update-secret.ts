/**
 * Writes a secret as the one successor of the version it was made from: of two writers at once the second is refused,
 * reads again and repeats its edit, so that neither undoes the other. Holds among all writers that use this file.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../errors/app-error.ts';
import { sha256 } from '../privacy/sha256.ts';
import type { SecretVersion, SecretWriter } from './secrets-manager.ts';

/** More writers than this at the same moment are no accident of two operators. */
const maxAttempts = 12;
const longestPauseMs = 200;
/** A version that stays current for so many attempts was made current again by hand: its first successor is taken. */
const maxRefusalsOfOneVersion = 4;

/** Other writers were first, each time. Nothing was written. */
export class SecretBusyError extends AppError {
  override readonly name = 'SecretBusyError';

  constructor(message: string) {
    super('secret_busy', message);
  }
}

/**
 * @param edit makes the new text from the current one, again for each attempt; undefined leaves the secret as it is.
 * What it throws ends the update. @returns whether a text was written
 */
export const updateSecret = (
  client: Pick<SecretWriter, 'readVersion' | 'claim'>,
  name: string,
  edit: (text: string | undefined) => string | undefined,
): Promise<boolean> => writeSuccessor(client, name, () => client.readVersion(name), edit);

/** Overwrites whatever is there, without the right to read it. */
export async function replaceSecret(
  client: Pick<SecretWriter, 'currentVersion' | 'claim'>,
  name: string,
  value: string,
): Promise<void> {
  const look = async () => ({ text: undefined, version: await client.currentVersion(name) });
  await writeSuccessor(client, name, look, () => value);
}

async function writeSuccessor(
  client: Pick<SecretWriter, 'claim'>,
  name: string,
  look: () => Promise<SecretVersion>,
  edit: (text: string | undefined) => string | undefined,
): Promise<boolean> {
  const refusals = new Map<string | undefined, number>();
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const { text, version } = await look();
    const value = edit(text);
    if (value === undefined) return false;
    const refused = refusals.get(version) ?? 0;
    if (await client.claim(name, value, successorOf(version, refused))) return true;
    refusals.set(version, refused + 1);
    await pause(Math.random() * longestPauseMs);
  }
  throw new SecretBusyError(`The secret ${name} was changed by others ${maxAttempts} times in a row.`);
}

/** The version id that every writer gives the successor of `version`: 64 characters, as Secrets Manager allows. */
const successorOf = (version: string | undefined, refused: number): string =>
  sha256(`${version ?? ''} ${Math.max(0, refused - maxRefusalsOfOneVersion + 1)}`);
