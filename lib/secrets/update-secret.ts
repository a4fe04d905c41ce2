/**
 * Writes a secret as the only successor of the version that was read. When two writers collide, the second write fails,
 * and its writer reads again and repeats the edit, so neither undoes the other. All writers must use this file.
 */
import { type Chance, systemChance } from '../clock/chance.ts';
import { type Clock, systemClock } from '../clock/clock.ts';
import { AppError } from '../errors/app-error.ts';
import { sha256 } from '../privacy/sha256.ts';
import type { SecretVersion, SecretWriter } from './secrets-manager.ts';

/** Two operators cannot collide by accident more often than this. */
const maxAttempts = 12;
const longestPauseMs = 200;
/** A version that is still current after so many attempts was restored by hand: its first successor id is used up. */
const maxRefusalsOfOneVersion = 4;

/** How long a writer waits after a collision: a part of `longestPauseMs`, by chance, so that two do not collide again. */
interface Waiting {
  readonly clock: Pick<Clock, 'pause'>;
  readonly chance: Chance;
}

const realWaiting: Waiting = { clock: systemClock, chance: systemChance };

/** Another writer was faster on every attempt. Nothing was written. */
export class SecretBusyError extends AppError {
  override readonly name = 'SecretBusyError';

  constructor(message: string) {
    super('secret_busy', message);
  }
}

/**
 * @param edit makes the new text from the current one, once per attempt; undefined leaves the secret as it is, and an
 * error ends the update
 * @returns whether a text was written
 */
export const updateSecret = (
  client: Pick<SecretWriter, 'readVersion' | 'claim'>,
  name: string,
  edit: (text: string | undefined) => string | undefined,
  waiting: Waiting = realWaiting,
): Promise<boolean> => writeSuccessor(client, name, { look: () => client.readVersion(name), edit }, waiting);

/** Overwrites the current value, without the permission to read it. */
export async function replaceSecret(
  client: Pick<SecretWriter, 'currentVersion' | 'claim'>,
  name: string,
  value: string,
  waiting: Waiting = realWaiting,
): Promise<void> {
  const look = async () => ({ text: undefined, version: await client.currentVersion(name) });
  await writeSuccessor(client, name, { look, edit: () => value }, waiting);
}

interface Change {
  readonly look: () => Promise<SecretVersion>;
  readonly edit: (text: string | undefined) => string | undefined;
}

async function writeSuccessor(
  client: Pick<SecretWriter, 'claim'>,
  name: string,
  { look, edit }: Change,
  { clock, chance }: Waiting,
): Promise<boolean> {
  const refusals = new Map<string | undefined, number>();
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const { text, version } = await look();
    const value = edit(text);
    if (value === undefined) return false;
    const refused = refusals.get(version) ?? 0;
    if (await client.claim(name, value, successorOf(version, refused))) return true;
    refusals.set(version, refused + 1);
    await clock.pause(chance() * longestPauseMs);
  }
  throw new SecretBusyError(`The secret ${name} was changed by others ${maxAttempts} times in a row.`);
}

/** The version id that every writer gives the successor of `version`: 64 characters, as Secrets Manager allows. */
const successorOf = (version: string | undefined, refused: number): string =>
  sha256(`${version ?? ''} ${Math.max(0, refused - maxRefusalsOfOneVersion + 1)}`);
