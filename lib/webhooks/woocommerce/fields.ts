/** Reads the parts of a WooCommerce order or customer that become event fields. */
import { orderLines, toContents } from '../../payload/contents.ts';
import { decodeHtml } from '../../payload/html-entities.ts';
import { asMoney, type Money, priceIn } from '../../payload/money.ts';
import { type Address, type Picked, pickCountry, pickPhone } from '../../payload/person.ts';
import { asId, asObject, asText, firstText, type Payload } from '../../payload/values.ts';
import type { WooSettings } from './settings.ts';

const decoded = (value: unknown): string | undefined => {
  const text = asText(value);
  return text === undefined ? undefined : decodeHtml(text);
};

const address = (value: unknown): Address => {
  const fields = asObject(value);
  return {
    firstName: decoded(fields.first_name),
    lastName: decoded(fields.last_name),
    city: decoded(fields.city),
    state: decoded(fields.state),
    zip: fields.postcode,
    country: fields.country,
    phone: fields.phone,
  };
};

/** Billing, then shipping, then the names of the account. */
export const wooAddresses = (body: Payload): Address[] => [
  address(body.billing),
  address(body.shipping),
  { firstName: decoded(body.first_name), lastName: decoded(body.last_name) },
];

/** Phones are free text and have no country code in practice. */
export function wooPhone(body: Payload, country: string | undefined): Picked {
  const billing = address(body.billing);
  const shipping = address(body.shipping);
  const known = pickCountry(billing.country, shipping.country);
  return pickPhone(
    [
      [billing.phone, known],
      [shipping.phone, firstText(shipping.country, known)],
    ],
    country,
  );
}

/** An order has one currency: that of the checkout, with a plugin for several currencies too. */
export const wooMoney = (order: Payload): Money | undefined => asMoney(order.total, order.currency);

/**
 * `price` is a number per unit, after discounts and without tax, computed as the line's total divided by its quantity;
 * `name` contains HTML entities.
 */
export const wooContents = (order: Payload, choice: WooSettings['contentId'], currency: string | undefined) =>
  toContents(
    orderLines(order.line_items).map((line) => ({
      id: contentId(line, choice),
      price: priceIn(currency, [line.price, order.currency]),
      quantity: line.quantity,
      name: decoded(line.name),
    })),
  );

/** `variation_id` is 0 where a product has no variations, `sku` often empty. */
function contentId(line: Payload, choice: WooSettings['contentId']): string | undefined {
  const product = asId(line.product_id);
  const variation = asId(line.variation_id) ?? product;
  const sku = asText(line.sku);
  if (choice === 'product_id') return product;
  if (choice === 'variation_id') return variation;
  if (choice === 'sku') return sku;
  return sku ?? (choice === 'sku_or_product_id' ? product : variation);
}
