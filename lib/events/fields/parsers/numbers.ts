/** Parsers of amounts, counts and currencies. */
import { plainSpelling } from '../../../privacy/clean-text.ts';
import { currencies } from '../../currencies.ts';
import type { FieldParser } from '../field.ts';

const decimal = /^\d+(\.\d+)?$/;

/** A number ≥ 0, without the noise of arithmetic; numeric text such as `"19.99"` is converted. The schema has rejected infinite ones. */
export const parseAmount: FieldParser<string | number, number> = (value, context, field) => {
  const number = typeof value === 'number' ? value : readDecimal(plainSpelling(value));
  if (number >= 0) return withoutNoise(number);
  return context.reject(
    'invalid_number',
    'expected a number of 0 or more, without currency signs or separators',
    field,
  );
};

/**
 * Doubles are exact to 15 digits: 3 × 4.65 is 13.950000000000001, and nobody wrote the last one. A number of at most 15 digits
 * with two decimals is the double nearest to it, so it has no noise: comparing takes a tenth of formatting.
 */
const withoutNoise = (number: number): number =>
  Number.isInteger(number) || isInCents(number) ? number : Number(number.toPrecision(15));

const maxCents = 1e15;

function isInCents(number: number): boolean {
  const cents = Math.round(number * 100);
  return cents < maxCents && cents / 100 === number;
}

const readDecimal = (text: string): number => (decimal.test(text) ? Number(text) : Number.NaN);

/** A whole number ≥ 0. */
export const parseCount: FieldParser<string | number, number> = (value, context, field) => {
  const number = parseAmount(value, context, field);
  if (number === undefined || Number.isSafeInteger(number)) return number;
  return context.reject('invalid_number', 'expected a whole number of 0 or more', field);
};

export const parseCurrency: FieldParser<string, string> = (value, context, field) => {
  if (currencies.has(value)) return value;
  const code = plainSpelling(value).toUpperCase();
  if (currencies.has(code)) return code;
  return context.omit(
    'unsupported_currency',
    'expected an ISO 4217 code that TikTok takes, such as USD or EUR; value and prices need one',
    field,
  );
};
