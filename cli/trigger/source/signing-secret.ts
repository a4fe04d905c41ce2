/**
 * The secret that signs a triggered webhook: from a prompt or standard input (--secret-stdin), from Secrets Manager of the
 * stage, or the well-known one of the stage `local`. It is never an argument, since others can see command lines.
 */
import { ingestSecretName } from '../../../lib/secrets/names.ts';
import { decodeIngest } from '../../../lib/secrets/secret-values.ts';
import { localSecret } from '../../../local/stage/local-secrets.ts';
import { CliError, unavailable, usageError } from '../../errors/cli-error.ts';
import { isUnavailable } from '../../errors/explain-error.ts';
import type { Stage } from '../../stage/stage.ts';
import { commandLine } from '../../terminal/command-line.ts';
import { readSecretInput } from '../../terminal/read-secret.ts';
import type { TriggerSource } from './trigger-source.ts';

/** @param isFromInput `--secret-stdin` was given */
export async function signingSecret(
  stage: Stage,
  source: TriggerSource,
  isFromInput: boolean,
): Promise<string> {
  if (isFromInput) return readSecretInput(`secret of ${source.name}`);
  if (stage.isLocal)
    return (await stage.isOnThisMachine()) ? storedOrLocal(stage, source) : noSecret(source.name);
  const secret = await storedSecret(stage, source.name);
  if (secret !== undefined) return secret;
  throw unavailable(
    `The stage ${stage.name} has no secret for the source ${source.name}: store it with ${commandLine(`keys add --stage ${stage.name} --webhook ${source.name}`)}.`,
  );
}

/** The value that `npm start` gives a source is no secret. On this machine, too, an operator can store another one. */
export const isPublic = (secret: string, source: TriggerSource): boolean =>
  secret === '' || secret === wellKnownSecret(source);

const wellKnownSecret = ({ name, settings }: TriggerSource): string => localSecret(name, { ...settings });

/** The newest of several. */
async function storedSecret(stage: Stage, source: string): Promise<string | undefined> {
  const name = ingestSecretName(stage.secretsPrefix);
  const { webhooks } = decodeIngest(name, await (await stage.secrets()).read(name));
  const stored = Object.hasOwn(webhooks, source) ? webhooks[source] : undefined;
  return stored?.secrets.findLast((secret) => secret !== '');
}

/** Without a running gateway, as for --print, the secret is the one that it starts with. */
async function storedOrLocal(stage: Stage, source: TriggerSource): Promise<string> {
  const stored = await storedSecret(stage, source.name).catch((error: unknown) => {
    if (error instanceof CliError || isUnavailable(error)) return undefined;
    throw error;
  });
  return stored ?? wellKnownSecret(source);
}

function noSecret(source: string): never {
  throw usageError(
    `Which secret signs for ${source} at this address? Name its stage with --stage, or give the secret with --secret-stdin: it is asked for, or read from standard input.`,
  );
}
