/** Subscriptions of the plugin WooCommerce Subscriptions: the same fields as an order, and those of its own REST resource. */
import { expect, test } from 'vitest';
import {
  choices,
  type Delivery,
  deliver,
  eventOf,
  fixture,
  type Json,
  nowSeconds,
  outcomeOf,
  reasonOf,
  wooHoursAgo,
  wooOrder,
} from '../../../support/webhooks/webhook-bodies.ts';

const subscription = (changes: Json = {}): Json => ({
  ...fixture('woocommerce-subscription'),
  date_created_gmt: wooHoursAgo(2),
  start_date_gmt: wooHoursAgo(2),
  date_paid_gmt: wooHoursAgo(1),
  ...changes,
});
const post = (changes: Json = {}, own: Json = {}, topic = 'subscription.created'): Delivery => ({
  settings: { ...choices.woocommerce, ...own },
  topic,
  body: subscription(changes),
});

test('maps a WooCommerce subscription to Subscribe with every field that its body contains', async () => {
  expect(await eventOf(post())).toEqual({
    event_name: 'Subscribe',
    event_id: '731',
    event_time: nowSeconds - 2 * 3600,
    email: 'john.doe@example.com',
    phone: '+15555555555',
    external_id: '12',
    first_name: 'John',
    last_name: 'Doe',
    city: 'San Francisco',
    state: 'CA',
    zip_code: '94103',
    country: 'US',
    contents: [{ content_id: 'COFFEE', content_name: 'Coffee, 500 g', price: 12.9, quantity: 1 }],
    content_type: 'product',
    order_id: '730',
    value: 12.9,
    currency: 'USD',
    page_url: 'https://shop.example/',
    destination: 'default',
  });
});

test.each<[string, Json, Json, string]>([
  ['waits for its first payment', { status: 'pending' }, {}, 'unpaid'],
  ['waits for a bank transfer', { status: 'on-hold' }, {}, 'unpaid'],
  ['waits, and placed orders count', { status: 'on-hold' }, { purchaseMoment: 'placed' }, 'event'],
  [
    'waits in the checkout, and placed orders count',
    { status: 'pending' },
    { purchaseMoment: 'placed' },
    'unpaid',
  ],
  ['is cancelled', { status: 'cancelled' }, {}, 'cancelled'],
  ['ends with its period', { status: 'pending-cancel' }, {}, 'cancelled'],
  ['has expired', { status: 'wc-expired' }, {}, 'cancelled'],
  ['became another one', { status: 'switched' }, {}, 'cancelled'],
  ['is in the bin', { status: 'trash' }, {}, 'cancelled'],
  ['was made by staff', { created_via: 'admin' }, {}, 'draft_order'],
  ['costs nothing', { total: '0.00' }, {}, 'zero_value'],
  ['is months old', { date_created_gmt: wooHoursAgo(2000), start_date_gmt: wooHoursAgo(2000) }, {}, 'stale'],
  ['is imported', { start_date_gmt: wooHoursAgo(2000) }, {}, 'stale'],
  ['has no start of its own', { start_date_gmt: '' }, {}, 'event'],
  ['has no dates', { date_created_gmt: null, start_date_gmt: '' }, {}, 'no_time'],
  ['has a start that is no time', { start_date_gmt: 'soon' }, {}, 'no_time'],
])('judges a WooCommerce subscription that %s', async (_state, changes, own, expected) => {
  expect(await reasonOf(post(changes, own))).toBe(expected);
  expect(await reasonOf(post(changes, own, 'subscription.updated'))).toBe(expected);
});

test.each(['skip', 'send'])(
  'never sends a renewal as Subscribe, with latePayment: %s',
  async (latePayment) => {
    const renewed = {
      date_created_gmt: wooHoursAgo(31 * 24),
      start_date_gmt: wooHoursAgo(31 * 24),
      date_paid_gmt: wooHoursAgo(1),
    };
    expect(await reasonOf(post(renewed, { latePayment }, 'subscription.updated'))).toBe('stale');
  },
);

test('gives both topics of a WooCommerce subscription one id, so that TikTok counts it once', async () => {
  const made = await eventOf(post({}, { eventId: 'de-{subscription_id|order_id}' }));
  const updated = await eventOf(
    post({}, { eventId: 'de-{subscription_id|order_id}' }, 'subscription.updated'),
  );
  expect([made.event_id, updated.event_id]).toEqual(['de-731', 'de-731']);
});

test.each<[string, Json]>([
  ['order.updated', subscription()],
  ['order.created', subscription()],
  ['subscription.created', wooOrder()],
  ['customer.created', subscription()],
])('skips a body that does not fit its topic %s', async (topic, body) => {
  const { outcomes } = await deliver({ settings: choices.woocommerce ?? {}, topic, body });
  expect(outcomes).toEqual([{ kind: 'skipped', reason: 'unexpected_body' }]);
});

test('sends a free trial as StartTrial by the mapping of the guide', async () => {
  const mapping = { event_name: "trial_end_date_gmt && 'StartTrial' || `null`" };
  const trial = await outcomeOf(post({ trial_end_date_gmt: wooHoursAgo(-14 * 24) }, { mapping }));
  expect(trial.event.event_name).toBe('StartTrial');
  expect((await outcomeOf(post({}, { mapping }))).event.event_name).toBe('Subscribe');
  const order = { settings: { ...choices.woocommerce, mapping }, topic: 'order.updated', body: wooOrder() };
  expect((await outcomeOf(order)).event.event_name).toBe('Purchase');
});
