/**
 * Names, places and postal codes in TikTok's normal form (Events API 2.0 expects names and postal codes hashed, and
 * places in clear text), with the zeros that spreadsheets take from postal codes.
 */
import { lazyPattern } from '../schema/lazy/lazy-pattern.ts';
import { cleanText } from './clean-text.ts';

const punctuation = lazyPattern(String.raw`\p{P}`, 'gu');
const anySpace = /\s/g;
const punctuationOrSpace = lazyPattern(String.raw`[\p{P}\s]`, 'gu');
/**
 * Also the sign that the Japanese put before a postal code, and how exports for spreadsheets keep its zeros: `'02134`
 * (Shopify) and `="02134"`.
 */
const spaceOrDash = lazyPattern(String.raw`[\s\p{Pd}\u2212\u3012'\u2019"=]`, 'gu');
/** A spreadsheet or a data frame made a number of the code. */
const fraction = /^(\d+)\.0+$/;
const digits = /^\d+$/;
/** A ZIP+4 whose leading zeros may be lost. */
const zipPlus4 = /^\d{7,9}$/;

/**
 * How many digits a code has, and how many remain when its zeros are lost, by country. Only countries are here whose
 * codes of all digits have one length, and start with a zero somewhere.
 */
const plans: ReadonlyMap<string, readonly [digits: number, least: number]> = new Map([
  ...listCountries('US PR VI IT VA FI LK PL', 5, 3),
  ...listCountries('DE FR ES SK KR MX MY TR UA PE GT DZ LT', 5, 4),
  ...listCountries('RO SG CN KZ CO EC', 6, 5),
  ...listCountries('JP', 7, 6),
  ...listCountries('BR', 8, 7),
  ...listCountries('AU NO DK GE NZ ZA', 4, 3),
]);
const unitedStates: ReadonlySet<string> = new Set(['US', 'PR', 'VI', 'GU', 'AS', 'MP']);

/** Most names: all that the rest changes of them is their case. */
const letters = /^[a-z]+$/i;

/** First and last names: lower case, no punctuation, plain spaces. Letters of every script and emoji stay. */
export function normalizeName(raw: string): string {
  if (letters.test(raw)) return raw.toLowerCase();
  // The last step again: two letters that a hyphen kept apart can compose.
  return cleanText(cleanText(raw).toLowerCase().replace(punctuation(), '').replace(anySpace, ' '));
}

/** City and country: lower case, without spaces and punctuation, in composed form (NFC). */
export const normalizePlace = (raw: string): string =>
  cleanText(raw).toLowerCase().replace(punctuationOrSpace(), '').normalize('NFC');

/**
 * Postal codes: lower case, without spaces and dashes. Lost leading zeros return where the country's codes have one
 * length (`2134` in Boston is `02134`); of a ZIP+4 of the United States, the first five digits count.
 * @param country ISO 3166-1 alpha-2 in any case; undefined when unknown
 */
export function normalizeZip(raw: string, country: string | undefined): string {
  const zip = withoutSpaceAndDash(raw).replace(fraction, '$1');
  const code = country?.trim().toUpperCase() ?? '';
  if (unitedStates.has(code) && zipPlus4.test(zip)) return zip.padStart(9, '0').slice(0, 5);
  const plan = plans.get(code);
  return plan !== undefined && digits.test(zip) && zip.length >= plan[1] ? zip.padStart(plan[0], '0') : zip;
}

/** Most codes are plain ASCII, for which the general form takes three times as long. */
const plain = /^[a-z\d. -]+$/i;
const plainSpaceOrDash = /[ -]/g;

const withoutSpaceAndDash = (raw: string): string =>
  plain.test(raw)
    ? raw.toLowerCase().replace(plainSpaceOrDash, '')
    : cleanText(raw).normalize('NFKC').toLowerCase().replace(spaceOrDash(), '').normalize('NFC');

function listCountries(codes: string, length: number, least: number): [string, readonly [number, number]][] {
  return codes.split(' ').map((code) => [code, [length, least]]);
}
