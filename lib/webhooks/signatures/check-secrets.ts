/** Refuses secrets that cannot protect a source, when they are read and before a request depends on them. */
import { Misconfigured } from '../../errors/app-error.ts';
import type { SourceSettings } from '../source-settings.ts';
import { type SecretEncoding, secretBytes } from './secret-bytes.ts';

/** The least that Standard Webhooks allows is 24 bytes; senders bend that rule, but not below this. */
const minStandardBytes = 16;

/** @throws Misconfigured that names the source and says which secret belongs there; it never repeats the secret */
export function checkSecrets(source: string, settings: SourceSettings, secrets: readonly string[]): void {
  const fail = (problem: string): never => {
    throw new Misconfigured(`webhooks.${source}.secrets`, `${problem}: ${whereToFind[settings.platform]}`);
  };
  if (secrets.length === 0) fail('is empty');
  const encoding = encodingOf(settings);
  for (const [index, secret] of secrets.entries()) {
    if (secret.trim() === '') fail(`[${index}] is empty, and anyone could sign with it`);
    if (secret.trim() !== secret) fail(`[${index}] begins or ends with a space or a line break`);
    if (encoding === undefined) continue;
    if (secret.startsWith('whpk_')) fail(`[${index}] is a public key (ed25519), which is not supported`);
    const key = secretBytes(secret, encoding);
    if (key === undefined) fail(`[${index}] is not ${encoding}; secretEncoding says how to read it`);
    else if (key.length < minStandardBytes) fail(`[${index}] is shorter than ${minStandardBytes} bytes`);
  }
}

/** The encoding of secrets that are not simply text; undefined for the rest. */
function encodingOf(settings: SourceSettings): SecretEncoding | undefined {
  if (settings.platform === 'standard') return settings.secretEncoding;
  if (settings.platform !== 'custom' || settings.auth.profile === 'static-token') return undefined;
  if (settings.auth.profile === 'hmac' && settings.auth.secretEncoding === 'utf8') return undefined;
  return settings.auth.secretEncoding;
}

const whereToFind: Readonly<Record<SourceSettings['platform'], string>> = {
  shopify:
    "an app's webhook is signed with the app's client secret, one made under Settings > Notifications > Webhooks with the value shown on that page",
  woocommerce: "use the Secret of the webhook itself, not the REST API's consumer secret",
  stripe: "use the endpoint's signing secret (whsec_…) from Developers > Webhooks",
  standard: 'use the signing secret (whsec_…) that the sender shows',
  custom: 'use the secret or token that the sender shows',
};
