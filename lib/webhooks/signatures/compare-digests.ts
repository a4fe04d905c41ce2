/** Compares digests in constant time: the duration of a check reveals nothing about the expected signature. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { reject, type Verification } from './verification.ts';

export type HmacAlgorithm = 'sha1' | 'sha256' | 'sha384' | 'sha512';
type Bytes = Uint8Array | string;

/** @param parts what was signed, joined in this order; texts are UTF-8 */
export function hmac(algorithm: HmacAlgorithm, key: Uint8Array, parts: readonly Bytes[]): Buffer {
  const digest = createHmac(algorithm, key);
  for (const part of parts) digest.update(part);
  return digest.digest();
}

/** `hex_or_base64` is for senders whose own documents disagree: the two differ in length, so that neither reads as the other. */
export type DigestEncoding = 'hex' | 'base64' | 'hex_or_base64';

const digestBytes = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 } as const;
const hexDigits = /^[0-9a-f]+$/i;

/** @returns the digest's bytes; undefined when the text is not exactly one digest of this algorithm */
export function decodeDigest(
  text: string,
  encoding: DigestEncoding,
  algorithm: HmacAlgorithm,
): Buffer | undefined {
  if (encoding === 'hex_or_base64')
    return decodeDigest(text, 'hex', algorithm) ?? decodeDigest(text, 'base64', algorithm);
  const size = digestBytes[algorithm];
  if (encoding === 'hex') {
    return text.length === 2 * size && hexDigits.test(text) ? Buffer.from(text, 'hex') : undefined;
  }
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === size && bytes.toString('base64') === text ? bytes : undefined;
}

/**
 * Accepts when the digest of some secret is among the received ones. It tries every secret, even after a match.
 * @param keys the secrets as bytes; an empty one never matches, since anyone can sign with it
 */
export function matchDigests(
  keys: readonly Uint8Array[],
  received: readonly Buffer[],
  digestWith: (key: Uint8Array) => Buffer,
): Verification {
  if (!keys.some((key) => key.length > 0)) return reject('no_secret');
  let isMatched = false;
  for (const key of keys) {
    const expected = digestWith(key);
    for (const digest of received) {
      const isEqual = digest.length === expected.length && timingSafeEqual(digest, expected);
      if (isEqual && key.length > 0) isMatched = true;
    }
  }
  return isMatched ? { ok: true } : reject('signature_mismatch');
}
