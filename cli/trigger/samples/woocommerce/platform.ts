/** WooCommerce's topics, its unsigned ping, and the headers of its deliveries (class-wc-webhook.php). */
import { digits, token } from '../facts.ts';
import { type SampleContext, type SamplePlatform, shopOf } from '../sample.ts';
import { paidAt, wooCustomer, wooId, wooOrder, wooSubscription } from './bodies.ts';

const exampleHost = 'shop.example.com';

export const woocommerceSamples: SamplePlatform = {
  platform: 'woocommerce',
  hasTopicHeader: true,
  headers,
  samples: [
    {
      topic: 'order.updated',
      when: 'an order changes, here to paid',
      build: (context) => ({ body: wooOrder(context, hostOf(context), paidAt(context.facts)) }),
    },
    {
      topic: 'order.created',
      when: 'an order is placed, here with a bank transfer',
      build: (context) => ({ body: wooOrder(context, hostOf(context), waiting) }),
    },
    {
      topic: 'customer.created',
      when: 'an account is made',
      build: (context) => ({ body: wooCustomer(context, hostOf(context)) }),
    },
    {
      topic: 'subscription.created',
      when: 'a subscription starts (plugin WooCommerce Subscriptions)',
      build: (context) => ({ body: wooSubscription(context, hostOf(context)) }),
    },
    {
      topic: 'subscription.updated',
      when: 'a subscription changes, here to active',
      build: (context) => ({ body: wooSubscription(context, hostOf(context)) }),
    },
    {
      topic: 'order.deleted',
      when: 'an order is deleted',
      build: ({ facts }) => ({ body: { id: wooId(facts) } }),
    },
    {
      topic: 'ping',
      when: 'the webhook is saved in the admin',
      build: ({ facts }) => ({
        body: `webhook_id=${wooId(facts)}`,
        contentType: 'application/x-www-form-urlencoded',
        isUnsigned: true,
      }),
    },
  ],
};

const userAgent = 'WooCommerce/10.3.4 Hookshot (WordPress/6.8.3)';
const hostOf = (context: SampleContext): string => shopOf(context, exampleHost);

function headers(context: SampleContext): Readonly<Record<string, string>> {
  const { topic, facts } = context;
  if (topic === 'ping') return { 'user-agent': userAgent };
  const [resource = '', event = ''] = topic.split('.');
  return {
    'user-agent': userAgent,
    'x-wc-webhook-source': `https://${hostOf(context)}/`,
    'x-wc-webhook-topic': topic,
    'x-wc-webhook-resource': resource,
    'x-wc-webhook-event': event,
    'x-wc-webhook-id': `${digits('webhook', topic, 2)}`,
    'x-wc-webhook-delivery-id': token(facts.seed, `delivery ${facts.nowMs}`),
  };
}

const waiting = {
  status: 'on-hold',
  payment_method: 'bacs',
  payment_method_title: 'Direct bank transfer',
  transaction_id: '',
};
