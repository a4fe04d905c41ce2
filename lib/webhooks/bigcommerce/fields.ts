/** Reads the parts of a BigCommerce order or customer that become event fields. */
import { orderLines, toContents } from '../../payload/contents.ts';
import { asMoney, firstMoney, type Money, type Price, priceIn } from '../../payload/money.ts';
import type { Address } from '../../payload/person.ts';
import {
  asAmount,
  asId,
  asObject,
  asObjects,
  asText,
  firstText,
  type Payload,
} from '../../payload/values.ts';
import type { BigcommerceSettings } from './settings.ts';

/** The billing address of an order. The shipping addresses would be one more read. */
export function orderAddresses(order: Payload): Address[] {
  const billing = asObject(order.billing_address);
  return [
    {
      firstName: billing.first_name,
      lastName: billing.last_name,
      city: billing.city,
      state: billing.state,
      zip: billing.zip,
      country: firstText(billing.country_iso2, order.geoip_country_iso2),
      phone: billing.phone,
    },
  ];
}

/** The customer first, then the addresses of the account. */
export const customerAddresses = (customer: Payload): Address[] => [
  { firstName: customer.first_name, lastName: customer.last_name },
  ...asObjects(customer.addresses).map((address) => ({
    firstName: address.first_name,
    lastName: address.last_name,
    city: address.city,
    state: address.state_or_province,
    zip: address.postal_code,
    country: address.country_code,
    phone: address.phone,
  })),
];

/**
 * An amount in the currency that the shopper pays in, as the body has it (`"49.9500"`), and in the one that the storefront
 * showed, at the order's rate; the one of the setting first.
 */
function pricesOf(amount: unknown, order: Payload, money: BigcommerceSettings['money']): Price[] {
  const paidCurrency = firstText(order.default_currency_code, order.currency_code);
  const paid: Price = [amount, paidCurrency];
  const shownCurrency = asText(order.currency_code);
  const rate = asAmount(order.currency_exchange_rate);
  if (shownCurrency === undefined || shownCurrency === paidCurrency || !rate) return [paid];
  const number = asAmount(amount);
  // A value that cannot be read stays as it is, so that it is named.
  const shown: Price = [number === undefined ? amount : number * rate, shownCurrency];
  return money === 'presentment' ? [shown, paid] : [paid, shown];
}

/** When TikTok does not take the currency of the setting, the other one counts. */
export const orderMoney = (order: Payload, { money }: BigcommerceSettings): Money | undefined =>
  firstMoney(...pricesOf(order.total_inc_tax, order, money).map((price) => asMoney(...price)));

/** `price_inc_tax` is the price of one, before discounts: with tax, like the order's total. */
export function orderContents(products: unknown, order: Payload, settings: BigcommerceSettings) {
  const currency = orderMoney(order, settings)?.currency;
  return toContents(
    orderLines(products).map((line) => ({
      id: contentId(line, settings.contentId),
      price: priceIn(currency, ...pricesOf(line.price_inc_tax, order, settings.money)),
      quantity: line.quantity,
      name: line.name,
      brand: line.brand,
    })),
  );
}

/** Gift certificates and custom products have the product id 0; custom products have no variant either. */
function contentId(line: Payload, choice: BigcommerceSettings['contentId']): string | undefined {
  const product = asId(line.product_id);
  const variant = asId(line.variant_id);
  const sku = asText(line.sku);
  if (choice === 'product_id') return product;
  if (choice === 'variant_id') return variant;
  if (choice === 'sku') return sku;
  return sku ?? (choice === 'sku_or_product_id' ? product : variant);
}
