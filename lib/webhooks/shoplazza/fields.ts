/** Reads the parts of a Shoplazza order that become event fields. */
import { orderLines, toContents } from '../../payload/contents.ts';
import { type Address, countryCode, type Picked, pickEmail, pickPhone } from '../../payload/person.ts';
import { asId, asObject, asText, firstText, isPayload, type Payload } from '../../payload/values.ts';
import type { ShoplazzaSettings } from './settings.ts';

/** Shoplazza sends `{"order": {…}}`. */
export const orderOf = (payload: Payload): Payload => (isPayload(payload.order) ? payload.order : payload);

const address = (value: unknown): Address => {
  const fields = asObject(value);
  return {
    firstName: fields.first_name,
    lastName: fields.last_name,
    city: fields.city,
    state: firstText(fields.province_code, fields.province),
    zip: fields.zip,
    country: fields.country_code,
    phone: fields.phone,
  };
};

/** Billing, then shipping, then the names of the account. */
export function shoplazzaAddresses(order: Payload): Address[] {
  const customer = asObject(order.customer);
  return [
    address(order.billing_address),
    address(order.shipping_address),
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
  const billing = address(order.billing_address);
  const shipping = address(order.shipping_address);
  const known = countryCode(billing.country) ?? countryCode(shipping.country);
  return pickPhone(
    [
      [asObject(order.customer).phone, known],
      [shipping.phone, countryCode(shipping.country) ?? known],
      [billing.phone, known],
    ],
    country,
  );
}

/** `price` is one unit's, in the order's currency. */
export const shoplazzaContents = (order: Payload, choice: ShoplazzaSettings['contentId']) =>
  toContents(
    orderLines(order.line_items).map((line) => ({
      id: contentId(line, choice),
      price: line.price,
      quantity: line.quantity,
      name: line.product_title,
      brand: line.vendor,
    })),
  );

function contentId(line: Payload, choice: ShoplazzaSettings['contentId']): string | undefined {
  if (choice === 'product_id') return asId(line.product_id);
  if (choice === 'variant_id') return asId(line.variant_id);
  const sku = asText(line.sku);
  return choice === 'sku' ? sku : (sku ?? asId(line.variant_id));
}
