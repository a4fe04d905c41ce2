/**
 * Values that stand for nobody. Programs write them where a value is missing; every event with one would match every
 * other, so they never count as match keys.
 */
import { sha256 } from './sha256.ts';

const words: ReadonlySet<string> = new Set(['undefined', 'null', 'none', 'nan', 'n/a', '[object object]']);
const zeros = /^[0-]+$/;
/** An ad platform fills such a macro in when somebody clicks: `__CLICKID__`. */
const macro = /^__\w+__$/;

/** @returns true for a text that stands for a missing id or click id, such as `undefined`, `0` or `__CLICKID__` */
export function isPlaceholder(text: string): boolean {
  const word = text.trim().toLowerCase();
  return words.has(word) || zeros.test(word) || macro.test(word);
}

/** @returns true for the SHA-256 digest of an empty text or of a placeholder */
export const isPlaceholderDigest = (digest: string): boolean => digest === sha256('');
