/** Names and places in TikTok's normal form (Events API 2.0: names and zip are hashed, city, state and country are not). */
import { without } from './without.ts';

const withoutPunctuation = without(/\p{P}/u);
const withoutPunctuationAndSpace = without(/[\p{P}\s]/u);
const withoutSpaceAndDash = without(/[\s\p{Pd}]/u);
/** As mostly written, and then quickly told; other ways show once spaces and dashes are out. */
const usZipPlus4 = /^\d{5}-?\d{4}$/;

/** First and last names: lower case, no punctuation, letters of every script kept. */
export const normaliseName = (raw: string): string => withoutPunctuation(raw.toLowerCase()).trim();

/** City, state and country: lower case, neither spaces nor punctuation. */
export const normalisePlace = (raw: string): string => withoutPunctuationAndSpace(raw.toLowerCase());

/**
 * Postal codes: lower case, neither spaces nor dashes; of a United States ZIP+4 the first five digits.
 * @param country ISO 3166-1 alpha-2, any case, as the caller wrote it; undefined when unknown
 */
export function normaliseZip(raw: string, country: string | undefined): string {
  const isUs = country?.trim().toUpperCase() === 'US';
  const zip = isUs && usZipPlus4.test(raw) ? raw : withoutSpaceAndDash(raw.toLowerCase());
  return isUs && usZipPlus4.test(zip) ? zip.slice(0, 5) : zip;
}
