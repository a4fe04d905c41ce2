/** Countries as people write them, as ISO 3166-1 alpha-2. */
import { isBlank } from '../schema/is-blank.ts';
import { lazily } from '../schema/lazy/lazily.ts';
import { cleanText } from './clean-text.ts';
import { alpha2ByAlpha3, alpha2Codes } from './places/country-codes.ts';
import { buildEnglishNames, buildForeignNames, keysOfName } from './places/country-names.ts';

/** A longer text is no name of a country. */
const maxLength = 100;
/** `United Kingdom (UK)`, `Korea (the Republic of)`: WooCommerce and ISO write such notes. */
const note = /\s*\([^()]*\)\s*$/;
const englishNames = lazily(buildEnglishNames);
const foreignNames = lazily(buildForeignNames);

/**
 * Converts a country to its code, whatever its case, accents and punctuation.
 * @returns two upper-case letters for a code of ISO 3166-1 (alpha-2 or alpha-3), `XK`, `UK`, or a name in English, in the
 *   country's own language or in a language of a large market; undefined for any other text
 */
export function toCountryCode(text: string): string | undefined {
  // Nearly every event has this form.
  if (alpha2Codes.has(text)) return text;
  if (text.length > maxLength) return undefined;
  const name = cleanText(text);
  return (
    fromCode(name) ?? fromName(name) ?? (note.test(name) ? toCountryCode(name.replace(note, '')) : undefined)
  );
}

/**
 * The country with which a phone without a country code is read.
 * @param own the country beside the phone; a text that is no country never gives way to the default
 */
export const phoneCountry = (own: string | undefined, byDefault: string | undefined): string | undefined =>
  own === undefined || isBlank(own) ? byDefault : toCountryCode(own);

/** Also with full stops: `U.S.A.`, `U. K.` */
function fromCode(name: string): string | undefined {
  const code = name.replace(/[.\s]/g, '').toUpperCase();
  if (alpha2Codes.has(code)) return code;
  return code === 'UK' ? 'GB' : alpha2ByAlpha3.get(code);
}

function fromName(name: string): string | undefined {
  const [letters, words] = keysOfName(name);
  // Two Latin letters are a code or nothing: `n/a` is not Namibia.
  if (/^[a-z]{0,2}$/.test(letters)) return undefined;
  return findName(englishNames(), letters, words) ?? findName(foreignNames(), letters, words);
}

const findName = (names: ReadonlyMap<string, string>, letters: string, words: string): string | undefined =>
  names.get(letters) ?? names.get(words);
