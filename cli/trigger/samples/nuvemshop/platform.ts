/** Nuvemshop's events: each webhook names an order or a customer, which the gateway reads from the API. */
import { digits, type Facts } from '../facts.ts';
import {
  type ApiDocument,
  type Json,
  numericId,
  type SampleContext,
  type SamplePlatform,
  settingOf,
} from '../sample.ts';
import { customerOf, orderOf } from './documents.ts';

export const nuvemshopSamples: SamplePlatform = {
  platform: 'nuvemshop',
  headers: () => ({}),
  samples: [
    {
      topic: 'order/paid',
      when: 'an order is paid',
      build: (context) => ({ body: hook(context), documents: { order: orderDocument(context, true) } }),
    },
    {
      topic: 'order/created',
      when: 'an order is placed, here with a bank transfer',
      build: (context) => ({ body: hook(context), documents: { order: orderDocument(context, false) } }),
    },
    {
      topic: 'customer/created',
      when: 'an account is made',
      build: (context) => ({ body: hook(context), documents: { customer: customerDocument(context) } }),
    },
    {
      topic: 'customer/updated',
      when: 'a customer changes, here by activating the account',
      build: (context) => ({ body: hook(context), documents: { customer: customerDocument(context) } }),
    },
    {
      topic: 'order/cancelled',
      when: 'an order is canceled',
      build: (context) => ({ body: hook(context) }),
    },
    {
      topic: 'customers/redact',
      when: 'the data of a customer must be deleted',
      build: (context) => ({ body: privacyRequest(context) }),
    },
  ],
};

const idOf = ({ id, seed }: Facts): number => numericId(id, 'id', () => digits(seed, 'order', 10));

const storeId = (context: SampleContext): number => Number(settingOf(context, 'storeId'));

const hook = (context: SampleContext): Json => ({
  store_id: storeId(context),
  event: context.topic,
  id: idOf(context.facts),
});

function orderDocument(context: SampleContext, isPaid: boolean): ApiDocument {
  const id = idOf(context.facts);
  return { path: `/orders/${id}`, json: orderOf(context, { id, storeId: `${storeId(context)}`, isPaid }) };
}

function customerDocument({ facts }: SampleContext): ApiDocument {
  const id = idOf(facts);
  return { path: `/customers/${id}`, json: customerOf(facts, id) };
}

const privacyRequest = (context: SampleContext): Json => ({
  store_id: storeId(context),
  customer: { id: digits(context.facts.seed, 'customer', 9), email: null, phone: null, identification: null },
  orders_to_redact: [idOf(context.facts)],
});
