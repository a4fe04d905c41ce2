/** Phone numbers as E.164 with `+`: the form that TikTok hashes. */
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';

const extension = /\s*(?:ext(?:ension|n)?(?![a-z])|[x#;,]).*/is;
/** A number without any of these has no extension. */
const extensionMark = /[a-z#;,]/i;
const spaceAndPunctuation = /[\s\p{P}\u200B-\u200F\u202A-\u202E\u2060\uFEFF]/gu;
/** A trunk zero, as in `+44 (0)20`, is dialed within the country only. */
const filler = new RegExp(`\\(0\\)|${spaceAndPunctuation.source}`, 'gu');
const e164 = /^\+[1-9]\d{6,14}$/;
/** `+` or `00`, then 7 to 15 digits; no country code starts with 0. */
const international = /^(?:\+|00)([1-9]\d{6,14})$/;

/**
 * Converts a phone number to E.164.
 *
 * An international number (`+` or `00`) is accepted as it is: numbering plans change faster than libraries. Any other
 * number must be possible in `country`. If it is not, but is valid with a `+` in front, it is read with the `+`.
 * @param country ISO 3166-1 alpha-2 in upper case, for numbers without a country code
 * @returns `+` and 7 to 15 digits, or undefined when the text is not such a number
 */
export function toE164(raw: string, country: string | undefined): string | undefined {
  // The gateway's own messages contain this form. The code below gives the same result, but slower.
  if (e164.test(raw)) return raw;
  const number = extensionMark.test(raw) ? raw.replace(extension, '') : raw;
  const whole = international.exec(number.replaceAll(filler, ''));
  return whole?.[1] === undefined ? fromNationalForm(number.trim(), country) : `+${whole[1]}`;
}

function fromNationalForm(number: string, country: string | undefined): string | undefined {
  // Without a country that the library knows, it finds no number.
  const national = parse(number, country as CountryCode | undefined);
  // Some numbering plans (Germany's) allow numbers of 2 or of 15 digits, here and below: E.164 has 7 to 15.
  if (national?.isPossible() && international.test(national.number)) return national.number;
  const complete = parse(`+${number.replaceAll(spaceAndPunctuation, '')}`);
  return complete?.isValid() && international.test(complete.number) ? complete.number : undefined;
}

/** `extract: false` reads the whole text as a number instead of searching it for one. */
const parse = (number: string, defaultCountry?: CountryCode) =>
  parsePhoneNumberFromString(number, { ...(defaultCountry && { defaultCountry }), extract: false });
