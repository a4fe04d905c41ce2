/** A Shopify order (webhook API version 2026-07), placed and paid minutes ago in the online store. */
import { digits, emailOf, type Facts, token } from '../facts.ts';
import { priceOf } from '../price.ts';
import {
  attached,
  firstOf,
  type Json,
  numericId,
  type SampleContext,
  shopOf,
  staticPart,
} from '../sample.ts';
import { zonedTime } from '../times.ts';
import { addressOf, shopifyCustomer } from './person.ts';

export const exampleShop = 'example.myshopify.com';

/** @param changes fields that make the order that of another topic */
export function shopifyOrder(context: SampleContext, changes: Json = {}): Json {
  const { facts } = context;
  const { currency, seed, placed, paid, ttclid, channel, test } = facts;
  const id = orderId(facts);
  const price = priceOf(facts, 2);
  const number = digits(seed, 'number', 4);
  const address = addressOf(facts);
  const still = staticPart('shopify/order');
  return {
    ...still,
    id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    ...tokensOf(facts),
    contact_email: emailOf(facts),
    confirmation_number: token(seed, 'confirmation', 9).toUpperCase(),
    created_at: zonedTime(placed),
    currency,
    ...amountsOf(facts),
    email: emailOf(facts),
    landing_site: landingSite(ttclid),
    name: `#${number}`,
    note_attributes: attached(context).map(([name, value]) => ({ name, value })),
    number: number - 1000,
    order_number: number,
    order_status_url: `https://${shopOf(context, exampleShop)}/60000000001/orders/${token(seed, 'order')}/authenticate?key=${token(seed, 'key')}`,
    presentment_currency: currency,
    processed_at: zonedTime(placed),
    ...(channel !== undefined && { source_name: channel, app_id: null }),
    test,
    token: token(seed, 'order'),
    updated_at: zonedTime(paid),
    billing_address: address,
    customer: { ...shopifyCustomer(facts), state: 'enabled' },
    line_items: [lineOf(facts, firstOf(still.line_items))],
    shipping_address: address,
    shipping_lines: [{ ...firstOf(still.shipping_lines), ...shippingOf(facts, price.shipping) }],
    ...changes,
  };
}

export const orderId = (facts: Facts): number =>
  numericId(facts.id, 'id', () => digits(facts.seed, 'order', 13));

export const productId = ({ product_id }: Facts): number =>
  numericId(product_id, 'product_id', () => 7234590408817);
export const variantId = ({ variant_id }: Facts): number =>
  numericId(variant_id, 'variant_id', () => 41327142600817);

const tokensOf = ({ seed }: Facts): Json => ({
  cart_token: `${token(seed, 'cart', 24)}?key=${token(seed, 'cart key')}`,
  checkout_id: digits(seed, 'checkout', 14),
  checkout_token: token(seed, 'checkout'),
});

export const landingSite = (ttclid: string | null): string =>
  ttclid === null ? '/products/linen-towel' : `/products/linen-towel?ttclid=${encodeURIComponent(ttclid)}`;

const moneySet = (amount: string, currency_code: string): Json => ({
  shop_money: { amount, currency_code },
  presentment_money: { amount, currency_code },
});

function amountsOf(facts: Facts): Json {
  const { total, products, shipping } = priceOf(facts, 2);
  const set = (amount: string) => moneySet(amount, facts.currency);
  return {
    current_subtotal_price: products,
    current_subtotal_price_set: set(products),
    current_total_discounts_set: set('0.00'),
    current_total_price: total,
    current_total_price_set: set(total),
    current_total_tax_set: set('0.00'),
    subtotal_price: products,
    subtotal_price_set: set(products),
    total_discounts_set: set('0.00'),
    total_line_items_price: products,
    total_line_items_price_set: set(products),
    total_outstanding: '0.00',
    total_price: total,
    total_price_set: set(total),
    total_shipping_price_set: set(shipping),
    total_tax_set: set('0.00'),
  };
}

function lineOf(facts: Facts, still: Json): Json {
  const { seed, quantity, currency, sku } = facts;
  const { unit } = priceOf(facts, 2);
  const id = digits(seed, 'line', 14);
  return {
    ...still,
    id,
    admin_graphql_api_id: `gid://shopify/LineItem/${id}`,
    current_quantity: quantity,
    fulfillable_quantity: quantity,
    price: unit,
    price_set: moneySet(unit, currency),
    product_id: productId(facts),
    quantity,
    sku,
    total_discount_set: moneySet('0.00', currency),
    variant_id: variantId(facts),
  };
}

const shippingOf = ({ currency }: Facts, price: string): Json => ({
  current_discounted_price_set: moneySet(price, currency),
  discounted_price: price,
  discounted_price_set: moneySet(price, currency),
  price,
  price_set: moneySet(price, currency),
});
