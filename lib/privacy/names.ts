/** Names and places in TikTok's normal form (Events API 2.0 expects names and zip codes hashed, and places in clear text). */
import { cleanText } from './clean-text.ts';

const punctuation = /\p{P}/gu;
const anySpace = /\s/g;
const punctuationOrSpace = /[\p{P}\s]/gu;
const spaceOrDash = /[\s\p{Pd}]/gu;
const zipPlus4 = /^\d{9}$/;

/** First and last names: lower case, no punctuation, plain spaces. Letters of every script and emoji stay. */
export const normalizeName = (raw: string): string =>
  // The last step again: two letters that a hyphen kept apart can compose.
  cleanText(cleanText(raw).toLowerCase().replace(punctuation, '').replace(anySpace, ' '));

/** City, state and country: lower case, without spaces and punctuation. */
export const normalizePlace = (raw: string): string => raw.toLowerCase().replace(punctuationOrSpace, '');

/**
 * Postal codes: lower case, without spaces and dashes; for a United States ZIP+4, the first five digits.
 * @param country ISO 3166-1 alpha-2 in any case, as the caller wrote it; undefined when unknown
 */
export function normalizeZip(raw: string, country: string | undefined): string {
  const zip = raw.toLowerCase().replace(spaceOrDash, '');
  return country?.trim().toUpperCase() === 'US' && zipPlus4.test(zip) ? zip.slice(0, 5) : zip;
}
