/** `connect`: gives a destination its TikTok token, with an OAuth link or a token made in Events Manager. */
import { randomBytes } from 'node:crypto';
import { newConnectLink } from '../../lib/oauth/connect-link.ts';
import { connectSecretName, destinationSecretName, oauthAppSecretName } from '../../lib/secrets/names.ts';
import { accessTokenForm, decodeOauthApp } from '../../lib/secrets/secret-values.ts';
import { CliError, usageError } from '../errors/cli-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { openStage, type Stage } from '../stage/stage.ts';
import { type SharedOptions, stageCommand } from '../stage/stage-command.ts';
import { checkDestination } from '../stage/stage-file.ts';
import { noteWriteRate, writeSecret } from '../stage/write-secret.ts';
import { commandLine } from '../terminal/command-line.ts';
import { confirmChange } from '../terminal/confirm.ts';
import { terminal } from '../terminal/io.ts';
import { openBrowser } from '../terminal/open-browser.ts';
import { note, printable, showResult } from '../terminal/output.ts';
import { parseDuration } from '../terminal/parse-options.ts';
import { readSecretInput } from '../terminal/read-secret.ts';
import { reportApproval } from './report-approval.ts';
import { connectedAt } from './wait-for-approval.ts';

interface Options extends SharedOptions {
  readonly destination: string;
  readonly token?: true | undefined;
  readonly app?: string | undefined;
  readonly open: boolean;
  /** Milliseconds; false for `--no-wait`. */
  readonly wait?: number | false | undefined;
}

export const connectCommand = () =>
  stageCommand('connect', 'Connect a TikTok account: prints a link for the person who can approve it', [
    'connect --stage prod',
    'connect --stage prod --destination offline --no-open',
    'connect --stage prod --token < token.txt',
    'connect --stage prod --app 7123456789012345678 < app-secret.txt',
  ])
    .option('-d, --destination <name>', 'destination to connect', 'default')
    .option('--token', 'store an access token made in Events Manager, read from a prompt or standard input')
    .option(
      '--app <app_id>',
      'store the developer app first; its secret is read from a prompt or standard input',
    )
    .option('--url <url>', "base URL for the link instead of the stage's own (or TIKTOK_EVENTS_URL)")
    .option('--no-open', 'do not open a browser')
    .option(
      '--wait <duration>',
      'how long to wait for the approval; by default until the link expires, 20s without a terminal, not at all with --json',
      parseDuration,
    )
    .option('--no-wait', 'print the link and end')
    .action(connect);

async function connect(options: Options): Promise<void> {
  const stage = openStage(options);
  const destination = checkDestination(stage.name, options.destination);
  if (options.token && options.app !== undefined) throw usageError('Give --token or --app, not both.');
  if (options.app !== undefined) return storeApp(stage, options, options.app);
  if (options.token) return storeToken(stage, options, destination);
  return makeLink(stage, options, destination);
}

const confirm = (stage: Stage, { yes }: Options, action: string): Promise<void> =>
  confirmChange({ isLoopback: stage.isLocal, yes: yes === true, action });

async function makeLink(stage: Stage, options: Options, destination: string): Promise<void> {
  const secrets = await stage.secrets();
  const apiUrl = await stage.apiUrl();
  const appName = oauthAppSecretName(stage.secretsPrefix);
  if (decodeOauthApp(appName, await secrets.read(appName)) === undefined)
    throw new CliError(
      exitCodes.unavailable,
      `The secret ${appName} is empty: store the developer app with ${commandLine(`connect --stage ${stage.name} --app APP_ID`)}, or use --token.`,
    );
  await confirm(
    stage,
    options,
    `create a link that connects the destination ${destination} of stage ${stage.name}`,
  );
  const before = await connectedAt(stage, destination);
  const nonce = randomBytes(32).toString('base64url');
  const link = newConnectLink(nonce, destination, Date.now());
  await writeSecret(secrets, connectSecretName(stage.secretsPrefix), () => JSON.stringify(link));
  const url = `${apiUrl}/v1/oauth/start?link=${nonce}`;
  note('Open this link within 10 minutes, in the browser of a person who can approve for the ad account.');
  note(`It works once. The app at TikTok must list the redirect URL ${apiUrl}/v1/oauth/callback`);
  const made = { link: url, destination, expires_at: link.expires_at };
  const isJson = options.json === true;
  const waitMs = waitOf(options);
  if (isJson && waitMs > 0) note(url);
  else showResult(isJson, made, () => url);
  if (options.open && !isJson) await openBrowser(url);
  if (waitMs > 0) await reportApproval(stage, made, { before, waitMs, isJson });
}

/** A program needs the link, and a script must not hang for the 10 minutes of a link that nobody approves. */
function waitOf({ wait, json }: Options): number {
  if (wait === false) return 0;
  if (wait !== undefined) return wait;
  if (json === true) return 0;
  return terminal().stdout.isTTY === true ? Number.POSITIVE_INFINITY : 20_000;
}

/** A token from Events Manager comes without ad accounts. By that, `disconnect` knows that it cannot revoke it. */
async function storeToken(stage: Stage, options: Options, destination: string): Promise<void> {
  const secrets = await stage.secrets();
  await confirm(stage, options, `replace the token of the destination ${destination} of stage ${stage.name}`);
  if (stage.isLocal)
    note(`The token goes to the gateway on this machine: ${printable(await stage.apiUrl())}`);
  const token = await readSecretInput('access token');
  if (!accessTokenForm.test(token))
    throw usageError('An access token is visible ASCII without spaces: copy it again from Events Manager.');
  const value = { access_token: token, connected_at: new Date().toISOString() };
  const name = destinationSecretName(stage.secretsPrefix, destination);
  await writeSecret(secrets, name, () => JSON.stringify(value));
  noteWriteRate(stage);
  showResult(
    options.json === true,
    { destination, connected_at: value.connected_at },
    () => `The token is stored. Check it with ${commandLine(`doctor --stage ${stage.name}`)}.`,
  );
}

async function storeApp(stage: Stage, options: Options, appId: string): Promise<void> {
  if (!/^\d{5,32}$/.test(appId))
    throw usageError('--app: the id of a developer app is a number of 5 to 32 digits.');
  const secrets = await stage.secrets();
  await confirm(stage, options, `store the developer app of stage ${stage.name}`);
  const value = { app_id: appId, secret: await readSecretInput('app secret') };
  await writeSecret(secrets, oauthAppSecretName(stage.secretsPrefix), () => JSON.stringify(value));
  noteWriteRate(stage);
  showResult(
    options.json === true,
    { app_id: appId },
    () => `The developer app is stored. Now run ${commandLine(`connect --stage ${stage.name}`)}.`,
  );
}
