/** Reads amounts and currencies of platforms. An amount is sent only in a currency that TikTok accepts, rounded as prices are. */
import { currencies } from '../events/currencies.ts';
import { isAbsent } from '../schema/is-absent.ts';
import { asAmount, asText } from './values.ts';

export interface Money {
  /** undefined for an amount that is there and cannot be read: it is not the same as none. */
  readonly amount: number | undefined;
  /** ISO 4217, upper case; not necessarily one that TikTok accepts. */
  readonly currency: string;
}

/**
 * @param amount in the currency's main unit, such as 19.99; rounded to the decimals that the currency has
 * @returns undefined without an amount or a currency
 */
export function asMoney(amount: unknown, currency: unknown): Money | undefined {
  const code = codeOf(currency);
  if (isAbsent(amount) || code === undefined) return undefined;
  const number = asAmount(amount);
  return { amount: number === undefined ? undefined : roundTo(number, isoDecimals(code)), currency: code };
}

/** @returns the currency's code in upper case */
export const codeOf = (currency: unknown): string | undefined => asText(currency)?.toUpperCase();

/**
 * @param candidates the order's value in each currency that the body has, the configured one first
 * @returns the first that TikTok accepts, or else the first with an amount that can be read, or else the first
 */
export const firstMoney = (...candidates: readonly (Money | undefined)[]): Money | undefined =>
  candidates.find((money) => money?.amount !== undefined && isAcceptedByTikTok(money.currency)) ??
  candidates.find((money) => money?.amount !== undefined) ??
  candidates.find((money) => money !== undefined);

/** An amount as the platform writes it, beside its currency. */
export type Price = readonly [amount: unknown, currency: unknown];

/**
 * @param currency of the event's value: a price in another currency would be counted in this one
 * @param candidates the price of a line in each currency that the body has
 * @returns the first price in the currency, rounded to its decimals; one that cannot be read stays as it is, so that the
 * check of the event names it; undefined when the line has no price in the currency
 */
export function priceIn(currency: string | undefined, ...candidates: readonly Price[]): unknown {
  if (currency === undefined) return undefined;
  const amounts = candidates
    .filter(([amount, code]) => !isAbsent(amount) && codeOf(code) === currency)
    .map(([amount]) => amount);
  const prices = amounts.map((amount) => asMoney(amount, currency)?.amount);
  return prices.find((price) => price !== undefined) ?? amounts[0];
}

/** Currencies with no decimals and with three decimals (ISO 4217). */
const zeroDecimal = new Set('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' '));
const threeDecimal = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '));

const isoDecimals = (currency: string): number =>
  zeroDecimal.has(currency) ? 0 : threeDecimal.has(currency) ? 3 : 2;

/**
 * Converts an amount from the currency's smallest unit: 1999 US cents become 19.99.
 * @param exceptions decimals by currency, where a platform deviates from ISO 4217
 */
export function fromMinorUnits(
  amount: unknown,
  currency: unknown,
  exceptions: Readonly<Record<string, number>> = {},
): Money | undefined {
  const code = codeOf(currency);
  if (isAbsent(amount) || code === undefined) return undefined;
  const units = asAmount(amount);
  const decimals = exceptions[code] ?? isoDecimals(code);
  return {
    amount: units === undefined ? undefined : roundTo(units / 10 ** decimals, decimals),
    currency: code,
  };
}

/** Doubles are exact to 15 digits: 1.005 × 100 is 100.49999999999999, and its first 15 digits are 100.5. */
function roundTo(amount: number, decimals: number): number {
  const factor = 10 ** decimals;
  // Most amounts are rounded already. Formatting takes ten times as long as this look.
  const units = Math.round(amount * factor);
  if (units < maxUnits && units / factor === amount) return amount;
  return Math.round(Number((amount * factor).toPrecision(15))) / factor;
}

const maxUnits = 1e15;

export const isAcceptedByTikTok = (currency: string): boolean => currencies.has(currency);
