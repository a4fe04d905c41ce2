/** Phone numbers as E.164 with `+`: the form that TikTok hashes. */
import { lazyPattern } from '../schema/lazy/lazy-pattern.ts';
import { findNumbers, type Written } from './phone-numbers/find-numbers.ts';
import {
  hasTrunkZero,
  isValidAsIs,
  readDialedAbroad,
  readDigits,
  withoutTrunkPrefix,
} from './phone-numbers/numbering-plan.ts';

const canonical = /^\+[1-9]\d{6,14}$/;
/** One number and nothing else: most of those with a country code. A zero in parentheses is judged below. */
const plainInternational = /^(?:\+|00)(?!.*\(\s*0)[\d ().-]{7,24}$/;
/** Other digits behind `00` can start with what is dialed for a call abroad, as in `0011 44 …`. */
const northAmerican = /^\+1[2-9]\d{2}[2-9]\d{6}$/;
const plainPunctuation = /[ ().-]/g;
const spaceAndPunctuation = lazyPattern(String.raw`[\s\p{P}\u2212~]`, 'gu');
const optionalZero = /\(\s*0\s*\)/;
/** `+` or `00`, then 7 to 15 digits. */
const international = /^(?:\+|00)([1-9]\d{6,14})$/;
/** Two numbers, or one: `030 901820 / 0151 23456789` and `0151/23456789`. */
const betweenNumbers = /\s*[/&\\]\s*|\s+[-\u2013\u2014]\s+|\s+(?=\+)/u;
/** Shorter digits beside others are an extension, a house number or a time. */
const minDigitsBesideOthers = 7;

/**
 * Converts a phone number to E.164. Of several numbers in the text, the first usable one counts; words around it do not.
 *
 * An international number (`+` or `00`) loses a trunk prefix behind its country code and is accepted as it is
 * otherwise: numbering plans change faster than libraries. Any other number must be possible in `country`. If it is
 * not, but is valid with a `+` in front, it is read with the `+`.
 * @param country ISO 3166-1 alpha-2 in upper case, for numbers without a country code
 * @returns `+` and 7 to 15 digits; undefined for any other text, for dates, for digits that a spreadsheet rounded
 *   (`1.2E+10`) and for a number that nobody has (`000 000 0000`)
 */
export function toE164(raw: string, country: string | undefined): string | undefined {
  // The gateway's own messages contain this form. The code below gives the same result, but slower.
  if (canonical.test(raw)) return withoutTrunkPrefix(raw);
  if (plainInternational.test(raw)) {
    const number = raw.replace(/^00/, '+').replace(plainPunctuation, '');
    const isSure = raw.startsWith('+') || northAmerican.test(number);
    if (isSure && canonical.test(number)) return withoutTrunkPrefix(number);
  }
  return first(findNumbers(raw), (written) => readOneOrMore(written, country));
}

function readOneOrMore(written: Written, country: string | undefined): string | undefined {
  const parts = written.text.split(betweenNumbers).filter((text) => text !== '');
  if (parts.length < 2) return read(written, country);
  const whole = read({ ...written, isAlone: false }, country);
  if (whole !== undefined && isValidAsIs(whole)) return whole;
  const readPart = (text: string): string | undefined => read({ ...written, text, isAlone: false }, country);
  return first(parts.slice(0, 1), readPart) ?? read(written, country) ?? first(parts.slice(1), readPart);
}

function read({ text, isAlone, isPlain }: Written, country: string | undefined): string | undefined {
  const digits = text.replace(spaceAndPunctuation(), '');
  const whole = international.exec(text.replace(optionalZero, '').replace(spaceAndPunctuation(), ''));
  if (whole?.[1] !== undefined) return readInternational(`+${whole[1]}`, text, digits, country);
  if (!isPlain || !/^\d+$/.test(digits) || (!isAlone && digits.length < minDigitsBesideOthers))
    return undefined;
  return readDigits(digits, country, !isAlone);
}

/**
 * `+44 (0)20` contains a zero to be dialed within the country only, `+39 (0)6` one that is part of the number. Behind the
 * zeros of `0011 44 …` there is no country code.
 */
function readInternational(
  given: string,
  text: string,
  digits: string,
  country: string | undefined,
): string | undefined {
  const withZero = digits.replace(/^00/, '+');
  const keepsZero = optionalZero.test(text) && !hasTrunkZero(given) && isValidAsIs(withZero);
  const number = withoutTrunkPrefix(keepsZero ? withZero : given);
  if (!digits.startsWith('00') || (number !== undefined && isValidAsIs(number))) return number;
  return readDialedAbroad(digits, country) ?? number;
}

function first<T>(values: Iterable<T>, convert: (value: T) => string | undefined): string | undefined {
  for (const value of values) {
    const converted = convert(value);
    if (converted !== undefined) return converted;
  }
  return undefined;
}
