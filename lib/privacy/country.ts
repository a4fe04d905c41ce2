/** Countries as people write them, as ISO 3166-1 alpha-2. */

/** @returns two upper-case letters for a code, a name in English or in the country's own language, or `UK`; undefined for any other text */
export function toCountryCode(text: string): string | undefined {
  const code = text.trim().toUpperCase();
  return /^[A-Z]{2}$/.test(code) ? code : undefined;
}

/**
 * The country with which a phone without a country code is read.
 * @param own the country that stands beside the phone; a text that is no country never gives way to the default
 */
export const phoneCountry = (own: string | undefined, byDefault: string | undefined): string | undefined =>
  own === undefined || own.trim() === '' ? byDefault : toCountryCode(own);
