/** Writes a secret of a stage for a command: the stack makes the secrets, commands only give them values. */
import type { SecretsClient } from '../lib/secrets/secrets-manager.ts';
import { CliError, unavailable } from './cli-error.ts';
import { exitCodes } from './exit-codes.ts';
import { note } from './output.ts';
import type { Stage } from './stage.ts';

/** Secrets Manager's limit for one value. */
const maxSecretBytes = 65_536;

export async function writeSecret(client: SecretsClient, name: string, value: string): Promise<void> {
  if (Buffer.byteLength(value) > maxSecretBytes)
    throw new CliError(
      exitCodes.failed,
      `The secret ${name} would be larger than 64 KiB: remove what is old first.`,
    );
  try {
    await client.write(name, value);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ResourceNotFoundException')) throw error;
    throw unavailable(
      `There is no secret ${name}: is the stage deployed, and does its stage file name this destination?`,
      error,
    );
  }
}

/** Old versions are kept for a day, 100 at most: AWS asks for no more than one write every 10 minutes over time. */
export function noteWriteRate(stage: Stage): void {
  if (stage.isLocal) return;
  note('Secrets Manager allows one write every 10 minutes to a secret over time: do not do this in a loop.');
}
