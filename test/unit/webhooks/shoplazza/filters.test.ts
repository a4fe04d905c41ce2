/** Which Shoplazza orders are not sent, and the reason that the log gives for each. */
import { expect, test } from 'vitest';
import { eventOf, type Json, reasonOf } from '../../../support/webhooks/webhook-bodies.ts';
import { delivery, order, placedHoursAgo, settings } from './order.ts';

const nobody = { customer: null, billing_address: null, shipping_address: null, last_landing_url: null };
const bogus = { payment_channel: 'bogus' };

test.each<[string, Json, Json]>([
  ['test_order', { payment_line: bogus }, {}],
  ['test_order', { payment_line: null, payment_lines: [{ payment_channel: 'paypal' }, bogus] }, {}],
  ['cancelled', { status: 'cancelled' }, {}],
  ['cancelled', { canceled_at: placedHoursAgo(0.5) }, {}],
  ['cancelled', { financial_status: 'cancelled' }, {}],
  ['refunded', { financial_status: 'refunded' }, {}],
  ['refunded', { financial_status: 'refunding' }, {}],
  ['unpaid', { financial_status: 'failed' }, {}],
  ['unpaid', { financial_status: 'waiting' }, {}],
  ['unpaid', { financial_status: 'paying' }, {}],
  ['unpaid', { financial_status: 'authorized' }, {}],
  ['unpaid', { financial_status: 'partially_paid' }, {}],
  ['unpaid', { financial_status: undefined }, {}],
  ['zero_value', { total_price: '0.00' }, {}],
  ['stale', { placed_at: placedHoursAgo(47), updated_at: placedHoursAgo(0) }, {}],
  ['late_payment', { placed_at: placedHoursAgo(48), updated_at: placedHoursAgo(0) }, {}],
  // An edit renews updated_at: it does not say when an old order was placed.
  ['no_time', { placed_at: undefined, created_at: undefined }, {}],
  ['no_time', { placed_at: 'soon' }, {}],
  ['no_time', { created_at: 'soon' }, {}],
  ['no_time', { updated_at: '9999-12-31T00:00:00Z' }, {}],
  ['shop_not_allowed', {}, { shops: ['other.myshoplaza.com'] }],
  ['no_match_key', nobody, {}],
  ['unexpected_body', { id: null }, {}],
  ['unexpected_body', { currency: '' }, {}],
  ['unexpected_body', { line_items: { 0: {} } }, {}],
  ['unexpected_body', { order_id: '11218-00000001' }, {}],
])('skips a Shoplazza order as %s when it has %j and the settings are %j', async (reason, changes, own) => {
  expect(await reasonOf(delivery(changes, own))).toBe(reason);
});

test.each<[Json, Json]>([
  [{ payment_line: bogus }, { testOrders: 'send' }],
  [{ total_price: '0.00' }, { zeroValue: 'send' }],
  [{ financial_status: 'partially_refunded' }, {}],
  [{ financial_status: 'refund_failed' }, {}],
  [{ financial_status: 'PAID' }, {}],
  [{ placed_at: placedHoursAgo(46.9) }, {}],
  [{ placed_at: placedHoursAgo(100) }, { latePayment: 'send' }],
  [{ status: undefined }, {}],
  [{}, { shops: ['example.myshoplaza.com'] }],
])('sends a paid Shoplazza order with %j when the settings are %j', async (changes, own) => {
  expect(await reasonOf(delivery(changes, own))).toBe('event');
});

const unpaid = { status: 'placed', financial_status: 'waiting' };
const open = { status: 'opened', financial_status: 'waiting', placed_at: null };

test.each<[string, string, Json, string]>([
  ['paid', 'orders/paid', {}, 'Purchase'],
  ['paid', 'orders/create', unpaid, 'PlaceAnOrder'],
  ['placed', 'orders/create', unpaid, 'Purchase'],
  ['placed', 'orders/update', unpaid, 'Purchase'],
  ['placed', 'orders/update', { ...unpaid, status: 'finished' }, 'Purchase'],
  ['placed', 'orders/update', { ...unpaid, status: '' }, 'Purchase'],
  ['placed', 'orders/paid', {}, 'Purchase'],
])('at the purchase moment %s, %s with %j is a %s', async (purchaseMoment, topic, changes, name) => {
  expect(await eventOf(delivery(changes, { purchaseMoment }, topic))).toMatchObject({
    event_name: name,
    event_id: '11218-00000001',
  });
});

test.each<[string, string, Json, string]>([
  ['paid', 'orders/create', open, 'unpaid'],
  ['paid', 'orders/update', {}, 'ignored_topic'],
  ['placed', 'orders/create', open, 'unpaid'],
  ['placed', 'orders/update', { ...open, status: '' }, 'unpaid'],
  ['placed', 'orders/update', { ...unpaid, status: 'new' }, 'unpaid'],
  ['placed', 'orders/paid', { financial_status: 'refunded' }, 'refunded'],
  ['placed', 'orders/create', { financial_status: 'failed' }, 'unpaid'],
  ['placed', 'orders/update', { placed_at: placedHoursAgo(100) }, 'stale'],
])(
  'at the purchase moment %s, %s with %j is skipped as %s',
  async (purchaseMoment, topic, changes, reason) => {
    expect(await reasonOf(delivery(changes, { purchaseMoment }, topic))).toBe(reason);
  },
);

test('judges an order of a topic that the stage file adds by the purchase moment', async () => {
  const own = { topics: { 'orders/fulfilled': 'CompletePayment' } };
  expect(await eventOf(delivery({}, own, 'orders/fulfilled'))).toMatchObject({
    event_name: 'CompletePayment',
  });
  expect(await reasonOf(delivery(unpaid, own, 'orders/fulfilled'))).toBe('unpaid');
  expect(await reasonOf(delivery({}, own, 'orders/paid'))).toBe('ignored_topic');
});

test.each([
  'orders/cancelled',
  'orders/refunded',
  'orders/delete',
  'products/create',
  'app/uninstalled',
  'toString',
  '',
])('ignores the Shoplazza topic "%s"', async (topic) => {
  expect(await reasonOf(delivery({}, {}, topic))).toBe('ignored_topic');
});

test.each<[string, unknown]>([
  ['a list', []],
  ['a number', 7],
  ['an empty object', {}],
  ['a wrapper around nothing', { order: null }],
  ['a wrapper around a list', { order: [order()] }],
  ['a product', { product: { id: '1', title: 'Shirt' } }],
])('skips %s that is delivered as a paid Shoplazza order as unexpected', async (_kind, body) => {
  expect(await reasonOf({ ...delivery(), body })).toBe('unexpected_body');
});

const junk = [null, '', 'x', -1, 1e99, true, [], [null], {}, { id: {} }];

test.each(Object.keys(order()))(
  'never fails on a Shoplazza order whose %s is of another type',
  async (field) => {
    for (const value of junk) {
      const reason = await reasonOf({ ...delivery({ [field]: value }), settings: settings() });
      expect([
        'event',
        'unexpected_body',
        'unpaid',
        'cancelled',
        'stale',
        'no_time',
        'no_match_key',
      ]).toContain(reason);
    }
  },
);
