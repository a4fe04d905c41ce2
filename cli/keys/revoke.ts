/** `keys revoke`: removes an API key or a webhook secret from the ingest secret. */

import type { SharedOptions } from '../stage/stage-command.ts';
import { note, showResult } from '../terminal/output.ts';
import { changeIngest } from './change-ingest.ts';
import { revokeKey, revokeWebhookSecret } from './ingest-edits.ts';

export interface RevokeOptions extends SharedOptions {
  readonly webhook?: string | undefined;
}

export async function revoke(id: string, options: RevokeOptions): Promise<void> {
  const { webhook } = options;
  const what = webhook === undefined ? `the API key ${id}` : `a secret of the webhook source ${webhook}`;
  await changeIngest(options, `revoke ${what}`, (name, text) =>
    webhook === undefined ? revokeKey(name, text, id) : revokeWebhookSecret(name, text, webhook, id),
  );
  note('It stops working within 5 minutes, when the functions refresh the secret.');
  showResult(
    options.json === true,
    { revoked: id, ...(webhook && { source: webhook }) },
    () => `Revoked ${what}.`,
  );
}
