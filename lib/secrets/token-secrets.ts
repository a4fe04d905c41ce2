/** The access tokens of a stage's destinations, each cached on its own. */
import { destinationSecretName } from './names.ts';
import { createSecretCache, type SecretCache } from './secret-cache.ts';
import { type SecretReading, secretFailure } from './secret-failure.ts';
import { decodeToken } from './secret-values.ts';

/** While Secrets Manager fails, the last known token stays in use for this long. */
const staleMs = 86_400_000;

/**
 * @returns a function that reads a destination's token, undefined when nothing is connected. `fresh` bypasses the
 * cache. The function throws when the secret cannot be read or is malformed.
 */
export function createTokenReader(secretsPrefix: string, { client, report, now }: SecretReading) {
  const caches = new Map<string, SecretCache<string | undefined>>();

  const cacheOf = (destination: string): SecretCache<string | undefined> => {
    const name = destinationSecretName(secretsPrefix, destination);
    const load = async () => decodeToken(name, await client.read(name))?.access_token;
    const onFailure = (error: unknown, isStale: boolean) => report(secretFailure(name, error, isStale));
    const cache = caches.get(destination) ?? createSecretCache({ load, now, staleMs, onFailure });
    caches.set(destination, cache);
    return cache;
  };

  return (destination: string, fresh: boolean): Promise<string | undefined> =>
    fresh ? cacheOf(destination).refresh() : cacheOf(destination).get();
}
