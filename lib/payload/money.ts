/** Parses amounts and currencies of platforms. An amount is sent only with a currency that TikTok accepts. */
import { currencies } from '../events/currencies.ts';
import { isAbsent } from '../schema/is-absent.ts';
import { asAmount, asText } from './values.ts';

export interface Money {
  /** undefined for an amount that is there and cannot be read: it is not the same as none. */
  readonly amount: number | undefined;
  /** ISO 4217, upper case; not necessarily one that TikTok accepts. */
  readonly currency: string;
}

/** @param amount in the currency's main unit, such as 19.99. @returns undefined without an amount or a currency */
export function asMoney(amount: unknown, currency: unknown): Money | undefined {
  const code = asText(currency)?.toUpperCase();
  return isAbsent(amount) || code === undefined ? undefined : { amount: asAmount(amount), currency: code };
}

/** @returns the first with an amount that can be read, or else the first that is there */
export const firstMoney = (...candidates: readonly (Money | undefined)[]): Money | undefined =>
  candidates.find((money) => money?.amount !== undefined) ?? candidates.find((money) => money !== undefined);

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
  const money = asMoney(amount, currency);
  if (money?.amount === undefined) return money;
  const decimals = exceptions[money.currency] ?? isoDecimals(money.currency);
  return { amount: Number((money.amount / 10 ** decimals).toFixed(decimals)), currency: money.currency };
}

export const isAcceptedByTikTok = (currency: string): boolean => currencies.has(currency);
