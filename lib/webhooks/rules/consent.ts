/**
 * The visitor's choice about advertising, as the storefront wrote it. A newsletter opt-in is not such a choice and is
 * never read as one.
 */
import type { Attributes } from '../../payload/attributes.ts';

export type Choice = 'granted' | 'denied' | 'unknown';

/** Any case. Every other word counts as a refusal: what cannot be understood is not a consent. */
export const grantingWords: ReadonlySet<string> = new Set([
  'granted',
  'grant',
  'true',
  'yes',
  '1',
  'allow',
  'allowed',
  'accept',
  'accepted',
  'opt_in',
  'opt-in',
  'on',
]);

/**
 * One refusal among several keys decides; no key at all is `unknown`.
 * @param mapped the word that a mapping found, which counts like a key
 */
export function readChoice(attributes: Attributes, keys: readonly string[], mapped?: string): Choice {
  const words = [mapped, ...keys.map((key) => attributes.get(key.toLowerCase()))].filter(
    (word) => word !== undefined,
  );
  if (words.length === 0) return 'unknown';
  return words.every((word) => grantingWords.has(word.trim().toLowerCase())) ? 'granted' : 'denied';
}

export type ConsentRuling = 'send' | 'send_limited' | 'skip';

/** `require` fails closed: without a word of consent nothing is sent. */
export function ruleOnConsent(mode: 'always' | 'require' | 'limit', choice: Choice): ConsentRuling {
  if (mode === 'require') return choice === 'granted' ? 'send' : 'skip';
  if (mode === 'limit') return choice === 'denied' ? 'send_limited' : 'send';
  return 'send';
}
