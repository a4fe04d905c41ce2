/**
 * Reads the proxy's digests from a function's environment. This file does not use zod: the function `meta` needs nothing
 * else of its settings, and zod would be half of its bundle.
 */
import { Misconfigured } from '../errors/app-error.ts';

const oneOrTwoDigests = /^[0-9a-f]{64}(,[0-9a-f]{64})?$/;

/**
 * @returns the SHA-256 digests of the secrets by which a proxy proves that a request came through it; an empty list lets
 * every request in
 * @throws Misconfigured when `ORIGIN_SECRET_SHA256` has another form
 */
export function originDigests(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const digests = environment.ORIGIN_SECRET_SHA256;
  if (digests === undefined) return [];
  if (!oneOrTwoDigests.test(digests))
    throw new Misconfigured('ORIGIN_SECRET_SHA256', 'is not of the expected form');
  return digests.split(',');
}
