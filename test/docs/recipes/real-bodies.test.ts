/** The recipes work with bodies as their senders publish them: other currencies, guests, discounts, nulls and several items. */
import { describe, expect, test } from 'vitest';
import { fixture, type Json, outcomeOf, partOf, reasonOf } from '../../support/webhooks/webhook-bodies.ts';
import { changed, readRecipe } from './guide.ts';

type Changes = Readonly<Record<string, unknown>>;

interface RealBody {
  readonly guide: string;
  readonly body: string;
  /** What makes the published body a fresh order; its dates are years old. */
  readonly fresh: Changes;
}

const sallaTimes = (order: string): Changes => ({
  created_at: 'Fri Nov 20 2026 14:00:01 GMT+0300',
  [`${order}.date.date`]: '2026-11-20 14:00:00.000000',
});

const bodies = {
  'a Salla order of the dashboard': {
    guide: 'salla',
    body: 'salla-order-dashboard',
    fresh: sallaTimes('data'),
  },
  'a Salla order of the store': { guide: 'salla', body: 'salla-order-created', fresh: sallaTimes('data') },
  'a Salla order whose status changed': {
    guide: 'salla',
    body: 'salla-order-status-updated',
    fresh: sallaTimes('data.order'),
  },
  'a Paddle transaction': {
    guide: 'paddle',
    body: 'paddle-transaction',
    fresh: { occurred_at: '2026-11-20T11:00:45.366122Z' },
  },
  'a Lemon Squeezy order': {
    guide: 'lemon-squeezy',
    body: 'lemon-squeezy-order',
    fresh: { 'data.attributes.created_at': '2026-11-20T11:00:00.000000Z' },
  },
  'a Polar order': {
    guide: 'polar',
    body: 'polar-order',
    fresh: { 'data.created_at': '2026-11-20T11:00:00Z' },
  },
  'a SHOPLINE order': {
    guide: 'shopline',
    body: 'shopline-order',
    fresh: {
      created_at: '2026-11-20T19:00:00+08:00',
      test: false,
      financial_status: 'paid',
      cancelled_at: null,
      payment_gateway_names: ['visa'],
    },
  },
} satisfies Record<string, RealBody>;

type Name = keyof typeof bodies;

const deliveryOf = (name: Name, changes: Changes = {}) => {
  const { guide, body, fresh } = bodies[name];
  const { settings, headers } = readRecipe(guide);
  return { settings, headers, body: changed(fixture(body), { ...fresh, ...changes }) };
};

const fromStore = { 'data.source': 'store', 'data.source_details.type': 'direct' };

describe('what the published bodies become', () => {
  test.each<[Name, Changes, Json]>([
    [
      'a Salla order of the dashboard',
      fromStore,
      {
        event_id: '2068899826',
        email: 'ali@example.com',
        phone: '+966501806978',
        country: 'السعودية',
        value: 200.1,
        currency: 'SAR',
        contents: [expect.objectContaining({ content_id: '280055998', price: 174 })],
      },
    ],
    [
      'a Salla order of the store',
      {},
      {
        event_id: '2116149737',
        phone: '+966501806978',
        country: 'SA',
        ip: '203.0.113.78',
        value: 196,
        contents: [expect.objectContaining({ content_id: '54534534', price: 186 })],
      },
    ],
    [
      // Cash on delivery, paid with points in part, and not a name in two parts.
      'a Salla order whose status changed',
      {},
      {
        event_id: '629263027',
        order_id: '42264',
        event_time: 1_795_172_401,
        phone: '+966501806978',
        country: 'SA',
        value: 154,
        first_name: undefined,
        contents: [
          expect.objectContaining({ content_id: '2047473815', price: 120 }),
          expect.objectContaining({ content_id: '674027926', price: 126 }),
        ],
      },
    ],
    [
      'a Paddle transaction',
      {},
      {
        event_id: 'txn_01h8dzxgkvdwemdhbpcapj2tbj',
        email: undefined,
        external_id: 'ctm_01h8e18bxp9hby49dnm8ewf0m0',
        value: 652.15,
        currency: 'USD',
        contents: [
          expect.objectContaining({
            content_id: 'pro_01gsz4t5hdjse780zja8vvr7jg',
            quantity: 10,
            price: 32.66,
          }),
          expect.objectContaining({
            content_id: 'pro_01h1vjes1y163xfj1rh1tkfb65',
            quantity: 1,
            price: 108.87,
          }),
          expect.objectContaining({
            content_id: 'pro_01gsz97mq9pa4fkyy0wqenepkz',
            quantity: 1,
            price: 216.66,
          }),
        ],
      },
    ],
    [
      'a Lemon Squeezy order',
      {},
      {
        event_id: '1',
        email: 'darlene@example.com',
        first_name: 'Darlene',
        last_name: 'Daugherty',
        external_id: undefined,
        value: 11.99,
        contents: [{ content_id: '1', content_name: 'Test Limited License for 2 years', price: 11.99 }],
      },
    ],
    [
      'a Polar order',
      {},
      {
        event_id: '950e8400-e29b-41d4-a716-446655440005',
        email: 'customer@example.com',
        external_id: '992fae2a-2a17-4b7a-8d9e-e287cf90131b',
        first_name: undefined,
        state: 'US-CA',
        country: 'US',
        value: 107.2,
        currency: 'USD',
      },
    ],
    [
      'a SHOPLINE order',
      {},
      {
        event_id: '123',
        email: 'jon@example.com',
        external_id: '1',
        first_name: 'Bob',
        country: 'US',
        value: 10,
        currency: 'USD',
        contents: [
          expect.objectContaining({ content_id: '111475476', price: 1 }),
          expect.objectContaining({ content_id: '5410685889', price: 5 }),
        ],
      },
    ],
  ])('%s with %j becomes a Purchase with the fields of its sender', async (name, changes, expected) => {
    const { event } = await outcomeOf(deliveryOf(name, changes));
    expect(event).toMatchObject({ event_name: 'Purchase' });
    expect(partOf(event, expected)).toEqual(expected);
  });
});

