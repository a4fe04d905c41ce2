/** A Shopify checkout: first without contact data, as it is created, and then with them. */
import { digits, emailOf, phoneOf, token } from '../facts.ts';
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
import { exampleShop, landingSite, productId, variantId } from './order.ts';
import { addressOf, shopifyCustomer } from './person.ts';

/** It has an address and a phone only when the user chose them: nobody has typed any yet. */
export function newCheckout(context: SampleContext): Json {
  const { facts } = context;
  const { seed, placed, currency, quantity, sku, channel, ttclid } = facts;
  const still = staticPart('shopify/checkout');
  const { total, unit, products } = priceOf(facts, 2);
  const id = numericId(facts.id, 'id', () => digits(seed, 'checkout', 14));
  const secret = `${token(seed, 'checkout')}/recover?key=${token(seed, 'key')}`;
  return {
    ...still,
    id,
    token: token(seed, 'checkout'),
    cart_token: `${token(seed, 'cart', 24)}?key=${token(seed, 'cart key')}`,
    email: facts.email ?? null,
    phone: facts.phone ?? null,
    created_at: zonedTime(placed),
    updated_at: zonedTime(placed),
    landing_site: landingSite(ttclid),
    note_attributes: attached(context).map(([name, value]) => ({ name, value })),
    currency,
    presentment_currency: currency,
    line_items: [
      {
        ...firstOf(still.line_items),
        product_id: productId(facts),
        variant_id: variantId(facts),
        quantity,
        sku,
        price: unit,
        variant_price: unit,
        line_price: products,
      },
    ],
    name: `#${id}`,
    abandoned_checkout_url: `https://${shopOf(context, exampleShop)}/60000000001/checkouts/ac/${secret}`,
    source_name: channel ?? 'web',
    subtotal_price: products,
    total_line_items_price: products,
    total_price: total,
  };
}

export function checkoutWithContact(context: SampleContext): Json {
  const { facts } = context;
  const address = addressOf(facts);
  return {
    ...newCheckout(context),
    email: emailOf(facts),
    phone: phoneOf(facts),
    updated_at: zonedTime(facts.paid),
    billing_address: address,
    shipping_address: address,
    customer: shopifyCustomer(facts),
  };
}
