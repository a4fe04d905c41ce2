/** Stripe's Checkout sessions inside of their events, and an event of the same sale that is not read (docs.stripe.com/api). */
import { emailOf, type Facts, phoneOf, token } from '../facts.ts';
import { decimalsOf } from '../price.ts';
import { attached, type Json, type SampleContext, type SamplePlatform, staticPart } from '../sample.ts';
import { unixSeconds } from '../times.ts';

export const stripeSamples: SamplePlatform = {
  platform: 'stripe',
  headers: () => ({ 'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)', accept: '*/*' }),
  indent: 2,
  samples: [
    {
      topic: 'checkout.session.completed',
      when: 'a session is completed, here paid by card',
      build: (context) => eventOf(context, session(context, { payment_status: 'paid', status: 'complete' })),
    },
    {
      topic: 'checkout.session.async_payment_succeeded',
      when: 'a slow payment, such as a bank debit, arrives',
      build: (context) => eventOf(context, session(context, { ...slow, payment_status: 'paid' })),
    },
    {
      topic: 'checkout.session.async_payment_failed',
      when: 'a slow payment fails',
      build: (context) => eventOf(context, session(context, { ...slow, payment_status: 'unpaid' })),
    },
    {
      topic: 'checkout.session.expired',
      when: 'a session ends without a payment',
      build: (context) =>
        eventOf(
          context,
          session(context, { payment_status: 'unpaid', status: 'expired', payment_intent: null }),
        ),
    },
    {
      topic: 'payment_intent.succeeded',
      when: 'the payment of the same sale succeeds',
      build: (context) => eventOf(context, paymentIntent(context)),
    },
  ],
};

const slow = { status: 'complete', payment_method_types: ['us_bank_account'], payment_method_options: {} };

function eventOf({ topic, facts }: SampleContext, object: Json) {
  const { seed, paid, test } = facts;
  const body = {
    id: `evt_1${token(seed, topic, 23)}`,
    object: 'event',
    api_version: '2025-06-30.basil',
    created: unixSeconds(paid),
    data: { object },
    livemode: !test,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type: topic,
  };
  return { body };
}

/** Where Stripe counts other units than ISO 4217 (docs.stripe.com/currencies). */
const stripeDecimals: Readonly<Record<string, number>> = { ISK: 2, UGX: 2, IQD: 3, MGA: 0 };

const amountOf = ({ total, currency }: Facts): number =>
  Math.round(total * 10 ** (stripeDecimals[currency] ?? decimalsOf(currency)));

function session(context: SampleContext, changes: Json): Json {
  const { facts } = context;
  const {
    seed,
    placed,
    currency,
    test,
    id = `cs_${test ? 'test' : 'live'}_a1${token(seed, 'session', 56)}`,
  } = facts;
  return {
    ...staticPart('stripe/session'),
    id,
    amount_subtotal: amountOf(facts),
    amount_total: amountOf(facts),
    created: unixSeconds(placed),
    currency: currency.toLowerCase(),
    customer: `cus_${token(emailOf(facts) ?? seed, 'customer', 14)}`,
    customer_details: customerOf(facts),
    expires_at: unixSeconds(placed) + 86_400,
    livemode: !test,
    metadata: metadataOf(context),
    payment_intent: `pi_3${token(seed, 'payment', 23)}`,
    ...changes,
  };
}

function customerOf(facts: Facts): Json {
  const { country, first_name, last_name } = facts;
  return {
    address: {
      city: 'New York',
      country,
      line1: '1 Example Street',
      line2: null,
      postal_code: '10001',
      state: country === 'US' ? 'NY' : null,
    },
    email: emailOf(facts),
    name: `${first_name} ${last_name}`,
    phone: phoneOf(facts),
    tax_exempt: 'none',
    tax_ids: [],
  };
}

/** The shop's server writes these when it creates the session; Stripe itself knows nothing of the visit. */
const metadataOf = (context: SampleContext): Json => ({
  ...Object.fromEntries(attached(context)),
  ip: '203.0.113.34',
  user_agent:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
  page_url: 'https://shop.example.com/checkout',
});

function paymentIntent({ facts }: SampleContext): Json {
  const { seed, id = `pi_3${token(seed, 'payment', 23)}`, currency, placed, test } = facts;
  return {
    id,
    object: 'payment_intent',
    amount: amountOf(facts),
    amount_received: amountOf(facts),
    capture_method: 'automatic_async',
    created: unixSeconds(placed),
    currency: currency.toLowerCase(),
    livemode: !test,
    metadata: {},
    payment_method_types: ['card'],
    receipt_email: emailOf(facts),
    status: 'succeeded',
  };
}
