/** Changes the ingest secret of a stage: asks, reads the current value as late as possible, and writes its successor. */
import { ingestSecretName } from '../../lib/secrets/names.ts';
import { openStage } from '../stage/stage.ts';
import type { SharedOptions } from '../stage/stage-command.ts';
import { noteWriteRate, writeSecret } from '../stage/write-secret.ts';
import { confirmChange } from '../terminal/confirm.ts';
import { holdsClearKeys } from './ingest-edits.ts';

/** @param edit is repeated when another writer was first; it throws what prevents the change */
export async function changeIngest(
  options: SharedOptions,
  action: string,
  edit: (name: string, text: string | undefined) => string,
): Promise<void> {
  const stage = openStage(options);
  const name = ingestSecretName(stage.secretsPrefix);
  const secrets = await stage.secrets();
  edit(name, await secrets.read(name));
  await confirmChange({
    isLoopback: stage.isLocal,
    yes: options.yes === true,
    action: `${action} in stage ${stage.name}`,
  });
  let hadClearKeys = false;
  await writeSecret(secrets, name, (text) => {
    hadClearKeys = holdsClearKeys(name, text);
    return edit(name, text);
  });
  // Secrets Manager keeps the version before the current one: the keys in clear must not be that.
  if (hadClearKeys) await writeSecret(secrets, name, (text) => text);
  noteWriteRate(stage);
}