describe('other currencies, guests and amounts', () => {
  const totals = 'data.details.totals';

  test.each<[Name, Changes, Json]>([
    [
      'a Paddle transaction',
      { 'data.currency_code': 'JPY', [`${totals}.grand_total`]: '5500' },
      { value: 5500, currency: 'JPY' },
    ],
    [
      'a Paddle transaction',
      { 'data.currency_code': 'KRW', [`${totals}.grand_total`]: '71000' },
      { value: 71_000, currency: 'KRW' },
    ],
    [
      'a Paddle transaction',
      { [`${totals}.discount`]: '6000', [`${totals}.grand_total`]: '58683' },
      { value: 586.83 },
    ],
    ['a Paddle transaction', { 'data.origin': 'api' }, { value: 652.15 }],
    ['a Paddle transaction', { 'data.details.line_items': null }, { value: 652.15, contents: undefined }],
    [
      'a Paddle transaction',
      { 'data.custom_data': { event_id: 'e-1', email: 'Ada@Example.com', ip: '203.0.113.9' } },
      { event_id: 'e-1', email: 'Ada@Example.com', ip: '203.0.113.9' },
    ],
    ['a Paddle transaction', { 'data.custom_data': [] }, { value: 652.15 }],
    [
      'a Lemon Squeezy order',
      { 'data.attributes.currency': 'JPY', 'data.attributes.total': 800 },
      { value: 800, currency: 'JPY' },
    ],
    [
      'a Lemon Squeezy order',
      { 'data.attributes.total': '7000', 'data.attributes.currency': 'NGN' },
      { value: 70, currency: 'NGN' },
    ],
    [
      'a Lemon Squeezy order',
      { 'data.attributes.discount_total': 500, 'data.attributes.total': 699 },
      { value: 6.99 },
    ],
    [
      'a Lemon Squeezy order',
      { 'data.attributes.user_name': 'Cher' },
      { first_name: 'Cher', last_name: undefined },
    ],
    [
      'a Lemon Squeezy order',
      { 'data.attributes.user_name': null, 'meta.custom_data': null },
      { first_name: undefined, value: 11.99 },
    ],
    [
      'a Polar order',
      { 'data.currency': 'jpy', 'data.total_amount': 1500 },
      { value: 1500, currency: 'JPY' },
    ],
    [
      'a Polar order',
      { 'data.billing_address': null, 'data.customer.email': null },
      { email: undefined, country: undefined, external_id: '992fae2a-2a17-4b7a-8d9e-e287cf90131b' },
    ],
    [
      'a Polar order',
      { 'data.product': null, 'data.product_id': null },
      { value: 107.2, contents: undefined },
    ],
    ['a Polar order', { 'data.metadata': { event_id: 'e-1' } }, { event_id: 'e-1' }],
    // As Polar wrote orders before it had a status and a total.
    [
      'a Polar order',
      { 'data.status': undefined, 'data.total_amount': undefined, 'data.amount': 500 },
      { value: 5 },
    ],
    ['a Paddle transaction', { 'data.currency_code': undefined }, { value: 652.15, currency: 'USD' }],
    [
      'a SHOPLINE order',
      { customer: null, billing_address: null },
      { email: 'jon@example.com', external_id: undefined, first_name: 'Steve' },
    ],
    ['a SHOPLINE order', { currency: 'JPY', total_price: '5000.00' }, { value: 5000, currency: 'JPY' }],
    ['a SHOPLINE order', { total_price: null }, { value: 9.5 }],
    ['a SHOPLINE order', { source_name: 'app' }, { value: 10 }],
    [
      'a SHOPLINE order',
      { source_name: null, note_attributes: null, payment_gateway_names: null },
      { value: 10 },
    ],
    [
      'a Salla order of the store',
      { 'data.customer.mobile': null, 'data.items': null },
      { phone: undefined, contents: undefined, value: 196 },
    ],
    ['a Salla order of the store', { 'data.customer.mobile': '+966501806978' }, { phone: '+966501806978' }],
    [
      'a Salla order of the store',
      { 'data.customer.mobile': '0501806978', 'data.customer.mobile_code': null },
      { phone: '+966501806978' },
    ],
    [
      'a Salla order of the store',
      { 'data.items.0.sku': 7 },
      { contents: [expect.objectContaining({ content_id: '7' })] },
    ],
    ['a Salla order of the store', { event: 'order.payment.updated' }, { event_id: '2116149737' }],
    [
      'a Salla order of the store',
      { 'data.source': null, 'data.source_details': null },
      { ip: undefined, value: 196 },
    ],
  ])('%s with %j is sent with %j', async (name, changes, expected) => {
    const { event } = await outcomeOf(deliveryOf(name, changes));
    expect(partOf(event, expected)).toEqual(expected);
  });
});

