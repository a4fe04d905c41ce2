/** Reads the parts of a Shopify order, checkout or customer that become event fields. */
import { orderLines, toContents, variantContentId } from '../../payload/contents.ts';
import { asMoney, firstMoney, type Money, type Price, priceIn } from '../../payload/money.ts';
import { pageUrl } from '../../payload/page-url.ts';
import {
  type Address,
  type Picked,
  pickCountry,
  pickEmail,
  pickPhone,
  toAddress,
} from '../../payload/person.ts';
import { asId, asObject, asText, firstText, type Payload } from '../../payload/values.ts';
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

/**
 * `total_price` is fixed when the order is placed; `current_total_price` shrinks with refunds and is not used. When TikTok
 * does not take the currency of the setting, the other one counts.
 */
export function shopifyMoney(body: Payload, money: 'shop' | 'presentment'): Money | undefined {
  const { shop_money, presentment_money } = asObject(body.total_price_set);
  const own = asMoney(body.total_price, body.currency);
  const inSet = asMoney(...priceOf(shop_money));
  const shop = own?.amount === undefined ? (inSet ?? own) : own;
  const seen = asMoney(...priceOf(presentment_money));
  if (money === 'presentment') return firstMoney(seen, shop);
  // Both sides of a set are the same when the buyer saw the shop's currency.
  return firstMoney(shop, seen?.currency === inSet?.currency ? undefined : seen);
}

/** One side of a `…_set`: `{amount, currency_code}`. */
function priceOf(side: unknown): Price {
  const { amount, currency_code } = asObject(side);
  return [amount, currency_code];
}

/**
 * Prices are those before discounts.
 * @param currency of the event's value; a line without a price in it goes without one
 */
export function shopifyContents(body: Payload, settings: ShopifySettings, currency: string | undefined) {
  const shopCurrency = firstText(
    body.currency,
    asObject(asObject(body.total_price_set).shop_money).currency_code,
  );
  return toContents(
    orderLines(body.line_items).map((line) => {
      const { shop_money, presentment_money } = asObject(line.price_set);
      return {
        id: variantContentId(line, settings.contentId),
        price: priceIn(currency, [line.price, shopCurrency], priceOf(shop_money), priceOf(presentment_money)),
        quantity: line.quantity,
        name: firstText(line.title, line.presentment_title, line.name),
        brand: line.vendor,
      };
    }),
  );
}

/** The status page's URL has the host that shoppers see. Only its origin is used: the path has the order's access key. */
export function shopifyPage(body: Payload, shopDomain: string | undefined): string | undefined {
  const status = URL.parse(firstText(body.order_status_url, body.abandoned_checkout_url) ?? '');
  return pageUrl(asText(body.landing_site), status?.origin ?? shopDomain);
}

/** The lossless reader turns ids above 2⁵³ into text; the GraphQL id is the fallback for rounded ids. */
export const shopifyId = (object: Payload): string | undefined =>
  asId(object.id) ?? asText(object.admin_graphql_api_id)?.match(/\/(\d+)$/)?.[1];
