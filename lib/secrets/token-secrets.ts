/** The access tokens of a stage's destinations, each cached on its own. */
import { destinationSecretName } from './names.ts';
import { createSecretCache, type SecretCache } from './secret-cache.ts';
import { type SecretReading, secretFailure } from './secret-failure.ts';
import { decodeToken } from './secret-values.ts';

/** When Secrets Manager fails, a known token serves for this long. */
const staleMs = 86_400_000;

/**
 * @returns reads a destination's token; `fresh` passes by the cache. undefined: nothing is connected yet.
 * The reader throws when the secret cannot be read or is malformed.
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
