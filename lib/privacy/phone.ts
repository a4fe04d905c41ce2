/** Phone numbers as E.164 with `+`: the form that TikTok hashes. */
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { readPlainNumber } from './plain-national-number.ts';

const extension = /\s*(?:ext(?:ension|n)?(?![a-z])|[x#;,]).*/is;
/** Without any of these there is no extension to look for. */
const extensionMark = /[a-z#;,]/i;
const spaceAndPunctuation = /[\s\p{P}\u200B-\u200F\u202A-\u202E\u2060\uFEFF]/gu;
/** A trunk zero, as in `+44 (0)20`, is dialled within the country only. */
const filler = new RegExp(`\\(0\\)|${spaceAndPunctuation.source}`, 'gu');
/** Digits, spaces and the punctuation of everyday writing. */
const plainForm = /^\s*\(?[1-9][\d ().-]+$/;
const e164 = /^\+[1-9]\d{6,14}$/;
/** `+` or `00`, then 7 to 15 digits; no country code begins with 0. */
const international = /^(?:\+|00)([1-9]\d{6,14})$/;

/**
 * Gives a phone number its E.164 form.
 *
 * An international number (`+` or `00`) is taken as it is: numbering plans change faster than libraries. Any
 * other must be possible in `country`; digits that are not, but are valid with a `+` before them, are taken so.
 * @param country ISO 3166-1 alpha-2, upper case, for numbers without a country code
 * @returns undefined when no E.164 number can be made of it
 */
export function toE164(raw: string, country: string | undefined): string | undefined {
  // What the gateway itself wrote to the queue.
  if (e164.test(raw)) return raw;
  const number = extensionMark.test(raw) ? raw.replace(extension, '') : raw;
  const compact = number.replaceAll(filler, '');
  const whole = international.exec(compact);
  if (whole?.[1] !== undefined) return `+${whole[1]}`;
  const isPlain = country !== undefined && plainForm.test(number);
  return (
    (isPlain ? readPlainNumber(compact, country) : undefined) ?? fromNationalForm(number.trim(), country)
  );
}

function fromNationalForm(number: string, country: string | undefined): string | undefined {
  // The check is for the compiler: an unknown country, or none, makes the library find nothing.
  if (country !== undefined && isSupportedCountry(country)) {
    const national = parse(number, country);
    // Some plans (Germany's) allow numbers of 2 or of 15 digits, here and below: E.164 has 7 to 15.
    if (national?.isPossible() && international.test(national.number)) return national.number;
  }
  const complete = parse(`+${number.replaceAll(spaceAndPunctuation, '')}`);
  return complete?.isValid() && international.test(complete.number) ? complete.number : undefined;
}

/** `extract: false` reads the whole text as a number instead of looking for one inside it. */
const parse = (number: string, defaultCountry?: CountryCode) =>
  parsePhoneNumberFromString(number, { ...(defaultCountry && { defaultCountry }), extract: false });
