/** Reads the parts of a Nuvemshop order or customer that become event fields. Tax ids (CPF, CNPJ, DNI, CUIT) are never read. */
import { orderLines, toContents, variantContentId } from '../../payload/contents.ts';
import { asMoney, isAcceptedByTikTok, type Money, priceIn } from '../../payload/money.ts';
import {
  type Address,
  type Picked,
  pickCountry,
  pickEmail,
  pickPhone,
  splitName,
} from '../../payload/person.ts';
import { asAmount, asObject, asObjects, firstText, type Payload } from '../../payload/values.ts';
import type { NuvemshopSettings } from './settings.ts';

/** The name of the buyer, then the billing address, then the shipping address, then the account's. */
export function orderAddresses(order: Payload): Address[] {
  const customer = asObject(order.customer);
  return [
    splitName(firstText(order.contact_name, customer.name, order.billing_name)),
    billingAddress(order),
    shippingAddress(order.shipping_address),
    shippingAddress(customer.default_address),
  ];
}

/** The customer's name, then the billing address, then the shipping addresses. */
export const customerAddresses = (customer: Payload): Address[] => [
  splitName(firstText(customer.name)),
  billingAddress(customer),
  ...[customer.default_address, ...asObjects(customer.addresses)].map(shippingAddress),
];

/** Orders and customers have the parts of the billing address as members of their own. */
const billingAddress = (body: Payload): Address => ({
  city: body.billing_city,
  state: body.billing_province,
  zip: body.billing_zipcode,
  country: body.billing_country,
  phone: body.billing_phone,
});

function shippingAddress(value: unknown): Address {
  const { city, province, zipcode, country, phone } = asObject(value);
  return { city, state: province, zip: zipcode, country, phone };
}

export const orderEmail = (order: Payload): Picked =>
  pickEmail([order.contact_email, asObject(order.customer).email]);

/** @param own numbers without an address: they are read with the country of the first address that has one */
export function buyerPhone(
  own: readonly unknown[],
  addresses: readonly Address[],
  country: string | undefined,
): Picked {
  const known = pickCountry(...addresses.map((address) => address.country));
  const numbers = own.map((number) => [number, known] as const);
  return pickPhone(
    [...numbers, ...addresses.map(({ phone, country: its }) => [phone, firstText(its, known)] as const)],
    country,
  );
}

/** TikTok takes no Uruguayan pesos, for example: the order says its total in US dollars, too. */
export function orderMoney(order: Payload): Money | undefined {
  const money = asMoney(order.total, order.currency);
  if (money === undefined || isAcceptedByTikTok(money.currency)) return money;
  return (asAmount(order.total_usd) ?? 0) > 0 ? asMoney(order.total_usd, 'USD') : money;
}

/** `price` is one unit's, in the order's currency: there is none where the value is in another. */
export function orderContents(order: Payload, choice: NuvemshopSettings['contentId']) {
  const currency = orderMoney(order)?.currency;
  return toContents(
    orderLines(order.products).map((line) => ({
      id: variantContentId(line, choice),
      price: priceIn(currency, [line.price, order.currency]),
      quantity: line.quantity,
      name: line.name,
    })),
  );
}
