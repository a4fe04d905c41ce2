/** The digest of a proxy's secret, as a stage file and the environment of a function name it. Never that of an empty text. */
import * as z from 'zod/mini';
import { isDigest, sha256 } from '../privacy/sha256.ts';

/** What `printf %s "$UNSET" | sha256sum` prints: the secret was empty, and an absent header would be as good. */
const ofNothing = new Set([sha256(''), sha256('\n')]);

export const originDigest = () =>
  z.string().check(
    z.refine(isDigest, 'expected the SHA-256 of a secret, as 64 lower-case hex digits'),
    z.refine((digest) => !ofNothing.has(digest), 'is the SHA-256 of an empty text: make a secret first'),
  );
