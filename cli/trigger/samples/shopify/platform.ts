/** Shopify's topics, and the headers of its deliveries (shopify.dev/docs/api/webhooks, version 2026-07). */
import { randomUUID } from 'node:crypto';
import { priceOf } from '../price.ts';
import { type Json, type SampleContext, type SamplePlatform, shopOf } from '../sample.ts';
import { zonedTime } from '../times.ts';
import { checkoutWithContact, newCheckout } from './checkout.ts';
import { exampleShop, shopifyOrder } from './order.ts';
import { customer, privacyRequest, refund, shopRequest } from './records.ts';

export const shopifySamples: SamplePlatform = {
  platform: 'shopify',
  hasTopicHeader: true,
  headers: (context) => ({
    'user-agent': 'Shopify-Captain-Hook',
    'x-shopify-topic': context.topic,
    'x-shopify-shop-domain': shopOf(context, exampleShop),
    'x-shopify-api-version': '2026-07',
    'x-shopify-webhook-id': randomUUID(),
    'x-shopify-event-id': randomUUID(),
    'x-shopify-triggered-at': new Date(context.facts.nowMs).toISOString().replace('Z', '000000Z'),
  }),
  samples: [
    { topic: 'orders/paid', when: 'an order is paid', build: (context) => ({ body: shopifyOrder(context) }) },
    {
      topic: 'orders/create',
      when: 'an order is placed, here with cash on delivery',
      build: (context) => ({ body: unpaidOrder(context) }),
    },
    {
      topic: 'checkouts/create',
      when: 'a visitor starts a checkout, before any contact data',
      build: (context) => ({ body: newCheckout(context) }),
    },
    {
      topic: 'checkouts/update',
      when: 'the visitor has entered contact data',
      build: (context) => ({ body: checkoutWithContact(context) }),
    },
    {
      topic: 'customers/create',
      when: 'a customer record is made, here without a sign-in',
      build: (context) => ({ body: customer(context, 'disabled') }),
    },
    {
      topic: 'customers/enable',
      when: 'a customer signs in for the first time',
      build: (context) => ({ body: customer(context, 'enabled') }),
    },
    {
      topic: 'orders/cancelled',
      when: 'an order is canceled',
      build: (context) => ({ body: cancelledOrder(context) }),
    },
    {
      topic: 'refunds/create',
      when: 'an order is refunded',
      build: (context) => ({ body: refund(context) }),
    },
    {
      topic: 'customers/data_request',
      when: 'a customer asks for their data',
      build: (context) => ({ body: privacyRequest(context, 'data_request') }),
    },
    {
      topic: 'customers/redact',
      when: 'the data of a customer must be deleted',
      build: (context) => ({ body: privacyRequest(context, 'redact') }),
    },
    {
      topic: 'shop/redact',
      when: 'the data of a shop must be deleted',
      build: (context) => ({ body: shopRequest(context) }),
    },
  ],
};

const unpaidOrder = (context: SampleContext): Json =>
  shopifyOrder(context, {
    financial_status: 'pending',
    payment_gateway_names: ['Cash on Delivery (COD)'],
    total_outstanding: priceOf(context.facts, 2).total,
    updated_at: zonedTime(context.facts.placed),
  });

const cancelledOrder = (context: SampleContext): Json =>
  shopifyOrder(context, {
    cancel_reason: 'customer',
    cancelled_at: zonedTime(context.facts.nowMs),
    financial_status: 'voided',
    updated_at: zonedTime(context.facts.nowMs),
  });
