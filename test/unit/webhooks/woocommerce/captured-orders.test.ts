/** Orders as WooCommerce 8 to 10 send them, through the steps that a payment takes; with fresh dates and invented persons. */
import { describe, expect, test } from 'vitest';
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
  wooCustomer,
  wooHoursAgo,
} from '../../../support/webhooks/webhook-bodies.ts';

/** Captured: block checkout, cash on delivery, WooCommerce 8.5 with HPOS and a marketplace plugin. */
const blockOrder = (changes: Json = {}): Json => ({
  ...fixture('woocommerce-block-order'),
  date_created_gmt: wooHoursAgo(2),
  ...changes,
});
/** Captured: created through the REST API. */
const restOrder = (changes: Json = {}): Json => ({
  ...fixture('woocommerce-order'),
  date_created_gmt: wooHoursAgo(2),
  date_paid_gmt: wooHoursAgo(1),
  ...changes,
});
const post = (topic: string, body: Json, own: Json = {}): Delivery => ({
  settings: { ...choices.woocommerce, ...own },
  topic,
  body,
});

test('maps a captured order of the block checkout, paid on delivery, when the shop counts placed orders', async () => {
  const event = await eventOf(post('order.created', blockOrder(), { purchaseMoment: 'placed' }));
  expect(event).toEqual({
    event_name: 'Purchase',
    event_id: '429',
    event_time: nowSeconds - 2 * 3600,
    email: 'amina@example.com',
    external_id: '15',
    first_name: 'Amina',
    last_name: 'Okoro',
    city: 'Goma',
    state: 'NK',
    zip_code: '0091',
    country: 'CD',
    ip: '203.0.113.207',
    user_agent: expect.stringContaining('Chrome/121'),
    contents: [
      { content_id: 'Machine', content_name: 'Machine a coudre', price: 80, quantity: 3 },
      { content_id: '423', content_name: "EASTPAK Padded Pak'R Sac à Dos", price: 5, quantity: 2 },
    ],
    content_type: 'product',
    order_id: '429',
    value: 250,
    currency: 'USD',
    page_url: 'https://shop.example/',
    destination: 'default',
  });
});

test('maps a captured order of the REST API, which an app or a headless shop creates', async () => {
  const event = await eventOf(post('order.updated', restOrder()));
  expect(event).toMatchObject({ event_name: 'Purchase', event_id: '727', value: 29.35 });
  expect(event).not.toHaveProperty('ip');
});

describe('an order that is paid', () => {
  const steps: [string, string, Json, string][] = [
    ['by card', 'order.created', { status: 'pending', payment_method: 'stripe' }, 'unpaid'],
    [
      'by card',
      'order.updated',
      { status: 'processing', payment_method: 'stripe', date_paid_gmt: wooHoursAgo(2) },
      'Purchase',
    ],
    ['by card that the bank refused', 'order.updated', { status: 'failed' }, 'cancelled'],
    ['in a checkout that is open', 'order.created', { status: 'checkout-draft' }, 'draft_order'],
    ['in a checkout that is open', 'order.updated', { status: 'checkout-draft' }, 'draft_order'],
    ['by bank transfer', 'order.created', { status: 'on-hold', payment_method: 'bacs' }, 'PlaceAnOrder'],
    ['by bank transfer', 'order.updated', { status: 'on-hold', payment_method: 'bacs' }, 'unpaid'],
    [
      'by bank transfer the next day',
      'order.updated',
      {
        status: 'processing',
        payment_method: 'bacs',
        date_created_gmt: wooHoursAgo(30),
        date_paid_gmt: wooHoursAgo(1),
      },
      'Purchase',
    ],
    [
      'by bank transfer five days later',
      'order.updated',
      {
        status: 'processing',
        payment_method: 'bacs',
        date_created_gmt: wooHoursAgo(120),
        date_paid_gmt: wooHoursAgo(1),
      },
      'late_payment',
    ],
    ['on delivery', 'order.created', { status: 'processing' }, 'PlaceAnOrder'],
    ['on delivery', 'order.updated', { status: 'processing', date_paid_gmt: '' }, 'unpaid'],
    [
      'on delivery five days later',
      'order.updated',
      { status: 'completed', date_created_gmt: wooHoursAgo(120), date_paid_gmt: wooHoursAgo(1) },
      'late_payment',
    ],
    [
      'and shipped weeks later',
      'order.updated',
      { status: 'completed', date_created_gmt: wooHoursAgo(400), date_paid_gmt: wooHoursAgo(399) },
      'stale',
    ],
  ];

  test.each(steps)('%s, with the topic %s and %j, gives %s', async (_how, topic, changes, expected) => {
    const [outcome] = (await deliver(post(topic, blockOrder(changes)))).outcomes;
    expect(outcome?.kind === 'event' ? outcome.event.event_name : outcome?.reason).toBe(expected);
  });
});

