/** `disconnect`: revokes a destination's token at TikTok and deletes it from Secrets Manager. */

import { revokeToken } from '../../lib/oauth/tiktok-oauth.ts';
import { destinationSecretName, oauthAppSecretName } from '../../lib/secrets/names.ts';
import {
  type DestinationToken,
  decodeOauthApp,
  decodeToken,
  disconnectedValue,
} from '../../lib/secrets/secret-values.ts';
import { createTikTokClient } from '../../lib/tiktok/client.ts';
import { CliError, unavailable } from '../errors/cli-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { openStage, type Stage } from '../stage/stage.ts';
import { type SharedOptions, stageCommand } from '../stage/stage-command.ts';
import { checkDestination } from '../stage/stage-file.ts';
import { tiktokApiUrl } from '../stage/tiktok-api-url.ts';
import { noteWriteRate, type StageSecrets, writeSecret } from '../stage/write-secret.ts';
import { confirmChange } from '../terminal/confirm.ts';
import { note, showResult } from '../terminal/output.ts';

interface Options extends SharedOptions {
  readonly destination: string;
  readonly revoke: boolean;
}

export const disconnectCommand = () =>
  stageCommand('disconnect', 'Revoke the token of a destination at TikTok, and delete it here', [
    'disconnect --stage prod',
    'disconnect --stage prod --destination offline --no-revoke',
  ])
    .option('-d, --destination <name>', 'destination to disconnect', 'default')
    .option('--no-revoke', 'delete the token here only; it stays valid at TikTok')
    .action(disconnect);

async function disconnect(options: Options): Promise<void> {
  const stage = openStage(options);
  const destination = checkDestination(stage.name, options.destination);
  const name = destinationSecretName(stage.secretsPrefix, destination);
  const secrets = await stage.secrets();
  const token = decodeToken(name, await secrets.read(name));
  const report = (isRevoked: boolean, text: string) =>
    showResult(
      options.json === true,
      { destination, was_connected: token !== undefined, revoked: isRevoked },
      () => text,
    );
  if (token === undefined) return report(false, `The destination ${destination} is not connected.`);
  await confirmChange({
    isLoopback: stage.isLocal,
    yes: options.yes === true,
    action: `disconnect the destination ${destination} of stage ${stage.name}, so its events wait`,
  });
  const isRevoked = options.revoke && (await revoke(destination, token, stage, secrets));
  await forget(name, token, secrets);
  noteWriteRate(stage);
  note(
    'Events for this destination wait up to 27 hours for a new token; after that they become dead letters.',
  );
  report(isRevoked, `The destination ${destination} is disconnected.`);
}

/** @returns false for a token of another app. Throws when TikTok does not answer: then nothing is deleted. */
async function revoke(
  destination: string,
  token: DestinationToken,
  stage: Stage,
  secrets: StageSecrets,
): Promise<boolean> {
  const appName = oauthAppSecretName(stage.secretsPrefix);
  const app = decodeOauthApp(appName, await secrets.read(appName));
  if (token.advertiser_ids === undefined || app === undefined) {
    note(
      'This token was not made with OAuth: delete it in Events Manager too (Settings of the pixel, Events API).',
    );
    return false;
  }
  const tiktok = createTikTokClient(await tiktokApiUrl(stage, destination));
  const outcome = await revokeToken(tiktok, app, token.access_token);
  if (outcome.kind !== 'failed') return outcome.kind === 'revoked';
  throw unavailable(
    `TikTok did not revoke the token (${outcome.detail}), so nothing was changed: retry, or add --no-revoke to delete it here only.`,
  );
}

/**
 * Writes twice: Secrets Manager keeps the version before the current one, and the token must not be in it. A token that
 * was connected in the meantime is a different one and stays.
 */
async function forget(name: string, token: DestinationToken, secrets: StageSecrets): Promise<void> {
  const value = disconnectedValue(new Date());
  const isOther = (text: string | undefined): boolean => {
    const current = decodeToken(name, text);
    return current !== undefined && current.access_token !== token.access_token;
  };
  await writeSecret(secrets, name, (text) => {
    if (!isOther(text)) return value;
    throw new CliError(
      exitCodes.failed,
      'The destination was connected again in the meantime. The new token stays: run the command again to delete it too.',
    );
  });
  await writeSecret(secrets, name, (text) => (isOther(text) ? undefined : value));
}
