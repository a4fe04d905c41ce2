/** The forms of values that several settings of a stage file share. */
import * as z from 'zod/mini';
import { isDigest, sha256 } from '../privacy/sha256.ts';

export const whole = (min: number, max: number) => z.int().check(z.gte(min), z.lte(max));

export const ratio = (min: number, max: number) => z.number().check(z.gte(min), z.lte(max));

/** @param form completes the sentence "expected …" */
export const text = (pattern: RegExp, form: string) => z.string().check(z.regex(pattern, `expected ${form}`));

/** The output of `printf %s "$UNSET" | sha256sum`, with and without a line break: the secret was empty. */
const ofNothing = new Set([sha256(''), sha256('\n')]);

/** The digest of a proxy's secret; that of an empty text is rejected. */
export const originDigest = () =>
  z.string().check(
    z.refine(isDigest, 'expected the SHA-256 of a secret, as 64 lower-case hex digits'),
    z.refine((digest) => !ofNothing.has(digest), 'is the SHA-256 of an empty text: generate a secret first'),
  );
