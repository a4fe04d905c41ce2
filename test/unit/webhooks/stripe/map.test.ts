import { expect, test } from 'vitest';
import {
  choices,
  eventOf,
  type Json,
  nowSeconds,
  outcomeOf,
  partOf,
  reasonOf,
  stripeEvent,
} from '../../../support/webhooks/webhook-bodies.ts';

const delivery = (session: Json = {}, own: Json = {}, envelope: Json = {}) => ({
  settings: { ...choices.stripe, ...own },
  body: stripeEvent(session, envelope),
});
const stripeId = 'cs_test_a1QFLXZqOWxmolFgTrTbRywllLMKKCXtFVqWqlmjYNvd5A3sF4UztRNdAA';
const person = (changes: Json) => ({
  customer_details: {
    email: 'jw@example.com',
    name: 'Jenny Rosen Lee',
    phone: null,
    address: { city: 'Osaka', country: 'JP', state: 'Osaka', postal_code: '530-0001' },
    ...changes,
  },
});

test('maps a paid Stripe session to a Purchase with every field that its body contains', async () => {
  expect(await eventOf(delivery())).toEqual({
    event_name: 'Purchase',
    event_id: 'cs_test_a1QFLXZqOWxmolFgTrTbRywllLMKKCXtFVqWqlmjYNvd5A3sF4UztRNdAA',
    event_time: nowSeconds - 3600,
    email: 'jw@example.com',
    external_id: 'cus_SkQpGfARLDMyiS',
    first_name: 'test',
    country: 'JP',
    locale: 'ja',
    order_id: 'cs_test_a1QFLXZqOWxmolFgTrTbRywllLMKKCXtFVqWqlmjYNvd5A3sF4UztRNdAA',
    value: 800,
    currency: 'JPY',
    destination: 'default',
  });
});

