/**
 * Changes to the text of the ingest secret: API keys, webhook secrets and API tokens. Other contents are kept as they are; every
 * change replaces keys in clear by their digests. A secret that is malformed is named and not changed.
 */
import { sha256 } from '../../lib/privacy/sha256.ts';
import { minSecretLength } from '../../lib/secrets/api-key.ts';
import { decodeIngest } from '../../lib/secrets/secret-values.ts';
import { usageError } from '../errors/cli-error.ts';
import { commandLine } from '../terminal/command-line.ts';

/** Distinguishes secrets without showing them: the end of a digest. */
export const tail = (secret: string): string => sha256(secret).slice(-4);

/** A key as it is stored. */
export interface StoredKey {
  readonly id: string;
  readonly sha256: string;
  readonly destinations: readonly string[];
  readonly created_at: string;
  readonly expires_at: string | null;
}

interface RawKey {
  readonly id?: unknown;
  readonly key?: string;
}

interface RawSource {
  readonly secrets: readonly string[];
  readonly api_token?: string;
}

interface Raw {
  keys?: RawKey[];
  webhooks?: Record<string, RawSource>;
  [other: string]: unknown;
}

const parse = (text: string | undefined): Raw =>
  text === undefined || text.trim() === '' ? {} : (JSON.parse(text) as Raw);

/** @param name `tiktok-events/<stage>/ingest` */
const keysList = (name: string): string => commandLine(`keys list --stage ${name.split('/')[1]}`);

/** The current value with keys as digests, once its decoder has found it well formed. */
function read(name: string, text: string | undefined): Raw {
  decodeIngest(name, text);
  const raw = parse(text);
  return raw.keys === undefined ? raw : { ...raw, keys: raw.keys.map(withDigest) };
}

function withDigest({ key, ...stored }: RawKey): RawKey {
  if (key === undefined) return stored;
  const short = key.length < minSecretLength && { short: true };
  return { ...stored, sha256: sha256(key), ...short } as RawKey;
}

export const holdsClearKeys = (name: string, text: string | undefined): boolean =>
  decodeIngest(name, text).keys.some(({ isClear }) => isClear);

export function addKey(name: string, text: string | undefined, key: StoredKey): string {
  const raw = read(name, text);
  const keys = raw.keys ?? [];
  if (keys.some(({ id }) => id === key.id))
    throw usageError(
      `There is already a key ${key.id}: add one with another id, switch the callers to it, then revoke this one.`,
    );
  return JSON.stringify({ ...raw, keys: [...keys, key] });
}

export function revokeKey(name: string, text: string | undefined, keyId: string): string {
  const raw = read(name, text);
  const keys = raw.keys ?? [];
  const kept = keys.filter(({ id }) => id !== keyId);
  if (kept.length === keys.length)
    throw usageError(`There is no key with this id: ${keysList(name)} shows them.`);
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
  const current = sourceOf(raw, source);
  if (current.secrets.includes(secret)) throw usageError('The source has this secret already.');
  return withSource(raw, source, { ...current, secrets: [...current.secrets, secret] });
}

/** A source has one token: a new one takes the place of the old one. */
export function setApiToken(name: string, text: string | undefined, source: string, token: string): string {
  const raw = read(name, text);
  return withSource(raw, source, { ...sourceOf(raw, source), api_token: token });
}

/** Takes out a secret or the API token. @param end the four characters that `keys list` shows */
export function revokeWebhookSecret(
  name: string,
  text: string | undefined,
  source: string,
  end: string,
): string {
  const raw = read(name, text);
  const { secrets, api_token, ...others } = sourceOf(raw, source);
  const isToken = api_token !== undefined && tail(api_token) === end;
  const kept = secrets.filter((secret) => tail(secret) !== end);
  if (kept.length === secrets.length && !isToken)
    throw usageError(`The source has no secret with this ending: ${keysList(name)} shows them.`);
  const token = api_token !== undefined && !isToken && { api_token };
  return withSource(raw, source, { ...others, secrets: kept, ...token });
}

const sourceOf = ({ webhooks = {} }: Raw, source: string): RawSource =>
  (Object.hasOwn(webhooks, source) ? webhooks[source] : undefined) ?? { secrets: [] };

/** A source that has nothing is left out. */
function withSource(raw: Raw, source: string, value: RawSource): string {
  const others = Object.entries(raw.webhooks ?? {}).filter(([name]) => name !== source);
  const isEmpty = value.secrets.length === 0 && value.api_token === undefined;
  const webhooks = Object.fromEntries(isEmpty ? others : [...others, [source, value]]);
  return JSON.stringify({ ...raw, webhooks });
}
