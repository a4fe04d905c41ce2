/** The amounts of a made-up sale in the smallest unit of its currency: products and shipping add up to the total. */
import type { Facts } from './facts.ts';

export interface Price {
  readonly total: string;
  /** Of one product. */
  readonly unit: string;
  /** Of all products. */
  readonly products: string;
  /** The rest, where the total cannot be divided by the quantity. */
  readonly shipping: string;
}

/** @param decimals as many as the platform writes; by default those of the currency */
export function priceOf({ total, quantity, currency }: Facts, decimals = decimalsOf(currency)): Price {
  const scale = 10 ** decimalsOf(currency);
  const totalUnits = Math.round(total * scale);
  const unit = Math.floor(totalUnits / quantity);
  const text = (units: number): string => (units / scale).toFixed(decimals);
  return {
    total: text(totalUnits),
    unit: text(unit),
    products: text(unit * quantity),
    shipping: text(totalUnits - unit * quantity),
  };
}

/** @returns the decimals of an ISO 4217 currency; 2 for an unknown one */
export function decimalsOf(currency: string): number {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return maximumFractionDigits;
}

const countryNames = new Intl.DisplayNames(['en'], { type: 'region' });

/** @returns the English name of a country, as platforms write it beside the code */
export const countryName = (code: string): string => countryNames.of(code) ?? code;
