/** The schema of a proxy secret's digest, for stage files and the environment. It rejects the digest of an empty text. */
import * as z from 'zod/mini';
import { isDigest, sha256 } from '../privacy/sha256.ts';

/** The output of `printf %s "$UNSET" | sha256sum`, with and without a line break: the secret was empty. */
const ofNothing = new Set([sha256(''), sha256('\n')]);

export const originDigest = () =>
  z.string().check(
    z.refine(isDigest, 'expected the SHA-256 of a secret, as 64 lower-case hex digits'),
    z.refine((digest) => !ofNothing.has(digest), 'is the SHA-256 of an empty text: generate a secret first'),
  );
