/** Advertising ids in TikTok's form: IDFA in upper case, GAID in lower case, a digest always in lower case. */
import { isDigest } from './sha256.ts';

/** @param toCase converts a raw id to the case in which TikTok compares it (Events API 2.0, test vectors) */
export const deviceId =
  (toCase: (id: string) => string) =>
  (value: string): string => {
    const id = value.trim();
    const lower = id.toLowerCase();
    return isDigest(lower) ? lower : toCase(id);
  };
