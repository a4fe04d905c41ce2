/** The simulated Secrets Manager, read with the gateway's own decoders. */
import { expect, test } from 'vitest';
import { keyDigest } from '../../../lib/secrets/api-key.ts';
import { createIngestSecret } from '../../../lib/secrets/ingest-secret.ts';
import { createTokenReader } from '../../../lib/secrets/token-secrets.ts';
import { emptyWorld } from '../surroundings.ts';
import { createSecrets, credentials } from './secrets.ts';

const prefix = 'tiktok-events/prod';

function secretsWorld() {
  const world = emptyWorld();
  const secrets = createSecrets(world, prefix);
  const reading = { client: secrets.client, report: () => {}, now: world.scheduler.now };
  return { world, secrets, reading };
}

test('the ingest secret holds the digests of both API keys and the secrets of both sources', async () => {
  const { world, reading } = secretsWorld();
  const { keys, webhooks } = await world.during(createIngestSecret(prefix, reading).get());
  expect(keys.map(({ digest }) => Buffer.from(digest))).toEqual([
    keyDigest(credentials.apiKey),
    keyDigest(credentials.narrowApiKey),
  ]);
  expect(keys.map(({ destinations }) => destinations)).toEqual([['*'], ['second']]);
  expect(webhooks).toEqual({
    standard: { secrets: [credentials.standardSecret] },
    shopify: { secrets: [credentials.shopifySecret] },
  });
});

test('a destination has its token until another one replaces it', async () => {
  const { world, secrets, reading } = secretsWorld();
  const readToken = createTokenReader(prefix, reading);
  expect(await world.during(readToken('default', false))).toBe(credentials.tokens.default);
  secrets.setToken('default', 'replaced');
  expect(await world.during(readToken('default', true))).toBe('replaced');
  expect(await world.during(readToken('second', true))).toBe(credentials.tokens.second);
});

test('a read fails at once while the service fails, and after two seconds while it stalls', async () => {
  const { world, secrets } = secretsWorld();
  const read = () => secrets.client.read(`${prefix}/ingest`);
  secrets.trouble.mode = 'fails';
  await expect(world.during(read(), 100)).rejects.toThrow('InternalServiceError');
  secrets.trouble.mode = 'stalls';
  await expect(world.during(read(), 1_999)).rejects.toThrow('not done');
  await expect(world.during(read(), 2_000)).rejects.toThrow('TimeoutError');
  secrets.trouble.mode = 'up';
  expect(await world.during(read(), 100)).toContain('webhooks');
});
