/** Amounts and currencies of platforms. An amount without a currency that TikTok takes is not sent at all. */
import { currencies } from '../events/currencies.ts';
import { asAmount, asText } from './values.ts';

export interface Money {
  readonly amount: number;
  /** ISO 4217, upper case; not necessarily one that TikTok takes. */
  readonly currency: string;
}

export function asMoney(amount: unknown, currency: unknown): Money | undefined {
  const number = asAmount(amount);
  const code = asText(currency)?.toUpperCase();
  return number === undefined || code === undefined ? undefined : { amount: number, currency: code };
}

/** Currencies without, and with three, decimals (ISO 4217). */
const zeroDecimal = new Set('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' '));
const threeDecimal = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '));

/** Stripe counts these otherwise than ISO 4217 (docs.stripe.com/currencies, "special cases"). */
const stripeDecimals: Readonly<Record<string, number>> = { ISK: 2, UGX: 2, MGA: 0, IQD: 3, LYD: 3 };

const isoDecimals = (currency: string): number =>
  zeroDecimal.has(currency) ? 0 : threeDecimal.has(currency) ? 3 : 2;

/** Turns an amount in the smallest unit into one in the currency's own unit: 1999 USD cents become 19.99. */
export function fromMinorUnits(
  amount: unknown,
  currency: unknown,
  counts: 'iso' | 'stripe',
): Money | undefined {
  const money = asMoney(amount, currency);
  if (money === undefined) return undefined;
  const special = counts === 'stripe' ? stripeDecimals[money.currency] : undefined;
  const decimals = special ?? isoDecimals(money.currency);
  return { amount: Number((money.amount / 10 ** decimals).toFixed(decimals)), currency: money.currency };
}

export const isTakenByTikTok = (currency: string): boolean => currencies.has(currency);
