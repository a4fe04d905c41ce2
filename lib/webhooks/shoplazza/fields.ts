/** Reads the parts of a Shoplazza order that become event fields. */
import { orderLines, toContents, variantContentId } from '../../payload/contents.ts';
import { asMoney, type Money, priceIn } from '../../payload/money.ts';
import {
  type Address,
  type Picked,
  pickCountry,
  pickEmail,
  pickPhone,
  toAddress,
} from '../../payload/person.ts';
import { asObject, firstText, isPayload, type Payload } from '../../payload/values.ts';
import type { ShoplazzaSettings } from './settings.ts';

/** Shoplazza sends `{"order": {…}}`. */
export const orderOf = (payload: Payload): Payload => (isPayload(payload.order) ? payload.order : payload);

/** Billing, then shipping, then the names of the account. */
export function shoplazzaAddresses(order: Payload): Address[] {
  const customer = asObject(order.customer);
  return [
    toAddress(order.billing_address),
    toAddress(order.shipping_address),
    { firstName: customer.first_name, lastName: customer.last_name },
  ];
}

/** The order itself has no e-mail address: those of its people count. */
export const shoplazzaEmail = (order: Payload): Picked =>
  pickEmail([
    asObject(order.customer).email,
    asObject(order.shipping_address).email,
    asObject(order.billing_address).email,
  ]);

/** Phones are read with their address's country; what `phone_area_code` holds is not documented. */
export function shoplazzaPhone(order: Payload, country: string | undefined): Picked {
  const billing = toAddress(order.billing_address);
  const shipping = toAddress(order.shipping_address);
  const known = pickCountry(billing.country, shipping.country);
  return pickPhone(
    [
      [asObject(order.customer).phone, known],
      [shipping.phone, firstText(shipping.country, known)],
      [billing.phone, known],
    ],
    country,
  );
}

/** An order has one currency, in which the shopper pays. */
export const shoplazzaMoney = (order: Payload): Money | undefined =>
  asMoney(order.total_price, order.currency);

/** `price` is one unit's, in the order's currency. */
export const shoplazzaContents = (
  order: Payload,
  choice: ShoplazzaSettings['contentId'],
  currency: string | undefined,
) =>
  toContents(
    orderLines(order.line_items).map((line) => ({
      id: variantContentId(line, choice),
      price: priceIn(currency, [line.price, order.currency]),
      quantity: line.quantity,
      name: line.product_title,
      brand: line.vendor,
    })),
  );
