/** Reads the parts of a Shopify order, checkout or customer that become event fields. */
import { orderLines, toContents, variantContentId } from '../../payload/contents.ts';
import { asMoney, firstMoney, type Money } from '../../payload/money.ts';
import { pageUrl } from '../../payload/page-url.ts';
import {
  type Address,
  type Picked,
  pickCountry,
  pickEmail,
  pickPhone,
  toAddress,
} from '../../payload/person.ts';
import { asAmount, asId, asObject, asText, firstText, type Payload } from '../../payload/values.ts';
import type { ShopifySettings } from './settings.ts';

/** Billing, then shipping, then the customer and the customer's default address. */
export function shopifyAddresses(body: Payload, customer: Payload): Address[] {
  return [
    toAddress(body.billing_address),
    toAddress(body.shipping_address),
    { firstName: customer.first_name, lastName: customer.last_name },
    toAddress(customer.default_address),
  ];
}

export const shopifyEmail = (body: Payload, customer: Payload): Picked =>
  pickEmail([body.email, body.contact_email, customer.email]);

/** The account's own phones are international; those in addresses are free text, read with their country. */
export function shopifyPhone(body: Payload, customer: Payload, country: string | undefined): Picked {
  const shipping = toAddress(body.shipping_address);
  const billing = toAddress(body.billing_address);
  const home = toAddress(customer.default_address);
  const known = pickCountry(billing.country, shipping.country, home.country);
  return pickPhone(
    [
      [body.phone, known],
      [customer.phone, known],
      [shipping.phone, firstText(shipping.country, known)],
      [billing.phone, firstText(billing.country, known)],
      [home.phone, firstText(home.country, known)],
    ],
    country,
  );
}

/** `total_price` is fixed when the order is placed; `current_total_price` shrinks with refunds and is not used. */
export function shopifyMoney(body: Payload, money: 'shop' | 'presentment'): Money | undefined {
  const set = asObject(body.total_price_set);
  const presentment = asObject(set.presentment_money);
  const seen = asMoney(presentment.amount, presentment.currency_code);
  const shop = asObject(set.shop_money);
  return firstMoney(
    money === 'presentment' ? seen : undefined,
    asMoney(body.total_price, body.currency),
    asMoney(shop.amount, shop.currency_code),
  );
}

export function shopifyContents(body: Payload, settings: ShopifySettings, currency: string | undefined) {
  const shopCurrency = asText(body.currency)?.toUpperCase() ?? currency;
  return toContents(
    orderLines(body.line_items).map((line) => ({
      id: variantContentId(line, settings.contentId),
      price: linePrice(line, settings.money, currency, shopCurrency),
      quantity: line.quantity,
      name: firstText(line.title, line.presentment_title, line.name),
      brand: line.vendor,
    })),
  );
}

/** The price before discounts in the currency of the order's value; undefined when the line has only the shop's. */
function linePrice(
  line: Payload,
  money: 'shop' | 'presentment',
  currency: string | undefined,
  shopCurrency: string | undefined,
): unknown {
  const presentment = asObject(asObject(line.price_set).presentment_money);
  const isSeen = money === 'presentment' && asText(presentment.currency_code)?.toUpperCase() === currency;
  if (isSeen) return presentment.amount;
  if (currency !== undefined && currency !== shopCurrency) return undefined;
  return asAmount(line.price) ?? asObject(asObject(line.price_set).shop_money).amount ?? line.price;
}

/** The status page's URL has the host that shoppers see. Only its origin is used: the path has the order's access key. */
export function shopifyPage(body: Payload, shopDomain: string | undefined): string | undefined {
  const status = URL.parse(firstText(body.order_status_url, body.abandoned_checkout_url) ?? '');
  return pageUrl(asText(body.landing_site), status?.origin ?? shopDomain);
}

/** The lossless reader turns ids above 2⁵³ into text; the GraphQL id is the fallback for rounded ids. */
export const shopifyId = (object: Payload): string | undefined =>
  asId(object.id) ?? asText(object.admin_graphql_api_id)?.match(/\/(\d+)$/)?.[1];
