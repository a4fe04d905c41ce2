/** Rejects weak and malformed secrets when they are read, before a request depends on them. */
import { Misconfigured } from '../../errors/app-error.ts';
import { type SecretEncoding, secretBytes } from './secret-bytes.ts';

/** Standard Webhooks requires at least 24 bytes. Some senders use fewer, but none uses fewer than this. */
const minStandardBytes = 16;

export interface SecretRules {
  /** Where the operator finds the secret. */
  readonly secretHint: string;
  /** The encoding of secrets that are not plain text. */
  readonly secretEncoding: SecretEncoding | undefined;
}

/** @throws Misconfigured that names the source and says where its secret is found; it never repeats the secret */
export function checkSecrets(source: string, rules: SecretRules, secrets: readonly string[]): void {
  const fail = (problem: string): never => {
    throw new Misconfigured(`webhooks.${source}.secrets`, `${problem}: ${rules.secretHint}`);
  };
  if (secrets.length === 0) fail('is empty');
  const encoding = rules.secretEncoding;
  for (const [index, secret] of secrets.entries()) {
    if (secret.trim() === '') fail(`[${index}] is empty, and anyone could sign with it`);
    if (secret.trim() !== secret) fail(`[${index}] starts or ends with a space or a line break`);
    if (encoding === undefined) continue;
    if (secret.startsWith('whpk_')) fail(`[${index}] is a public key (ed25519), which is not supported`);
    const key = secretBytes(secret, encoding);
    if (key === undefined) fail(`[${index}] is not ${encoding}; secretEncoding says how to read it`);
    else if (key.length < minStandardBytes) fail(`[${index}] is shorter than ${minStandardBytes} bytes`);
  }
}
