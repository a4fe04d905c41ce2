/**
 * Changes to the text of the ingest secret: API keys and webhook secrets. What stands there besides is kept as it is,
 * and a secret that is malformed is not touched but named.
 */
import { sha256 } from '../lib/privacy/sha256.ts';
import { type ApiKey, decodeIngest } from '../lib/secrets/secret-values.ts';
import { usageError } from './cli-error.ts';

/** Tells secrets apart without telling them: the end of a digest. */
export const tail = (secret: string): string => sha256(secret).slice(-4);

interface Raw {
  keys?: { id?: unknown }[];
  webhooks?: Record<string, { secrets: string[] }>;
  [other: string]: unknown;
}

/** The value as it stands, once its decoder has found it well formed. */
function read(name: string, text: string | undefined): Raw {
  decodeIngest(name, text);
  return text === undefined || text.trim() === '' ? {} : (JSON.parse(text) as Raw);
}

export function addKey(name: string, text: string | undefined, key: ApiKey): string {
  const raw = read(name, text);
  const keys = raw.keys ?? [];
  if (keys.some(({ id }) => id === key.id))
    throw usageError(
      `There is a key ${key.id} already: take another id, move the callers over, then revoke it.`,
    );
  return JSON.stringify({ ...raw, keys: [...keys, key] });
}

export function revokeKey(name: string, text: string | undefined, keyId: string): string {
  const raw = read(name, text);
  const keys = raw.keys ?? [];
  const kept = keys.filter(({ id }) => id !== keyId);
  if (kept.length === keys.length) throw usageError('There is no key of this id: `keys list` shows them.');
  return JSON.stringify({ ...raw, keys: kept });
}

/** A source may have several secrets, so that one can be replaced without losing webhooks. */
export function addWebhookSecret(
  name: string,
  text: string | undefined,
  source: string,
  secret: string,
): string {
  const raw = read(name, text);
  const secrets = secretsOf(raw, source);
  if (secrets.includes(secret)) throw usageError('The source has this secret already.');
  return withSecrets(raw, source, [...secrets, secret]);
}

/** @param end the four characters that `keys list` shows */
export function revokeWebhookSecret(
  name: string,
  text: string | undefined,
  source: string,
  end: string,
): string {
  const raw = read(name, text);
  const secrets = secretsOf(raw, source);
  const kept = secrets.filter((secret) => tail(secret) !== end);
  if (kept.length === secrets.length)
    throw usageError('The source has no secret with this ending: `keys list` shows them.');
  return withSecrets(raw, source, kept);
}

const secretsOf = ({ webhooks = {} }: Raw, source: string): readonly string[] =>
  Object.hasOwn(webhooks, source) ? (webhooks[source]?.secrets ?? []) : [];

/** A source without secrets is left out: nothing can be verified for it. */
function withSecrets(raw: Raw, source: string, secrets: readonly string[]): string {
  const others = Object.entries(raw.webhooks ?? {}).filter(([name]) => name !== source);
  const webhooks = Object.fromEntries(secrets.length > 0 ? [...others, [source, { secrets }]] : others);
  return JSON.stringify({ ...raw, webhooks });
}
