/** Webhooks as the platforms send and sign them, each for a separate order. */
import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { Stripe } from 'stripe';
import { fixture, type Json } from '../../test/support/webhooks/webhook-bodies.ts';

export interface SignedWebhook {
  readonly source: 'shopify' | 'woocommerce' | 'stripe' | 'standard';
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

const hmac = (secret: string, body: string): string =>
  createHmac('sha256', secret).update(body).digest('base64');
const minuteAgo = (): string => new Date(Date.now() - 60_000).toISOString();

function shopify(number: number): SignedWebhook {
  const times = { processed_at: minuteAgo(), updated_at: minuteAgo() };
  const ids = { id: 10_000_000 + number, checkout_token: `soak-checkout-${number}` };
  const order = { ...fixture('shopify-order'), test: false, ...times, ...ids };
  const body = JSON.stringify(order);
  const headers = {
    'content-type': 'application/json',
    'x-shopify-topic': 'orders/paid',
    'x-shopify-shop-domain': 'shop.myshopify.com',
    'x-shopify-hmac-sha256': hmac('local-shopify-secret', body),
  };
  return { source: 'shopify', body, headers };
}

function woocommerce(number: number): SignedWebhook {
  const now = minuteAgo().slice(0, 19);
  const times = { date_created_gmt: now, date_paid_gmt: now };
  const order = {
    ...fixture('woocommerce-order'),
    created_via: 'checkout',
    ...times,
    id: 20_000_000 + number,
  };
  const body = JSON.stringify(order);
  const headers = {
    'x-wc-webhook-topic': 'order.updated',
    'x-wc-webhook-source': 'https://shop.example/',
    'x-wc-webhook-signature': hmac('local-woocommerce-secret', body),
  };
  return { source: 'woocommerce', body, headers };
}

function stripe(number: number): SignedWebhook {
  const recorded = fixture('stripe-session');
  const created = Math.floor(Date.now() / 1000) - 60;
  const object = {
    ...((recorded.data as Json).object as Json),
    livemode: true,
    created,
    id: `cs_soak_${number}`,
    payment_intent: `pi_soak_${number}`,
  };
  const payload = JSON.stringify({
    ...recorded,
    livemode: true,
    created,
    id: `evt_${number}`,
    data: { object },
  });
  const secret = 'local-stripe-secret';
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret });
  return { source: 'stripe', body: payload, headers: { 'stripe-signature': signature } };
}

function standard(number: number): SignedWebhook {
  const body = JSON.stringify({ event_name: 'Subscribe', email: `person${number}@example.com` });
  const id = `msg_${number}`;
  const now = new Date();
  const signature = new Webhook('whsec_bG9jYWwtc3RhbmRhcmQtd2ViaG9va3Mtc2VjcmV0').sign(id, now, body);
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': signature,
  };
  return { source: 'standard', body, headers };
}

const senders = [shopify, woocommerce, stripe, standard] as const;

/** @param number its order, session or message; the platforms take turns */
export const webhookOf = (number: number): SignedWebhook =>
  (senders[number % senders.length] ?? standard)(number);
