/** API keys: finds the key of a request in constant time, and says no without saying why. */
import { timingSafeEqual } from 'node:crypto';
import { ProblemError } from '../http/problem.ts';
import { type ApiKey, keyDigest } from '../secrets/api-key.ts';
import type { SecretCache } from '../secrets/secret-cache.ts';
import type { IngestSecret } from '../secrets/secret-values.ts';

type Headers = Readonly<Record<string, string | undefined>>;

/** A key that is not known may be a new one: the secret is read again, this often at most. */
const rereadEveryMs = 30_000;

/**
 * @param nowMs when the request came: a key is refused from its expiry on
 * @returns the key of the request; throws a 401 problem, or a 503 one when the keys cannot be read
 */
export async function authenticate(
  headers: Headers,
  keys: SecretCache<IngestSecret>,
  nowMs: number,
): Promise<ApiKey> {
  const given = keyOf(headers);
  if (given === undefined) throw unauthorised();
  const digest = keyDigest(given);
  const known =
    findKey(digest, await readKeys(() => keys.get()), nowMs) ??
    findKey(digest, await readKeys(() => keys.refresh(rereadEveryMs)), nowMs);
  if (known === undefined) throw unauthorised();
  return known;
}

/** One key, in either header; two different ones are refused. */
function keyOf(headers: Headers): string | undefined {
  const bearer = /^bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
  const apiKey = headers['x-api-key']?.trim() || undefined;
  if (headers.authorization !== undefined && bearer === undefined) return undefined;
  if (bearer !== undefined && apiKey !== undefined && bearer !== apiKey) return undefined;
  return bearer ?? apiKey;
}

/**
 * Compares with every key, by digests of equal length, so that the time shows nothing. Expiry is judged after the
 * comparison: an expired key is answered as an unknown one.
 */
function findKey(digest: Uint8Array, keys: readonly ApiKey[], nowMs: number): ApiKey | undefined {
  let found: ApiKey | undefined;
  for (const key of keys) if (timingSafeEqual(digest, key.digest) && nowMs < key.expiresAtMs) found = key;
  return found;
}

async function readKeys(read: () => Promise<IngestSecret>): Promise<readonly ApiKey[]> {
  try {
    return (await read()).keys;
  } catch (cause) {
    const detail = 'The API keys cannot be read at the moment: send the request again.';
    throw new ProblemError(
      { status: 503, code: 'keys_unavailable', detail, headers: { 'retry-after': '5' } },
      { cause },
    );
  }
}

const unauthorised = () =>
  new ProblemError({
    status: 401,
    code: 'unauthorized',
    detail: 'Send one valid API key as Authorization: Bearer <key> or as x-api-key: <key>.',
    headers: { 'www-authenticate': 'Bearer' },
  });
