/** Writes a secret of a stage. The stack creates the secrets; commands only give them values. */
import type { SecretsClient, SecretWriter } from '../../lib/secrets/secrets-manager.ts';
import { SecretBusyError, updateSecret } from '../../lib/secrets/update-secret.ts';
import { CliError, unavailable } from '../errors/cli-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { note } from '../terminal/output.ts';

export type StageSecrets = SecretsClient & SecretWriter;

/** Secrets Manager's limit for one value. */
const maxSecretBytes = 65_536;

/** @param edit makes the new text of the current one, again when another writer was first; undefined writes nothing */
export async function writeSecret(
  client: StageSecrets,
  name: string,
  edit: (text: string | undefined) => string | undefined,
): Promise<void> {
  try {
    await updateSecret(client, name, (text) => checkSize(name, edit(text)));
  } catch (error) {
    if (error instanceof SecretBusyError)
      throw unavailable(
        `${error.message} Nothing was changed: wait until the others are done, and retry.`,
        error,
      );
    if (!(error instanceof Error && error.name === 'ResourceNotFoundException')) throw error;
    throw unavailable(
      `There is no secret ${name}: is the stage deployed, and does its stage file name this destination?`,
      error,
    );
  }
}

function checkSize(name: string, value: string | undefined): string | undefined {
  if (Buffer.byteLength(value ?? '') <= maxSecretBytes) return value;
  throw new CliError(
    exitCodes.failed,
    `The secret ${name} would be larger than 64 KiB: remove old entries first.`,
  );
}

/** AWS keeps old versions for a day, 100 at most, and asks for no more than one write every 10 minutes over time. */
export function noteWriteRate(stage: { readonly isLocal: boolean }): void {
  if (stage.isLocal) return;
  note('Secrets Manager allows one write every 10 minutes to a secret over time: do not do this in a loop.');
}
