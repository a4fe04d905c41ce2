/** Advertising ids in TikTok's form: IDFA in upper case, GAID in lower case, a digest always in lower case. */
import { cleanText } from './clean-text.ts';
import { isDigest } from './sha256.ts';

/** @param toCase converts a raw id to the case in which TikTok compares it (Events API 2.0, test vectors) */
export const deviceId =
  (toCase: (id: string) => string) =>
  (value: string): string => {
    const id = cleanText(value);
    const lower = id.toLowerCase();
    return isDigest(lower) ? lower : toCase(id.replace(withoutDashes, '$1-$2-$3-$4-$5'));
  };

/** Databases and some programs store a UUID so. */
const withoutDashes = /^([\da-f]{8})([\da-f]{4})([\da-f]{4})([\da-f]{4})([\da-f]{12})$/i;

/** TikTok's own example of a GAID has a first group of 6 characters; a UUID has 8. */
const uuid = /^[0-9a-f]{6,8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const hexadecimal = /^(?:[0-9a-f]{32}|[0-9a-f]{64})$/i;

/** @returns true for a UUID, with or without dashes, and for a SHA-256 digest, in any case; an id of zeros is one too */
export function isDeviceId(text: string): boolean {
  const id = cleanText(text);
  return uuid.test(id) || hexadecimal.test(id);
}
