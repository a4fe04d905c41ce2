/** One API key of the ingest secret. Only its digest is kept in memory; a key in clear is hashed when it is read. */
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { isDigest } from '../privacy/sha256.ts';

/** A shorter secret can be guessed from its digest or from a signature. */
export const minSecretLength = 16;

export const apiKeyId = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

export interface ApiKey {
  /** Shown in logs and used in derived event ids; not secret. */
  readonly id: string;
  /** SHA-256 of the key, 32 bytes. */
  readonly digest: Uint8Array;
  /** Names of destinations the key may use; `*` is all. */
  readonly destinations: readonly string[];
  /** ISO 8601; undefined for keys that are older than this field. */
  readonly createdAt: string | undefined;
  /** The first millisecond at which the key is rejected; Infinity for a key that does not expire. */
  readonly expiresAtMs: number;
  /** The secret contains the key itself: the next `keys add` or `keys revoke` replaces it with its digest. */
  readonly isClear: boolean;
  readonly isShort: boolean;
}

const date = () => z.iso.datetime({ offset: true });

const storedKey = () =>
  z
    .object({
      id: z.string().check(z.regex(apiKeyId)),
      sha256: z.optional(z.string().check(z.refine(isDigest))),
      /** The key itself: how keys were stored before digests. */
      key: z.optional(z.string().check(z.minLength(1), z.maxLength(512))),
      destinations: z._default(z.array(z.string()), ['*']),
      created_at: z.optional(date()),
      expires_at: z.optional(z.nullable(date())),
      /** The key had fewer characters than `minSecretLength`, which its digest does not show. */
      short: z.optional(z.boolean()),
    })
    .check(
      z.refine(({ sha256, key }) => (sha256 === undefined) !== (key === undefined), { path: ['sha256'] }),
    );

/** Requires `sha256` or `key`, and not both: it would be unclear which of them counts. */
export const apiKeySchema = () => z.pipe(storedKey(), z.transform(toApiKey));

function toApiKey(stored: z.infer<ReturnType<typeof storedKey>>): ApiKey {
  const { id, sha256, key, destinations, created_at, expires_at, short = false } = stored;
  return {
    id,
    digest: key === undefined ? Buffer.from(sha256 ?? '', 'hex') : keyDigest(key),
    destinations,
    createdAt: created_at,
    expiresAtMs: expires_at ? Date.parse(expires_at) : Number.POSITIVE_INFINITY,
    isClear: key !== undefined,
    isShort: short || (key !== undefined && key.length < minSecretLength),
  };
}

/** @returns the SHA-256 of the key, 32 bytes */
export const keyDigest = (key: string): Buffer => createHash('sha256').update(key).digest();
