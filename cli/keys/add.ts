/** `keys add`: creates an API key, shown once or saved for this user, or stores a secret or API token of a webhook source. */
import { randomBytes } from 'node:crypto';
import { sha256 } from '../../lib/privacy/sha256.ts';
import { apiKeyId, minSecretLength } from '../../lib/secrets/api-key.ts';
import { accessTokenForm, maxSecretLength } from '../../lib/secrets/secret-values.ts';
import { CliError, usageError } from '../errors/cli-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { prepareSavedKey, type SavedKey, saveKey } from '../stage/saved-key.ts';
import { openStage } from '../stage/stage.ts';
import type { SharedOptions } from '../stage/stage-command.ts';
import { checkDestination } from '../stage/stage-file.ts';
import { commandLine } from '../terminal/command-line.ts';
import { note, showResult } from '../terminal/output.ts';
import { readSecretInput } from '../terminal/read-secret.ts';
import { changeIngest } from './change-ingest.ts';
import { checkSource } from './check-source.ts';
import { generateSecret } from './generate-secret.ts';
import { addKey, addWebhookSecret, setApiToken, tail } from './ingest-edits.ts';

export interface AddOptions extends SharedOptions {
  readonly destination?: string[] | undefined;
  /** When the key expires, in Unix milliseconds. */
  readonly expires?: number | undefined;
  readonly save?: true | undefined;
  readonly webhook?: string | undefined;
  readonly generate?: true | undefined;
  readonly apiToken?: true | undefined;
}

export async function add(id: string | undefined, options: AddOptions): Promise<void> {
  if (options.webhook !== undefined) return addForSource(id, options.webhook, options);
  const key = `teg_${randomBytes(32).toString('base64url')}`;
  const keyId = id ?? `key-${tail(key)}`;
  checkKeyOptions(keyId, options);
  const savedAt = options.save && prepareSavedKey(options.stage);
  const destinations = (options.destination ?? []).map((name) => checkDestination(options.stage, name));
  const shown = {
    id: keyId,
    destinations: destinations.length > 0 ? destinations : ['*'],
    created_at: new Date().toISOString(),
    expires_at: options.expires === undefined ? null : new Date(options.expires).toISOString(),
  };
  await changeIngest(options, `add the API key ${keyId}`, (name, text) =>
    addKey(name, text, { ...shown, sha256: sha256(key) }),
  );
  const isJson = options.json === true;
  if (savedAt === undefined) {
    note(
      `The key ${keyId} is shown once. Store it in a secret store, and send it as Authorization: Bearer <key>.`,
    );
    return showResult(isJson, { ...shown, key }, () => key);
  }
  save(options.stage, { id: keyId, key });
  showResult(
    isJson,
    { ...shown, saved_at: savedAt },
    () => `The key ${keyId} is saved in ${savedAt}: your commands for stage ${options.stage} use it.`,
  );
}

function checkKeyOptions(keyId: string, { generate, apiToken, save, stage }: AddOptions): void {
  if (!apiKeyId.test(keyId))
    throw usageError('A key needs an id of letters, digits, _ . and -, 64 at most: keys add backend');
  if (generate) throw usageError('--generate goes with --webhook; API keys are always generated.');
  if (apiToken) throw usageError('--api-token goes with --webhook <source>.');
  if (save && stage === 'local')
    throw usageError('--save is for deployed stages: commands know the key of the stage local.');
}

/** The stage accepts the key already when this fails. */
function save(stage: string, key: SavedKey): void {
  try {
    saveKey(stage, key);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'the file cannot be written';
    throw new CliError(
      exitCodes.failed,
      `The key ${key.id} was added, but not saved: ${reason} No one has it: revoke it with ${commandLine(`keys revoke ${key.id} --stage ${stage}`)}.`,
      { cause },
    );
  }
}

async function addForSource(id: string | undefined, source: string, options: AddOptions): Promise<void> {
  const { destination, expires, save: isSaved, generate, apiToken } = options;
  if ([id, destination, expires, isSaved].some((given) => given !== undefined))
    throw usageError(
      '--webhook does not go with an id, --destination, --expires or --save: the stage file names the destination of its events.',
    );
  if (apiToken && generate)
    throw usageError('--generate makes webhook secrets: an API token comes from the platform.');
  await checkSource(source, options);
  return apiToken ? storeApiToken(source, options) : storeSecret(source, options);
}

async function storeSecret(source: string, options: AddOptions): Promise<void> {
  const { generate, stage } = options;
  const secret = generate ? generateSecret() : await readSecretInput(`secret of ${source}`);
  checkLength(secret, stage);
  const { checkSourceSecret } = await import('./check-source-secret.ts');
  const local = await openStage(options).localSettings();
  checkSourceSecret(stage, source, secret, local?.sources);
  await changeIngest(options, `add a secret for the webhook source ${source}`, (name, text) =>
    addWebhookSecret(name, text, source, secret),
  );
  const end = tail(secret);
  if (generate) note('This secret is shown once. Enter it at the platform now.');
  showResult(options.json === true, { source, digest_end: end, ...(generate && { secret }) }, () =>
    generate ? secret : `The secret is stored, shown in lists as ${source} …${end}`,
  );
}

async function storeApiToken(source: string, options: AddOptions): Promise<void> {
  const token = await readSecretInput(`API token of ${source}`);
  if (!accessTokenForm.test(token))
    throw usageError('An API token has visible ASCII characters only, and 4096 at most.');
  await changeIngest(options, `store the API token of the webhook source ${source}`, (name, text) =>
    setApiToken(name, text, source, token),
  );
  const end = tail(token);
  showResult(
    options.json === true,
    { source, api_token_digest_end: end },
    () => `The API token is stored, shown in lists as ${source} …${end}`,
  );
}

/** Only this machine can reach the stage `local`. */
function checkLength(secret: string, stage: string): void {
  if (secret.length > maxSecretLength)
    throw usageError(`A webhook secret has ${maxSecretLength} characters at most.`);
  if (secret.length < minSecretLength && stage !== 'local')
    throw usageError(
      `A webhook secret needs ${minSecretLength} characters: a shorter one can be guessed from a signature. Let the platform make a longer one, or add --generate.`,
    );
}
