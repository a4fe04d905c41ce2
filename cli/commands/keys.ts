/** `keys`: the API keys of a stage and the secrets of its webhook sources. A new key is shown once and never again. */
import { randomBytes } from 'node:crypto';
import { Command } from '@commander-js/extra-typings';
import { decodeIngest } from '../../lib/secrets/secret-values.ts';
import { usageError } from '../cli-error.ts';
import { confirmChange } from '../confirm.ts';
import { addKey, addWebhookSecret, revokeKey, revokeWebhookSecret, tail } from '../ingest-edits.ts';
import { note, showResult, table } from '../output.ts';
import { readSecretInput } from '../read-secret.ts';
import { openStage } from '../stage.ts';
import { type SharedOptions, stageCommand } from '../stage-command.ts';
import { checkDestination, namesInStageFile } from '../stage-file.ts';
import { noteWriteRate, writeSecret } from '../write-secret.ts';

interface AddOptions extends SharedOptions {
  readonly destination?: string[] | undefined;
  readonly webhook?: string | undefined;
  readonly generate?: true | undefined;
}

interface RevokeOptions extends SharedOptions {
  readonly webhook?: string | undefined;
}

export const keysCommand = () =>
  new Command('keys')
    .description('API keys, and the secrets of webhook sources')
    .addCommand(addCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand());

const addCommand = () =>
  stageCommand('add', 'Make an API key, or store the secret of a webhook source', [
    'keys add backend --stage prod',
    'keys add warehouse --stage prod --destination offline',
    'keys add --stage prod --webhook shopify < shopify-secret.txt',
    'keys add --stage prod --webhook woocommerce --generate',
  ])
    .argument('[id]', 'name of the API key, shown in logs (made up when left out)')
    .option('-d, --destination <name...>', 'destinations that the key may use (all when left out)')
    .option('--webhook <source>', "store this source's secret, read from a prompt or standard input")
    .option('--generate', 'with --webhook: make the secret, to be entered at the platform')
    .action(add);

const listCommand = () =>
  stageCommand('list', 'Ids of API keys and webhook secrets, with the end of a digest; never the key', [
    'keys list --stage prod',
  ]).action(list);

const revokeCommand = () =>
  stageCommand('revoke', 'Take an API key or a webhook secret out of use, within 5 minutes', [
    'keys revoke backend --stage prod',
    'keys revoke 1f2e --stage prod --webhook shopify',
  ])
    .argument('<id>', 'id of the API key; with --webhook the four characters that `keys list` shows')
    .option('--webhook <source>', 'revoke a secret of this source')
    .action(revoke);

async function add(id: string | undefined, options: AddOptions): Promise<void> {
  if (options.webhook !== undefined) return addSecret(id, options.webhook, options);
  const secret = `teg_${random()}`;
  const keyId = id ?? `key-${tail(secret)}`;
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(keyId))
    throw usageError('A key needs an id of letters, digits, _ . and -, 64 at most: keys add backend');
  if (options.generate) throw usageError('--generate goes with --webhook; API keys are always generated.');
  const destinations = (options.destination ?? []).map((name) => checkDestination(options.stage, name));
  const key = { id: keyId, key: secret, destinations: destinations.length > 0 ? destinations : ['*'] };
  await change(options, `add the API key ${keyId}`, (name, text) => addKey(name, text, key));
  note(
    `The key ${keyId} is shown once. Store it where secrets belong; send it as Authorization: Bearer <key>.`,
  );
  showResult(options.json === true, key, () => key.key);
}

async function addSecret(id: string | undefined, source: string, options: AddOptions): Promise<void> {
  if (id !== undefined || options.destination !== undefined)
    throw usageError(
      '--webhook takes neither an id nor --destination: the stage file says where its events go.',
    );
  checkSource(options.stage, source);
  const secret = options.generate ? generatedSecret() : await readSecretInput(`secret of ${source}`);
  if (secret.length > 4096) throw usageError('A webhook secret has 4096 characters at most.');
  await change(options, `add a secret for the webhook source ${source}`, (name, text) =>
    addWebhookSecret(name, text, source, secret),
  );
  const end = tail(secret);
  if (options.generate) note('This secret is shown once. Enter it at the platform now.');
  showResult(options.json === true, { source, digest_end: end, ...(options.generate && { secret }) }, () =>
    options.generate ? secret : `The secret is stored, shown in lists as ${source} …${end}`,
  );
}

async function list(options: SharedOptions): Promise<void> {
  const stage = openStage(options);
  const name = `${stage.secretsPrefix}/ingest`;
  const { keys, webhooks } = decodeIngest(name, await (await stage.secrets()).read(name));
  const result = {
    keys: keys.map(({ id, key, destinations }) => ({ id, digest_end: tail(key), destinations })),
    webhooks: Object.entries(webhooks).flatMap(([source, { secrets }]) =>
      secrets.map((secret) => ({ source, digest_end: tail(secret) })),
    ),
  };
  const rows = [
    ...result.keys.map(({ id, digest_end, destinations }) => ['key', id, digest_end, destinations.join(' ')]),
    ...result.webhooks.map(({ source, digest_end }) => ['webhook', source, digest_end, '']),
  ];
  const empty = `Stage ${stage.name} has no keys yet: make one with keys add.`;
  const heading = ['kind', 'id', 'digest ends', 'destinations'];
  showResult(options.json === true, result, () => (rows.length > 0 ? table([heading, ...rows]) : empty));
}

async function revoke(id: string, options: RevokeOptions): Promise<void> {
  const { webhook } = options;
  const what = webhook === undefined ? `the API key ${id}` : `a secret of the webhook source ${webhook}`;
  await change(options, `revoke ${what}`, (name, text) =>
    webhook === undefined ? revokeKey(name, text, id) : revokeWebhookSecret(name, text, webhook, id),
  );
  note('It serves no longer once the functions have read the secret again: within 5 minutes.');
  showResult(
    options.json === true,
    { revoked: id, ...(webhook && { source: webhook }) },
    () => `Revoked ${what}.`,
  );
}

/** Asks, reads the current value as late as possible, and writes it with the change. */
async function change(
  options: SharedOptions,
  action: string,
  edit: (name: string, text: string | undefined) => string,
): Promise<void> {
  const stage = openStage(options);
  const name = `${stage.secretsPrefix}/ingest`;
  const secrets = await stage.secrets();
  edit(name, await secrets.read(name));
  await confirmChange({
    isLoopback: stage.isLocal,
    yes: options.yes === true,
    action: `${action} in stage ${stage.name}`,
  });
  await writeSecret(secrets, name, edit(name, await secrets.read(name)));
  noteWriteRate(stage);
}

function checkSource(stage: string, source: string): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(source))
    throw usageError('--webhook: a source name has letters, digits, - and _ only, 64 at most.');
  const known = namesInStageFile(stage, 'sources');
  if (known === undefined || known.includes(source)) return;
  throw usageError(`--webhook: stages/${stage}.yml has no source of this name. Add it there and deploy.`);
}

const random = (): string => randomBytes(32).toString('base64url');
/** The form of Standard Webhooks; every other platform takes it as plain text. */
const generatedSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;
