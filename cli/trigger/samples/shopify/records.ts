/** Shopify's customers, refunds and privacy requests. */
import { digits, emailOf, phoneOf } from '../facts.ts';
import { priceOf } from '../price.ts';
import { type Json, numericId, type SampleContext, shopOf } from '../sample.ts';
import { zonedTime } from '../times.ts';
import { exampleShop, orderId } from './order.ts';
import { shopifyCustomer } from './person.ts';

/** @param state `enabled` once the customer has signed in */
export function customer({ facts }: SampleContext, state: 'enabled' | 'disabled'): Json {
  const made = shopifyCustomer(facts);
  const id = numericId(facts.id, 'id', () => digits(facts.seed, 'customer', 13));
  return { ...made, id, admin_graphql_api_id: `gid://shopify/Customer/${id}`, state };
}

export const refund = ({ facts }: SampleContext): Json => ({
  id: digits(facts.seed, 'refund', 12),
  order_id: orderId(facts),
  created_at: zonedTime(facts.nowMs),
  note: null,
  user_id: null,
  processed_at: zonedTime(facts.nowMs),
  restock: false,
  admin_graphql_api_id: `gid://shopify/Refund/${digits(facts.seed, 'refund', 12)}`,
  refund_line_items: [],
  transactions: [
    {
      id: digits(facts.seed, 'transaction', 13),
      order_id: orderId(facts),
      kind: 'refund',
      status: 'success',
      amount: priceOf(facts, 2).total,
      currency: facts.currency,
      gateway: 'shopify_payments',
    },
  ],
  order_adjustments: [],
});

export const shopRequest = (context: SampleContext): Json => ({
  shop_id: 60000000001,
  shop_domain: shopOf(context, exampleShop),
});

export function privacyRequest(context: SampleContext, kind: 'data_request' | 'redact'): Json {
  const { facts } = context;
  const person = { id: digits(facts.seed, 'customer', 13), email: emailOf(facts), phone: phoneOf(facts) };
  return {
    ...shopRequest(context),
    customer: person,
    ...(kind === 'redact'
      ? { orders_to_redact: [orderId(facts)] }
      : { orders_requested: [orderId(facts)], data_request: { id: digits(facts.seed, 'request', 4) } }),
  };
}
