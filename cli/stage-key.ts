/** The API key of a command: given, from the environment, of the local stage, from the stage's secret, or asked for. */
import { decodeIngest } from '../lib/secrets/secret-values.ts';
import type { SecretsClient } from '../lib/secrets/secrets-manager.ts';
import { isLoopback } from './base-url.ts';
import { unavailable, usageError } from './cli-error.ts';
import { readSecretInput } from './read-secret.ts';

export interface KeyRequest {
  /** Value of `--key`; `-` reads it from standard input. */
  readonly given: string | undefined;
  readonly name: string;
  readonly secretsPrefix: string;
  readonly secrets: () => Promise<SecretsClient>;
  readonly apiUrl: () => Promise<string>;
}

export async function stageKey({ given, name, secretsPrefix, secrets, apiUrl }: KeyRequest): Promise<string> {
  if (given === '-') return checkKey(await readSecretInput('API key'));
  const key = given ?? process.env.TIKTOK_EVENTS_KEY;
  if (key !== undefined && key !== '') return checkKey(key);
  if (name !== 'local') return firstKey(`${secretsPrefix}/ingest`, await secrets());
  if (isLoopback(await apiUrl())) return process.env.LOCAL_API_KEY || 'local-api-key';
  if (process.stdin.isTTY === true) return checkKey(await readSecretInput('API key'));
  throw usageError('Which API key? Set TIKTOK_EVENTS_KEY, or name the stage with --stage to use its own.');
}

/** A key that may use every destination before others. */
async function firstKey(secretName: string, client: SecretsClient): Promise<string> {
  const { keys } = decodeIngest(secretName, await client.read(secretName));
  const key = keys.find(({ destinations }) => destinations.includes('*')) ?? keys[0];
  if (key !== undefined) return key.key;
  throw unavailable(`The secret ${secretName} holds no API key yet: make one with \`keys add\`.`);
}

/** A key travels in a header: visible ASCII only. */
function checkKey(key: string): string {
  if (/^[\x21-\x7e]{1,512}$/.test(key)) return key;
  throw usageError('An API key is 1 to 512 visible ASCII characters without spaces.');
}
