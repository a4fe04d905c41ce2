/** Reads the parts of a BigCommerce order or customer that become event fields. */
import { orderLines, toContents } from '../../payload/contents.ts';
import { asMoney, type Money } from '../../payload/money.ts';
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

/** Amounts are in `default_currency_code`, which the shopper pays in; `currency_code` is what the storefront showed. */
function currencyOf(order: Payload, money: BigcommerceSettings['money']) {
  const paid = firstText(order.default_currency_code, order.currency_code);
  const shown = asText(order.currency_code);
  const rate = asAmount(order.currency_exchange_rate);
  if (money === 'shop' || shown === undefined || shown === paid || !rate) return { code: paid, rate: 1 };
  return { code: shown, rate };
}

/**
 * Decimal text such as `"49.9500"` becomes 49.95. A converted amount is rounded as prices are. A value that cannot be
 * read stays as it is, so that it is named.
 */
function convert(value: unknown, rate: number): unknown {
  const amount = asAmount(value);
  if (amount === undefined) return value;
  return rate === 1 ? amount : Number((amount * rate).toFixed(2));
}

export function orderMoney(order: Payload, settings: BigcommerceSettings): Money | undefined {
  const { code, rate } = currencyOf(order, settings.money);
  return asMoney(convert(order.total_inc_tax, rate), code);
}

/** `price_inc_tax` is the price of one, before discounts: with tax, like the order's total. */
export function orderContents(products: unknown, order: Payload, settings: BigcommerceSettings) {
  const { rate } = currencyOf(order, settings.money);
  return toContents(
    orderLines(products).map((line) => ({
      id: contentId(line, settings.contentId),
      price: convert(line.price_inc_tax, rate),
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
