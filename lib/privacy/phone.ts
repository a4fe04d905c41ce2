/** Phone numbers as E.164 with `+`: the form that TikTok hashes. */
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { readPlainNumber } from './plain-national-number.ts';

const extension = /\s*(?:ext(?:ension|n)?(?![a-z])|[x#;,]).*/is;
/** Without any of these there is no extension to look for. */
const extensionMark = /[a-z#;,]/i;
const spaceAndPunctuation = /[\s\p{P}\u200B-\u200F\u202A-\u202E\u2060\uFEFF]/gu;
/** A trunk zero, as in `+44 (0)20`, is dialled within the country only. */
const filler = new RegExp(`\\(0\\)|${spaceAndPunctuation.source}`, 'gu');
/** What stands in most numbers; others, such as a tab, leave the number to the library. */
const everydayPunctuation = /[ ().-]/g;
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
  // What the gateway itself wrote to the queue: the same would come of it below, later.
  if (e164.test(raw)) return raw;
  const number = extensionMark.test(raw) ? raw.replace(extension, '') : raw;
  const compact = number.replaceAll(filler, '');
  const whole = international.exec(compact);
  if (whole?.[1] !== undefined) return `+${whole[1]}`;
  return (
    readPlainNumber(number.replaceAll(everydayPunctuation, ''), country) ??
    fromNationalForm(number.trim(), country)
  );
}

function fromNationalForm(number: string, country: string | undefined): string | undefined {
  // A country that the library does not know, or none, makes it find nothing.
  const national = parse(number, country as CountryCode | undefined);
  // Some plans (Germany's) allow numbers of 2 or of 15 digits, here and below: E.164 has 7 to 15.
  if (national?.isPossible() && international.test(national.number)) return national.number;
  const complete = parse(`+${number.replaceAll(spaceAndPunctuation, '')}`);
  return complete?.isValid() && international.test(complete.number) ? complete.number : undefined;
}

/** `extract: false` reads the whole text as a number instead of looking for one inside it. */
const parse = (number: string, defaultCountry?: CountryCode) =>
  parsePhoneNumberFromString(number, { ...(defaultCountry && { defaultCountry }), extract: false });
