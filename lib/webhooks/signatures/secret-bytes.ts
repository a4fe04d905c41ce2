/** Turns a secret, as the platform shows it, into the bytes that it signs with. */

export type SecretEncoding = 'base64' | 'utf8' | 'hex';

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;
const hex = /^(?:[0-9a-f]{2})+$/i;
const standardPrefix = /^whsec_/;

/**
 * @returns the key; undefined when the text is not in this encoding. The prefix `whsec_` of Standard Webhooks is
 * removed, except with `utf8`: senders that sign with the text use all of it.
 */
export function secretBytes(secret: string, encoding: SecretEncoding): Buffer | undefined {
  if (encoding === 'utf8') return Buffer.from(secret, 'utf8');
  const text = secret.replace(standardPrefix, '');
  const isEncoded = encoding === 'hex' ? hex.test(text) : base64.test(text);
  return isEncoded ? Buffer.from(text, encoding) : undefined;
}

/** @returns the key; a secret that cannot be decoded becomes an empty key, which never matches */
export const secretKey = (secret: string, encoding: SecretEncoding): Buffer =>
  secretBytes(secret, encoding) ?? Buffer.alloc(0);

export const secretKeys = (secrets: readonly string[], encoding: SecretEncoding): Buffer[] =>
  secrets.map((secret) => secretKey(secret, encoding));