test.each<[Name, Changes, string]>([
  ['a Salla order of the dashboard', {}, 'filtered'],
  [
    'a Salla order of the store',
    { 'data.is_pending_payment': true, 'data.status.slug': 'payment_pending' },
    'filtered',
  ],
  ['a Salla order of the store', { event: 'order.cancelled', 'data.status.slug': 'canceled' }, 'filtered'],
  ['a Salla order whose status changed', { 'data.order.status.slug': 'restored' }, 'filtered'],
  ['a Salla order whose status changed', { 'data.order.source': 'dashboard' }, 'filtered'],
  ['a Salla order whose status changed', { 'data.order.date.date': '2026-11-10 14:00:00.000000' }, 'stale'],
  ['a Paddle transaction', { event_type: 'transaction.paid' }, 'filtered'],
  [
    'a Paddle transaction',
    { event_type: 'customer.created', data: { id: 'ctm_1', email: 'ada@example.com' } },
    'filtered',
  ],
  ['a Paddle transaction', { 'data.customer_id': null }, 'no_match_key'],
  [
    'a Lemon Squeezy order',
    { 'data.attributes.status': 'partial_refund', 'data.attributes.refunded': true },
    'filtered',
  ],
  ['a Lemon Squeezy order', { 'data.attributes.first_order_item.test_mode': true }, 'filtered'],
  [
    'a Lemon Squeezy order',
    { 'meta.event_name': 'subscription_created', 'data.type': 'subscriptions' },
    'filtered',
  ],
  ['a Polar order', { 'data.billing_reason': 'subscription_cycle' }, 'filtered'],
  ['a Polar order', { 'data.total_amount': 0 }, 'filtered'],
  ['a Polar order', { type: 'subscription.active', data: { id: 's' } }, 'filtered'],
  ['a SHOPLINE order', { test: true }, 'filtered'],
  ['a SHOPLINE order', { financial_status: 'voided' }, 'filtered'],
  ['a SHOPLINE order', { financial_status: 'partially_paid' }, 'filtered'],
  ['a SHOPLINE order', { source_name: 'POS' }, 'filtered'],
])('%s with %j is not sent: %s', async (name, changes, reason) => {
  expect(await reasonOf(deliveryOf(name, changes))).toBe(reason);
});
