/** BigCommerce's scopes: each webhook names an order or a customer, which the gateway reads from the API. */
import { digits, type Facts, token } from '../facts.ts';
import {
  type ApiDocument,
  type Json,
  numericId,
  type SampleContext,
  type SamplePlatform,
  settingOf,
} from '../sample.ts';
import { unixSeconds } from '../times.ts';
import { customerOf, orderOf, productsOf } from './documents.ts';

export const bigcommerceSamples: SamplePlatform = {
  platform: 'bigcommerce',
  headers: () => ({}),
  samples: [
    {
      topic: 'store/order/statusUpdated',
      when: 'the status of an order changes, here to paid',
      build: (context) => ({
        body: hook(context, context.facts.paid, { status: { previous_status_id: 0, new_status_id: 11 } }),
        documents: orderDocuments(context, { status_id: 11, status: 'Awaiting Fulfillment' }),
      }),
    },
    {
      topic: 'store/order/created',
      when: 'a visitor reaches the payment page',
      build: (context) => ({
        body: hook(context, context.facts.placed),
        documents: orderDocuments(context, { status_id: 0, status: 'Incomplete' }),
      }),
    },
    {
      topic: 'store/customer/created',
      when: 'an account is made',
      build: (context) => ({
        body: hook(context, context.facts.placed),
        documents: { customer: customerDocument(context) },
      }),
    },
    {
      topic: 'store/order/refund/created',
      when: 'an order is refunded',
      build: (context) => ({
        body: hook(context, context.facts.nowMs, {
          refund: { refund_id: digits(context.facts.seed, 'refund', 4) },
        }),
      }),
    },
  ],
};

const idOf = ({ id, seed }: Facts): number => numericId(id, 'id', () => digits(seed, 'order', 9));

/** @param data what the webhook says besides the id */
function hook(context: SampleContext, atMs: number, data: Json = {}): Json {
  const { topic, facts } = context;
  const type = topic.split('/')[1];
  return {
    scope: topic,
    store_id: '1025646',
    data: { type, id: idOf(facts), ...data },
    hash: token(facts.seed, topic, 40),
    created_at: unixSeconds(atMs),
    producer: `stores/${settingOf(context, 'storeHash')}`,
  };
}

function orderDocuments(context: SampleContext, status: Json): Readonly<Record<string, ApiDocument>> {
  const id = idOf(context.facts);
  const path = `/v2/orders/${id}`;
  return {
    order: { path, json: { ...orderOf(context, id), ...status } },
    products: { path: `${path}/products`, json: productsOf(context.facts, id) },
  };
}

/** The API answers a list: `--set customer.data.0.email=…`. */
const customerDocument = ({ facts }: SampleContext): ApiDocument => ({
  path: '/v3/customers',
  json: { data: [customerOf(facts, idOf(facts))], meta: { pagination: { total: 1, count: 1 } } },
});
