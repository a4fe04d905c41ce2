/** The simulated Secrets Manager: the secrets of a stage in their real form, while it works, fails or stalls. */

import { keyDigest } from '../../../lib/secrets/api-key.ts';
import { destinationSecretName, ingestSecretName } from '../../../lib/secrets/names.ts';
import type { SecretsClient } from '../../../lib/secrets/secrets-manager.ts';
import { createRandom } from '../../support/random.ts';
import { clockOf } from '../engine/scheduler.ts';
import type { SecretsPart, Surroundings } from '../world-parts.ts';

/** What senders sign with and TikTok accepts, at the start. */
export const credentials = {
  /** May use every destination. */
  apiKey: 'simulated-api-key-0123456789',
  /** May use the destination `second` only. */
  narrowApiKey: 'simulated-narrow-key-0123456789',
  standardSecret: `whsec_${Buffer.from('simulated standard webhooks').toString('base64')}`,
  shopifySecret: 'simulated-shopify-secret-0123456789',
  tokens: { default: 'simulated-token-of-default', second: 'simulated-token-of-second' },
} as const;

const leastMs = 3;
const mostMs = 20;
/** The SDK's two attempts of one second each (`lib/secrets/secrets-manager.ts`). */
const stallMs = 2_000;

const named = (name: string): Error => Object.assign(new Error(name), { name });

/**
 * @param prefix the setting SECRETS_PREFIX
 * @param ingest the text of the secret `ingest`
 */
export function createSecrets(
  { scheduler, random: chance, trace }: Surroundings,
  prefix: string,
  ingest: string = ingestText,
): SecretsPart {
  const random = createRandom(chance.between(0, 0xffff_ffff));
  const { pause } = clockOf(scheduler);
  const texts = new Map<string, string>([[ingestSecretName(prefix), ingest]]);
  const setToken = (destination: string, accessToken: string): void => {
    const value = { access_token: accessToken, advertiser_ids: ['7000000000000000000'] };
    texts.set(destinationSecretName(prefix, destination), JSON.stringify(value));
  };
  for (const [destination, token] of Object.entries(credentials.tokens)) setToken(destination, token);

  const trouble: SecretsPart['trouble'] = { mode: 'up' };
  const read: SecretsClient['read'] = async (name) => {
    const { mode } = trouble;
    trace.note(`secrets ${mode} ${name}`);
    await pause(mode === 'stalls' ? stallMs : random.between(leastMs, mostMs));
    if (mode === 'up') return texts.get(name);
    throw named(mode === 'stalls' ? 'TimeoutError' : 'InternalServiceError');
  };
  const removeToken = (destination: string): void => {
    texts.delete(destinationSecretName(prefix, destination));
  };
  return { client: { read }, trouble, setToken, removeToken };
}

const key = (id: string, text: string, destinations: readonly string[]) => ({
  id,
  sha256: keyDigest(text).toString('hex'),
  destinations,
  created_at: '2026-01-01T00:00:00Z',
  expires_at: null,
});

const ingestText = JSON.stringify({
  keys: [key('backend', credentials.apiKey, ['*']), key('narrow', credentials.narrowApiKey, ['second'])],
  webhooks: {
    standard: { secrets: [credentials.standardSecret] },
    shopify: { secrets: [credentials.shopifySecret] },
  },
});
