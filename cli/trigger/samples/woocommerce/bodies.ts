/** A WooCommerce order and customer (REST API v3), as its webhooks contain them. */
import { digits, emailOf, type Facts, localPhoneOf, token } from '../facts.ts';
import { priceOf } from '../price.ts';
import { attached, firstOf, type Json, numericId, type SampleContext, staticPart } from '../sample.ts';
import { bareUtcTime, localTime } from '../times.ts';

export const wooId = ({ id, seed }: Facts): number => numericId(id, 'id', () => digits(seed, 'order', 9));

/** @param host of the shop @param changes fields that make the order that of another topic */
export function wooOrder(context: SampleContext, host: string, changes: Json): Json {
  const { facts } = context;
  const { seed, currency, placed, channel } = facts;
  const still = staticPart('woocommerce/order');
  const { total, shipping } = priceOf(facts);
  const id = wooId(facts);
  const key = `wc_order_${token(seed, 'order', 13)}`;
  return {
    ...still,
    id,
    number: `${id}`,
    order_key: key,
    ...(channel !== undefined && { created_via: channel }),
    currency,
    ...createdAt(facts),
    date_modified: localTime(placed),
    date_modified_gmt: bareUtcTime(placed),
    shipping_total: shipping,
    total,
    customer_id: digits(emailOf(facts) ?? seed, 'customer', 5),
    billing: {
      ...addressOf(facts, still.billing),
      email: emailOf(facts) ?? '',
      phone: localPhoneOf(facts) ?? '',
    },
    shipping: addressOf(facts, still.shipping),
    meta_data: metaOf(context, host),
    line_items: [lineOf(facts, firstOf(still.line_items))],
    shipping_lines: [{ ...firstOf(still.shipping_lines), total: shipping }],
    payment_url: `https://${host}/checkout/order-pay/${id}/?pay_for_order=true&key=${key}`,
    _links: linksOf(host, 'orders', id),
    ...changes,
  };
}

export const paidAt = ({ paid }: Facts) => ({
  date_paid: localTime(paid),
  date_paid_gmt: bareUtcTime(paid),
  date_modified: localTime(paid),
  date_modified_gmt: bareUtcTime(paid),
});

/** The same fields as its first order, which is its parent, and those of its periods. */
export function wooSubscription(context: SampleContext, host: string): Json {
  const { placed } = context.facts;
  const id = wooId(context.facts);
  const {
    cart_hash: _hash,
    transaction_id: _transaction,
    ...order
  } = wooOrder(context, host, paidAt(context.facts));
  return {
    ...order,
    parent_id: id - 1,
    status: 'active',
    billing_period: 'month',
    billing_interval: '1',
    start_date_gmt: bareUtcTime(placed),
    trial_end_date_gmt: '',
    next_payment_date_gmt: bareUtcTime(placed + 30 * dayMs),
    last_payment_date_gmt: bareUtcTime(context.facts.paid),
    end_date_gmt: '',
    resubscribed_from: '',
    resubscribed_subscription: '',
  };
}

const dayMs = 86_400_000;

export function wooCustomer({ facts }: SampleContext, host: string): Json {
  const { first_name, last_name, placed } = facts;
  const still = staticPart('woocommerce/customer');
  const id = wooId(facts);
  return {
    ...still,
    id,
    ...createdAt(facts),
    date_modified: localTime(placed),
    date_modified_gmt: bareUtcTime(placed),
    email: emailOf(facts) ?? '',
    first_name,
    last_name,
    username: `${first_name}.${last_name}`.toLowerCase(),
    billing: {
      ...addressOf(facts, still.billing),
      email: emailOf(facts) ?? '',
      phone: localPhoneOf(facts) ?? '',
    },
    shipping: addressOf(facts, still.shipping),
    _links: linksOf(host, 'customers', id),
  };
}

const createdAt = ({ placed }: Facts) => ({
  date_created: localTime(placed),
  date_created_gmt: bareUtcTime(placed),
});

function addressOf({ first_name, last_name, country }: Facts, still: unknown): Json {
  const address = { ...(still as Json), first_name, last_name, country };
  return country === 'US' ? address : { ...address, state: '' };
}

/** `price` is a number without the rounding of text, and a variation has an id of its own. */
function lineOf(facts: Facts, still: Json): Json {
  const { quantity, sku, product_id, variant_id } = facts;
  const { unit, products } = priceOf(facts);
  return {
    ...still,
    product_id: numericId(product_id, 'product_id', () => 93),
    variation_id: numericId(variant_id, 'variant_id', () => 95),
    quantity,
    sku,
    subtotal: products,
    total: products,
    price: Number(unit),
  };
}

/** Order attribution writes the first ones; the storefront attaches the others. */
function metaOf(context: SampleContext, host: string): Json[] {
  const entry = `https://${host}/product/linen-towel/`;
  const entries = [
    ['_wc_order_attribution_source_type', 'utm'],
    ['_wc_order_attribution_referrer', 'https://www.tiktok.com/'],
    ['_wc_order_attribution_utm_source', 'tiktok'],
    ['_wc_order_attribution_session_entry', `${entry}?utm_source=tiktok`],
    ['_wc_order_attribution_device_type', 'Mobile'],
    ...attached(context),
  ] as const;
  return entries.map(([key, value], index) => ({ id: 13106 + index, key, value }));
}

const linksOf = (host: string, kind: string, id: number): Json => ({
  self: [{ href: `https://${host}/wp-json/wc/v3/${kind}/${id}` }],
  collection: [{ href: `https://${host}/wp-json/wc/v3/${kind}` }],
});
