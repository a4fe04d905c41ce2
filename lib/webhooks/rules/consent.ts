/**
 * The visitor's choice about advertising, as the storefront wrote it. A newsletter opt-in is not such a choice and is
 * never read as one.
 */
import { type Choice, type ConsentMode, choiceOf } from '../../events/consent.ts';
import type { Attributes } from '../../payload/attributes.ts';

/**
 * Every word that does not grant consent counts as a refusal: an unknown word is not consent. One refusal among several
 * keys decides; without any key the choice is `unknown`.
 * @param mapped the value of `source.consent`, which counts like a key
 */
export function readChoice(attributes: Attributes, keys: readonly string[], mapped?: string): Choice {
  const words = [mapped, ...keys.map((key) => attributes.get(key.toLowerCase()))].filter(
    (word) => word !== undefined,
  );
  if (words.length === 0) return 'unknown';
  return words.every((word) => choiceOf(word) === 'granted') ? 'granted' : 'denied';
}

export type ConsentDecision = 'send' | 'send_limited' | 'skip';

/** `require` fails closed: without consent nothing is sent. */
export function decideOnConsent(mode: ConsentMode, choice: Choice): ConsentDecision {
  if (mode === 'require') return choice === 'granted' ? 'send' : 'skip';
  if (mode === 'limit') return choice === 'denied' ? 'send_limited' : 'send';
  return 'send';
}
