/** The API key of a command: given, from the environment, saved for this user, of the local stage, or from a prompt. */
import { isLoopbackUrl } from '../../lib/schema/base-url.ts';
import { defaultApiKey } from '../../local/stage.ts';
import { unavailable, usageError } from '../errors/cli-error.ts';
import { commandLine } from '../terminal/command-line.ts';
import { terminal } from '../terminal/io.ts';
import { readSecretInput } from '../terminal/read-secret.ts';
import { readSavedKey } from './saved-key.ts';

export interface KeyRequest {
  /** Value of `--key`; `-` reads it from standard input. */
  readonly given: string | undefined;
  readonly name: string;
  readonly apiUrl: () => Promise<string>;
}

export async function stageKey({ given, name, apiUrl }: KeyRequest): Promise<string> {
  if (given === '-') return checkKey(await readSecretInput('API key'));
  const key = given ?? terminal().env.TIKTOK_EVENTS_KEY;
  if (key !== undefined && key !== '') return checkKey(key);
  if (name !== 'local') return ownKey(name);
  if (isLoopbackUrl(await apiUrl())) return terminal().env.LOCAL_API_KEY || defaultApiKey;
  if (terminal().stdin.isTTY === true) return checkKey(await readSecretInput('API key'));
  throw usageError(
    'Which API key? Set TIKTOK_EVENTS_KEY, or name the stage with --stage to use the key saved for it.',
  );
}

/** Never a key of the stage's secret: it belongs to another sender and is stored as a digest. */
function ownKey(stage: string): string {
  const saved = readSavedKey(stage);
  if (saved !== undefined) return checkKey(saved.key);
  throw unavailable(
    `You have no API key for stage ${stage}: set TIKTOK_EVENTS_KEY, or make a key of your own and save it with ${commandLine(`keys add --stage ${stage} --save`)}.`,
  );
}

/** A key travels in a header: visible ASCII only. */
function checkKey(key: string): string {
  if (/^[\x21-\x7e]{1,512}$/.test(key)) return key;
  throw usageError('An API key is 1 to 512 visible ASCII characters without spaces.');
}
