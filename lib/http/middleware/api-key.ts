/** Gives the handler the API key of the request, found in constant time. Every other key gets the same 401. */
import { timingSafeEqual } from 'node:crypto';
import type { MiddlewareObj } from '@middy/core';
import type { Context } from 'aws-lambda';
import { DependencyDown, Unauthenticated } from '../../errors/app-error.ts';
import { type ApiKey, keyDigest } from '../../secrets/api-key.ts';
import type { SecretCache } from '../../secrets/secret-cache.ts';
import type { IngestSecret } from '../../secrets/secret-values.ts';
import type { ApiEvent, ApiResponse, Received } from '../api-answer.ts';

type Headers = Readonly<Record<string, string | undefined>>;

/** An unknown key can be a new one, so the secret is read again, at most this often. */
const rereadEveryMs = 30_000;

/** What `apiKey` adds to the Lambda context. */
export interface Authenticated {
  apiKey: ApiKey;
}

/** Needs `requestLog` before it in the chain, which notes when the request arrived. */
export const apiKey = (
  keys: SecretCache<IngestSecret>,
): MiddlewareObj<ApiEvent, ApiResponse, Error, Context & Received & Authenticated> => ({
  before: async ({ event, context }) => {
    context.apiKey = await authenticate(event.headers, keys, context.receivedAtMs);
  },
});

/**
 * @param nowMs when the request arrived; a key is rejected from its expiry on
 * @returns the key of the request
 * @throws Unauthenticated for every other key, DependencyDown when the keys cannot be read
 */
export async function authenticate(
  headers: Headers,
  keys: SecretCache<IngestSecret>,
  nowMs: number,
): Promise<ApiKey> {
  const given = keyOf(headers);
  if (given === undefined) throw unauthorized();
  const digest = keyDigest(given);
  const known =
    findKey(digest, await readKeys(() => keys.get()), nowMs) ??
    findKey(digest, await readKeys(() => keys.refresh(rereadEveryMs)), nowMs);
  if (known === undefined) throw unauthorized();
  return known;
}

/** One key, in either header. Two different keys count as none. */
function keyOf(headers: Headers): string | undefined {
  const bearer = /^bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
  const apiKey = headers['x-api-key']?.trim() || undefined;
  if (headers.authorization !== undefined && bearer === undefined) return undefined;
  if (bearer !== undefined && apiKey !== undefined && bearer !== apiKey) return undefined;
  return bearer ?? apiKey;
}

/**
 * Compares with every key, and digests of equal length, so the duration reveals nothing. Expiry is checked after the
 * comparison: an expired key gets the answer of an unknown one.
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
    const detail = 'The API keys cannot be read at the moment. Send the request again.';
    throw new DependencyDown('keys_unavailable', detail, { cause, retryAfterSeconds: 5 });
  }
}

const unauthorized = () =>
  new Unauthenticated(
    'unauthorized',
    'Send one valid API key as Authorization: Bearer <key> or as x-api-key: <key>.',
  );
