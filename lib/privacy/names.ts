/** Names and places in TikTok's normal form (Events API 2.0: names and zip are hashed, city, state and country are not). */

const punctuation = /\p{P}/gu;
const punctuationAndSpace = /[\p{P}\s]/gu;
const spaceAndDash = /[\s\p{Pd}]/gu;
const usZip = /^(\d{5})\d{4}$/;

/** First and last names: lower case, no punctuation, letters of every script kept. */
export const normaliseName = (raw: string): string => raw.toLowerCase().replaceAll(punctuation, '').trim();

/** City, state and country: lower case, neither spaces nor punctuation. */
export const normalisePlace = (raw: string): string => raw.toLowerCase().replaceAll(punctuationAndSpace, '');

/**
 * Postal codes: lower case, neither spaces nor dashes; of a United States ZIP+4 the first five digits.
 * @param country ISO 3166-1 alpha-2, any case, as the caller wrote it; undefined when unknown
 */
export function normaliseZip(raw: string, country: string | undefined): string {
  const zip = raw.toLowerCase().replaceAll(spaceAndDash, '');
  return country?.trim().toUpperCase() === 'US' ? zip.replace(usZip, '$1') : zip;
}
