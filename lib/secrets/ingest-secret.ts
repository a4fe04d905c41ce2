/** The ingest secret of a stage: API keys and the signing secrets of webhooks, cached. */
import { ingestSecretName } from './names.ts';
import { createSecretCache, type SecretCache } from './secret-cache.ts';
import { type SecretReading, secretFailure } from './secret-failure.ts';
import { decodeIngest, type IngestSecret } from './secret-values.ts';

/** While Secrets Manager fails, the last known keys stay valid for this long. */
const staleMs = 3_600_000;

export function createIngestSecret(
  secretsPrefix: string,
  { client, report, now }: SecretReading,
): SecretCache<IngestSecret> {
  const name = ingestSecretName(secretsPrefix);
  return createSecretCache({
    load: async () => decodeIngest(name, await client.read(name)),
    now,
    staleMs,
    onFailure: (error, isStale) => report(secretFailure(name, error, isStale)),
  });
}