test.each<[string, Json, Json, Json]>([
  [
    'cents become the currency’s unit',
    { amount_total: 1999, currency: 'usd' },
    {},
    { value: 19.99, currency: 'USD' },
  ],
  ['three decimals', { amount_total: 12340, currency: 'kwd' }, {}, { value: 12.34, currency: 'KWD' }],
  ['no decimals', { amount_total: 5000, currency: 'krw' }, {}, { value: 5000, currency: 'KRW' }],
  [
    'Icelandic krónur, which Stripe counts in hundredths',
    { amount_total: 500000, currency: 'isk' },
    {},
    { value: 5000, currency: 'ISK' },
  ],
  [
    'an unknown currency goes with its value',
    { currency: 'xaf' },
    {},
    { value: undefined, currency: undefined },
  ],
  [
    'presentment is what the buyer saw',
    { presentment_details: { presentment_amount: 725, presentment_currency: 'eur' } },
    { money: 'presentment' },
    { value: 7.25, currency: 'EUR' },
  ],
  [
    'a session of an older API version settles in the currency before the conversion',
    {
      currency: 'eur',
      amount_total: 1820,
      currency_conversion: { amount_total: 2000, source_currency: 'usd', fx_rate: '0.91' },
    },
    {},
    { value: 20, currency: 'USD' },
  ],
  [
    'a session of an older API version shows the currency after the conversion',
    {
      currency: 'eur',
      amount_total: 1820,
      currency_conversion: { amount_total: 2000, source_currency: 'usd', fx_rate: '0.91' },
    },
    { money: 'presentment' },
    { value: 18.2, currency: 'EUR' },
  ],
  [
    'the integration’s own event id comes first',
    { metadata: { event_id: 'e-1' }, client_reference_id: 'r-1' },
    {},
    { event_id: 'e-1' },
  ],
  [
    'the client reference, which may be an affiliate’s, is not the id by default',
    { client_reference_id: 'aff_42' },
    {},
    { event_id: stripeId },
  ],
  [
    'the client reference is the id when the settings say so',
    { client_reference_id: 'r-1' },
    { eventId: '{client_reference_id|session_id}' },
    { event_id: 'r-1' },
  ],
  [
    'a client reference that stands for nothing is not the id',
    { client_reference_id: 'undefined' },
    { eventId: '{client_reference_id|session_id}' },
    { event_id: stripeId },
  ],
  [
    'the name of a person comes before that of a business',
    person({ name: 'Rocket Rides Inc.', individual_name: 'Jenny Rosen' }),
    {},
    { first_name: 'Jenny', last_name: 'Rosen' },
  ],
  [
    'the name of a person that the page collected is read',
    { ...person({ name: 'Rocket Rides' }), collected_information: { individual_name: 'Jenny Rosen' } },
    {},
    { first_name: 'Jenny', last_name: 'Rosen' },
  ],
  ['an automatic locale is none', { locale: 'auto' }, {}, { locale: undefined }],
  ['a locale is the shopper’s', { locale: 'pt-BR' }, {}, { locale: 'pt-BR' }],
  [
    'the template decides',
    { client_reference_id: 'r-1' },
    { eventId: '{payment_intent}' },
    { event_id: 'pi_3Rp92HE2YllEOQrt10Khp5XV' },
  ],
  ['an expanded customer has an id', { customer: { id: 'cus_2' } }, {}, { external_id: 'cus_2' }],
  [
    'customer_email serves',
    { customer_details: null, customer_email: 'c@example.com' },
    {},
    { email: 'c@example.com' },
  ],
  [
    'a name is split at its first space',
    person({}),
    {},
    { first_name: 'Jenny', last_name: 'Rosen Lee', zip_code: '530-0001', city: 'Osaka' },
  ],
  [
    'a phone is read with the address’s country',
    person({ phone: '090-1234-5678' }),
    {},
    { phone: '+819012345678' },
  ],
  [
    'metadata carries what only the browser knows',
    {
      metadata: {
        ttclid: 'E.C.P.1',
        _ttp: 'p-1',
        ip: '203.0.113.5',
        user_agent: 'UA',
        page_url: 'https://shop.example/cart?session=secret',
        order_id: 'A-7',
      },
    },
    {},
    {
      ttclid: 'E.C.P.1',
      ttp: 'p-1',
      ip: '203.0.113.5',
      user_agent: 'UA',
      page_url: 'https://shop.example/cart',
      order_id: 'A-7',
    },
  ],
  [
    'a click id that is in the URL of the page',
    { metadata: { url: 'https://shop.example/?ttclid=E.C.P.9' } },
    {},
    { ttclid: 'E.C.P.9' },
  ],
  [
    'a refusal in metadata limits',
    { metadata: { tiktok_consent: 'denied' } },
    { consent: 'limit' },
    { limited_data_use: true },
  ],
  [
    'a consent in metadata lets through',
    { metadata: { tiktok_consent: 'granted' } },
    { consent: 'require' },
    { event_name: 'Purchase' },
  ],
  [
    'a session that is not paid yet is a placed order',
    { payment_status: 'unpaid' },
    {},
    { event_name: 'PlaceAnOrder' },
  ],
  [
    'a session opened a day before the payment counts when it was paid',
    { created: nowSeconds - 30 * 3600 },
    {},
    { event_time: nowSeconds - 3600 },
  ],
  [
    'a session opened an hour before the payment counts when it was opened',
    { created: nowSeconds - 7200 },
    {},
    { event_time: nowSeconds - 7200 },
  ],
])('maps a paid Stripe session by the rule: %s', async (_rule, session, own, expected) => {
  expect(partOf(await eventOf(delivery(session, own)), expected)).toEqual(expected);
});

test('maps a Stripe session that was paid later by the topic of a delayed payment', async () => {
  const envelope = { type: 'checkout.session.async_payment_succeeded' };
  const { event, notAfterMs } = await outcomeOf(delivery({ created: nowSeconds - 40 * 3600 }, {}, envelope));
  expect(event).toMatchObject({ event_name: 'Purchase', event_time: nowSeconds - 3600 });
  expect(notAfterMs / 1000).toBe(nowSeconds + 7 * 3600);
});

test('sends a late payment of a Stripe session until 47 hours after it, when the settings say so', async () => {
  const envelope = { type: 'checkout.session.async_payment_succeeded' };
  const late = delivery({ created: nowSeconds - 90 * 3600 }, { latePayment: 'send' }, envelope);
  const { event, notAfterMs } = await outcomeOf(late);
  expect(event).toMatchObject({ event_name: 'Purchase', event_time: nowSeconds - 3600 });
  expect(notAfterMs / 1000).toBe(nowSeconds + 46 * 3600);
});

