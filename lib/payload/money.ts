/** Parses amounts and currencies of platforms. An amount is sent only with a currency that TikTok accepts. */
import { currencies } from '../events/currencies.ts';
import { asAmount, asText } from './values.ts';

export interface Money {
  readonly amount: number;
  /** ISO 4217, upper case; not necessarily one that TikTok accepts. */
  readonly currency: string;
}

/** @param amount in the currency's main unit, such as 19.99. @returns undefined without an amount or a currency */
export function asMoney(amount: unknown, currency: unknown): Money | undefined {
  const number = asAmount(amount);
  const code = asText(currency)?.toUpperCase();
  return number === undefined || code === undefined ? undefined : { amount: number, currency: code };
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
  const money = asMoney(amount, currency);
  if (money === undefined) return undefined;
  const decimals = exceptions[money.currency] ?? isoDecimals(money.currency);
  return { amount: Number((money.amount / 10 ** decimals).toFixed(decimals)), currency: money.currency };
}

export const isAcceptedByTikTok = (currency: string): boolean => currencies.has(currency);