test('gives a repeated order.updated one id and one name, so that TikTok counts it once', async () => {
  const paid = { date_paid_gmt: wooHoursAgo(1) };
  const first = await eventOf(post('order.updated', blockOrder(paid)));
  const again = await eventOf(post('order.updated', blockOrder({ ...paid, status: 'completed' })));
  expect([again.event_name, again.event_id]).toEqual([first.event_name, first.event_id]);
});

test.each([
  ['EUR', { _wcpay_multi_currency_order_default_currency: 'BGN' }],
  ['USD', { _woocs_order_rate: '1.1', _woocs_order_base_currency: 'EUR' }],
  ['GBP', { wcml_is_multi_currency: '1' }],
])(
  'sends an order of a plugin for several currencies in its own currency %s: %j',
  async (currency, marks) => {
    const meta_data = Object.entries(marks).map(([key, value], id) => ({ id, key, value }));
    const body = blockOrder({ currency, meta_data, date_paid_gmt: wooHoursAgo(1) });
    expect(await eventOf(post('order.updated', body))).toMatchObject({
      value: 250,
      currency,
      contents: [{ price: 80 }, { price: 5 }],
    });
  },
);

const convertedBy = {
  value: "currency == 'RSD' && to_number(total) / `117.05` || `null`",
  currency: "currency == 'RSD' && 'EUR' || `null`",
};

test('converts an order in a currency that TikTok does not take by the mapping of the guide', async () => {
  const body = blockOrder({ currency: 'RSD', total: '2341.00', date_paid_gmt: wooHoursAgo(1) });
  const { event } = await outcomeOf(post('order.updated', body, { mapping: convertedBy }));
  expect(event).toMatchObject({ value: 20, currency: 'EUR' });
  for (const content of event.contents ?? []) expect(content).not.toHaveProperty('price');
});

test.each<[string, Json]>([
  ['order.updated', blockOrder({ date_paid_gmt: wooHoursAgo(1) })],
  ['customer.created', wooCustomer()],
])(
  'leaves the money of other WooCommerce bodies as it is, by the mapping of the guide: %s',
  async (topic, body) => {
    const plain = await outcomeOf(post(topic, body));
    expect(await outcomeOf(post(topic, body, { mapping: convertedBy }))).toEqual(plain);
  },
);

test.each<[string, unknown]>([
  ['an object', [{ id: 1, key: '_ttp', value: { a: 1 } }]],
  ['a list', [{ id: 1, key: '_ttp', value: ['p'] }]],
  ['null', [{ id: 1, key: '_ttp', value: null }]],
  ['no key', [{ id: 1, value: 'x' }, null, 'x', 7, []]],
  ['a number as its key', [{ id: 1, key: 7, value: 'x' }]],
])('sends an order whose meta has %s', async (_shape, meta_data) => {
  const body = blockOrder({ meta_data, date_paid_gmt: wooHoursAgo(1) });
  const { event, omitted } = await outcomeOf(post('order.updated', body));
  expect(event).not.toHaveProperty('ttp');
  expect(omitted).toEqual([]);
});

test.each<[string, unknown]>([
  ['an object', { _ttp: 'p-1' }],
  ['a text', 'none'],
  ['null', null],
])('sends an order whose meta is %s', async (_shape, meta_data) => {
  const body = blockOrder({ meta_data, date_paid_gmt: wooHoursAgo(1) });
  expect(await reasonOf(post('order.updated', body))).toBe('event');
});