test.each<[string, Json, Json, Json]>([
  ['test_order', { livemode: false }, {}, { livemode: false }],
  ['test_order', { livemode: false }, {}, { livemode: null }],
  ['test_order', { livemode: null }, {}, { livemode: false }],
  ['ignored_topic', {}, {}, { type: 'payment_intent.succeeded' }],
  ['ignored_topic', {}, {}, { type: 'charge.refunded' }],
  ['ignored_topic', {}, {}, { type: null }],
  ['unexpected_body', { object: 'payment_intent' }, {}, {}],
  ['zero_value', { amount_total: 0, payment_status: 'no_payment_required' }, {}, {}],
  ['unpaid', { payment_status: 'unpaid' }, { unpaidEvent: 'none' }, {}],
  ['unpaid', { status: 'expired' }, {}, {}],
  [
    'unpaid',
    { mode: 'setup', amount_total: null, payment_status: 'no_payment_required' },
    { zeroValue: 'send' },
    {},
  ],
  ['stale', { created: nowSeconds - 47 * 3600 }, {}, {}],
  ['late_payment', { created: nowSeconds - 100 * 3600 }, {}, { created: nowSeconds - 3600 }],
  ['no_time', { created: 'yesterday' }, {}, {}],
  ['no_time', {}, {}, { created: 'yesterday' }],
  ['no_time', {}, {}, { created: 99_999_999_999 }],
  ['no_time', { created: null }, {}, { created: null }],
  ['no_consent', {}, { consent: 'require' }, {}],
  ['no_consent', { consent: { promotions: 'opt_in' } }, { consent: 'require' }, {}],
  ['no_match_key', { customer: null, customer_details: null }, {}, {}],
])('skips a Stripe event as %s: case %#', async (reason, session, own, envelope) => {
  expect(await reasonOf(delivery(session, own, envelope))).toBe(reason);
});

test('sends a Stripe session of test mode when the settings allow it', async () => {
  const test = delivery({ livemode: false }, { testOrders: 'send' }, { livemode: false });
  expect(await reasonOf(test)).toBe('event');
});

test.each<[Json, Json]>([
  [{ amount_total: 0, payment_status: 'no_payment_required' }, { zeroValue: 'send' }],
])('sends a Stripe session that the settings allow: %j', async (session, own) => {
  expect(await reasonOf(delivery(session, own))).toBe('event');
});

test.each<[string, Json, Json]>([
  [
    'the address of the visitor',
    { metadata: { ip: '::1', client_ip: '10.0.0.1, 203.0.113.5:9000' } },
    { ip: '203.0.113.5' },
  ],
  [
    'the id of the customer',
    { customer: null, metadata: { external_id: 'undefined', user_id: 'u-1' } },
    { external_id: 'u-1' },
  ],
  [
    'the click id of another page',
    { metadata: { page_url: 'https://a.example/?ttclid=__CLICKID__', landing_page: '/?ttclid=E.C.P' } },
    { ttclid: 'E.C.P', page_url: 'https://a.example/' },
  ],
  ['the id of the event', { metadata: { event_id: 'undefined' } }, { event_id: stripeId }],
  ['the id of the order', { metadata: { order_id: 'null' } }, { order_id: stripeId }],
])('lets no placeholder in the metadata of a Stripe session hide %s', async (_value, session, expected) => {
  const { event, omitted } = await outcomeOf(delivery(session));
  expect(partOf(event, expected)).toEqual(expected);
  expect(omitted).toEqual([]);
});

/** The overlay of the guide. */
const subscribe = {
  event_name:
    "data.object.mode == 'subscription' && (data.object.amount_total == `0` && 'StartTrial' || data.object.payment_status == 'paid' && 'Subscribe') || `null`",
};
const trial = { mode: 'subscription', amount_total: 0, invoice: 'in_1', subscription: 'sub_1' };

test.each<[string, Json, Json, string]>([
  ['a paid subscription', { mode: 'subscription', subscription: 'sub_1' }, {}, 'Subscribe'],
  ['a trial', { ...trial, payment_status: 'no_payment_required' }, { zeroValue: 'send' }, 'StartTrial'],
  ['a trial with an invoice of 0', { ...trial, payment_status: 'paid' }, { zeroValue: 'send' }, 'StartTrial'],
  ['a subscription that waits', { mode: 'subscription', payment_status: 'unpaid' }, {}, 'PlaceAnOrder'],
  ['a sale', { mode: 'payment' }, {}, 'Purchase'],
])('names %s by the mapping of the guide', async (_kind, session, own, event_name) => {
  expect(await eventOf(delivery(session, { ...own, mapping: subscribe }))).toMatchObject({ event_name });
});

test.each([
  'invoice.paid',
  'invoice.payment_succeeded',
  'customer.subscription.created',
  'customer.subscription.updated',
  'checkout.session.expired',
  'checkout.session.async_payment_failed',
])('ignores %s, so that a renewal is no sale', async (type) => {
  expect(await reasonOf(delivery({}, {}, { type }))).toBe('ignored_topic');
});

test('maps a session of a Payment Link, which has no metadata of the visitor, by the buyer’s own data', async () => {
  const link = { payment_link: 'plink_1', client_reference_id: 'newsletter_7', metadata: {} };
  expect(await eventOf(delivery(link))).toMatchObject({
    event_name: 'Purchase',
    event_id: stripeId,
    email: 'jw@example.com',
  });
});
