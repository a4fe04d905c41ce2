/** Digits read by the numbering plans of all countries: the E.164 form of a number that somebody can call. */
import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';
import { readPlainNational } from './plain-national.ts';

/** No country code starts with 0, and E.164 has 15 digits at most. */
const e164 = /^\+[1-9]\d{6,14}$/;

const trunkZeroCodes =
  '20 27 31 32 33 40 41 43 44 46 49 51 53 54 55 57 58 60 61 62 63 64 66 81 82 84 86 90 91 92 93 94 95 98 211 212 213 218 ' +
  '231 232 233 234 243 249 250 251 252 254 255 256 260 261 262 263 264 265 291 353 355 358 359 373 374 377 380 381 382 ' +
  '383 385 386 387 389 421 423 508 590 591 593 594 595 596 598 686 850 855 856 880 886 961 962 963 964 966 967 970 971 ' +
  '972 976 977 994 995 996';

/**
 * The digits that a caller dials before a number within the country, by country code. libphonenumber-js knows them, but
 * finding one there costs 100 times as much. Italy and San Marino are missing: their zero is part of the number.
 */
const trunkPrefixes: ReadonlyMap<string, readonly string[]> = new Map([
  ...listCodes(trunkZeroCodes, ['0']),
  ...listCodes('1 692', ['1']),
  ...listCodes('7 993', ['8']),
  ['36', ['06']],
  // Until 2019, Mexico had 01 before fixed lines, 044 or 045 before mobiles within the country, and 1 from abroad;
  // WhatsApp still shows the 1.
  ['52', ['01', '044', '045', '1']],
  ['370', ['0', '8']],
  ['375', ['80', '8', '0']],
]);

const trunkZero = new RegExp(`^\\+(?:${trunkZeroCodes.replaceAll(' ', '|')})`);
const withTrunkPrefix = new RegExp(
  `^\\+(${[...trunkPrefixes].map(([code, prefixes]) => `${code}(?=${prefixes.join('|')})`).join('|')})`,
);

/** Argentines dial 15 behind the area code of a mobile; from abroad it is a 9 in front of the area code. */
const argentineMobile = /^\+540?(?=\d{12}$)[1-9]\d{1,3}15/;

const twoDigitCode = '2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]';
const threeDigitCode = '(?:2[1-689]|3[578]|42|5[09]|6[7-9]|8[0578]|9[679])\\d';
/** E.164: no code starts with another one, so its first two digits say how long it is. */
const countryCode = `[17]|${twoDigitCode}|${threeDigitCode}`;
const repeatedDigit = '(\\d)\\1{5,}';
const keysInOrder = '123456789?0?';
const oneDigitOnly = '(\\d)\\2+';

/**
 * Numbers that people type where they want to give none: one repeated digit, or 1234567890, behind any country code.
 * +15555555555 is missing: shops' documentation and public tests of other connectors contain it.
 */
const typedByNobody = new RegExp(
  `^\\+(?!15{10}$)(?:(?:${countryCode})0?(?:${repeatedDigit}|${keysInOrder})|${oneDigitOnly})$`,
);

/**
 * Removes a trunk prefix behind the country code, as in `+44 07911 123456`, when the number is valid without it only.
 * Any other number stays as it is: numbering plans change faster than libraries.
 * @returns the number, or undefined when it is not E.164 or a number that nobody has
 */
export function withoutTrunkPrefix(number: string): string | undefined {
  if (!e164.test(number) || (hasRun(number) && typedByNobody.test(number))) return undefined;
  if (argentineMobile.test(number)) return readMobile(number);
  const [, code] = withTrunkPrefix.exec(number) ?? [];
  if (code === undefined || isValidAsIs(number)) return number;
  const rest = number.slice(1 + code.length);
  const prefixes = trunkPrefixes.get(code)?.filter((prefix) => rest.startsWith(prefix)) ?? [];
  const stripped = prefixes.map((prefix) => `+${code}${rest.slice(prefix.length)}`);
  return stripped.find((shorter) => e164.test(shorter) && isValidAsIs(shorter)) ?? number;
}

/** @returns true when callers within the country dial a 0 first, so that no number of it starts with one */
export const hasTrunkZero = (number: string): boolean => trunkZero.test(number);

/** Costs a tenth of the expression for all such numbers. */
const hasRun = (number: string): boolean => number.at(-1) === number.at(-3) || number.includes('12345678');

function readMobile(number: string): string {
  const mobile = parse(number);
  return mobile?.isValid() ? mobile.number : number;
}

/** @returns true for an E.164 number that its plan has exactly so */
export function isValidAsIs(number: string): boolean {
  const parsed = parse(number);
  return parsed?.number === number && parsed.isValid();
}

/**
 * Reads digits without a `+` in the country, or with a `+` before them when they are a number only so.
 * @param country ISO 3166-1 alpha-2 in upper case
 * @param mustBeValid false accepts digits that are possible in the country; ranges are added all the time
 */
export function readDigits(
  digits: string,
  country: string | undefined,
  mustBeValid: boolean,
): string | undefined {
  const home = country !== undefined && isSupportedCountry(country) ? country : undefined;
  if (home === undefined) return readWithPlus(digits);
  const plain = readPlainNational(digits, home);
  if (plain !== undefined) return withoutTrunkPrefix(plain);
  // A shop system that lost the + wrote the country's own code.
  const own = digits.startsWith(getCountryCallingCode(home)) ? readWithPlus(digits) : undefined;
  if (own !== undefined) return own;
  const national = parse(digits, home);
  if (national?.isValid()) return withoutTrunkPrefix(national.number);
  const withPlus = readValid(`+${getCountryCallingCode(home)}${digits}`) ?? readWithPlus(digits);
  if (withPlus !== undefined || mustBeValid || !national?.isPossible() || !canGainRanges(national))
    return withPlus;
  return withoutTrunkPrefix(national.number);
}

/**
 * Reads a number behind the digits that callers in the country dial for a call abroad: `0011 44 …` in Australia.
 * @returns undefined unless the number is valid
 */
export function readDialedAbroad(digits: string, country: string | undefined): string | undefined {
  const dialed = country !== undefined && isSupportedCountry(country) ? parse(digits, country) : undefined;
  return dialed === undefined ? undefined : readValid(dialed.number);
}

const readWithPlus = (digits: string): string | undefined => readValid(`+${digits}`);

function readValid(written: string): string | undefined {
  const number = withoutTrunkPrefix(written);
  return number !== undefined && isValidAsIs(number) ? number : undefined;
}

/**
 * Any ten digits are possible in North America, so there a number must be valid; the area code 555 of examples passes.
 * No plan gains numbers that start with 0.
 */
const canGainRanges = ({ countryCallingCode, nationalNumber }: PhoneNumber): boolean =>
  nationalNumber.startsWith(countryCallingCode === '1' ? '555' : '') && !nationalNumber.startsWith('0');

/** `extract: false` reads the whole text as a number instead of searching it for one. */
const parse = (number: string, defaultCountry?: CountryCode) =>
  parsePhoneNumberFromString(number, { ...(defaultCountry && { defaultCountry }), extract: false });

function listCodes(codes: string, prefixes: readonly string[]): [string, readonly string[]][] {
  return codes.split(' ').map((code) => [code, prefixes]);
}
