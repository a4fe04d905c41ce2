import { describe, expect, test } from 'vitest';
import {
  choices,
  deliver,
  eventOf,
  type Json,
  reasonOf,
  wooOrder,
} from '../../../support/webhooks/webhook-bodies.ts';

const updated = (changes: Json, own: Json = {}) => ({
  settings: { ...choices.woocommerce, ...own },
  topic: 'order.updated',
  body: wooOrder(changes),
});
const meta = (key: string, value: unknown): Json => ({ meta_data: [{ id: 1, key, value }] });

test.each([
  'checkout',
  'store-api',
  'rest-api',
  '',
  undefined,
  'cod-form',
  'bookings',
  'composite',
  'my-app',
])('counts a WooCommerce order whose created_via is %j', async (created_via) => {
  expect(await reasonOf(updated({ created_via }))).toBe('event');
});

describe('a WooCommerce order that no shopper placed in the shop', () => {
  const cases: [string, string, Json, string][] = [
    ['draft_order', 'admin', { created_via: 'admin' }, 'admin'],
    ['draft_order', 'Admin', { created_via: 'Admin' }, 'Admin'],
    ['channel_not_allowed', 'Dokan', { created_via: 'Dokan' }, 'Dokan'],
    [
      'draft_order',
      'the REST API, entered by Admin',
      { created_via: 'rest-api', ...meta('_wc_order_attribution_source_type', 'Admin') },
      'admin',
    ],
    ['draft_order', 'dokan-rest-api', { created_via: 'dokan-rest-api' }, 'dokan-rest-api'],
    [
      'draft_order',
      'the REST API, entered by staff',
      { created_via: 'rest-api', ...meta('_wc_order_attribution_source_type', 'admin') },
      'admin',
    ],
    ...[
      'pos-rest-api',
      'woocommerce-pos',
      'POS',
      'pos',
      'wepos',
      'openpos',
      'yith_pos',
      'point-of-sale',
      'fooeventspos_app',
      'foosales',
    ].map((channel): [string, string, Json, string] => [
      'pos_order',
      channel,
      { created_via: channel },
      channel,
    ]),
    ...[
      ['_wepos_is_pos_order', true],
      ['_yith_pos_order', '1'],
      ['wc_pos_order_type', 'POS'],
      ['_op_order_source', 'openpos'],
      ['_foosales_order_source', 'foosales_app'],
      ['_wc_order_attribution_source_type', 'pos'],
    ].map(([key, value]): [string, string, Json, string] => [
      'pos_order',
      `the REST API with ${key}`,
      { created_via: 'rest-api', ...meta(String(key), value) },
      'pos',
    ]),
    [
      'pos_order',
      'wepos, with its mark',
      { created_via: 'wepos', ...meta('_wepos_is_pos_order', true) },
      'wepos',
    ],
    ['renewal', 'auto_renewal', { created_via: 'auto_renewal' }, 'auto_renewal'],
    ['renewal', 'subscription', { created_via: 'subscription' }, 'subscription'],
    ['renewal', 'yith-subscription', { created_via: 'yith-subscription' }, 'yith-subscription'],
    ['renewal', 'a renewal', { ...meta('_subscription_renewal', '7') }, 'subscription'],
    ['renewal', 'a renewal in the checkout', { ...meta('is_a_renew', 'yes') }, 'subscription'],
    ['renewal', 'a renewal of a plugin', { ...meta('wps_sfw_renewal_order', 'yes') }, 'subscription'],
    ['channel_not_allowed', 'dokan', { created_via: 'dokan', parent_id: 726 }, 'dokan'],
    [
      'channel_not_allowed',
      'the part of a vendor',
      { created_via: 'yith_wcmv_vendor_suborder' },
      'yith_wcmv_vendor_suborder',
    ],
    [
      'channel_not_allowed',
      'a balance',
      { created_via: 'yith_wcdp_balance_order' },
      'yith_wcdp_balance_order',
    ],
    ['channel_not_allowed', 'a deposit', { created_via: 'wc_deposits' }, 'wc_deposits'],
  ];

  test.each(cases)('is skipped as %s: %s', async (reason, _name, changes, channel) => {
    const { outcomes } = await deliver(updated(changes));
    expect(outcomes).toEqual([{ kind: 'skipped', reason, detail: 'createdVia', channel }]);
  });

  test.each(cases)(
    'is still skipped as %s when the settings name other channels: %s',
    async (reason, _, changes) => {
      expect(await reasonOf(updated(changes, { createdVia: ['checkout', 'rest-api', '*'] }))).toBe(reason);
    },
  );

  test.each(cases)(
    'counts when the settings name its channel, without the address of %s: %s',
    async (_reason, _name, changes, channel) => {
      const event = await eventOf(
        updated({ ...changes, customer_ip_address: '203.0.113.1' }, { createdVia: [channel] }),
      );
      expect(event).toMatchObject({ event_name: 'Purchase', email: 'john.doe@example.com' });
      expect(event).not.toHaveProperty('ip');
      expect(event).not.toHaveProperty('user_agent');
    },
  );
});

test('counts the orders of a channel that the settings name in another case, without their address', async () => {
  const changes = { created_via: 'POS', customer_ip_address: '203.0.113.1' };
  const event = await eventOf(updated(changes, { createdVia: ['pos'] }));
  expect(event).not.toHaveProperty('ip');
});

test.each(['no', 'false', '0', '', null, []])(
  'counts a WooCommerce order that a plugin marks as no renewal with %j',
  async (value) => {
    const pair = { id: 1, key: '_subscription_renewal', value };
    expect(await reasonOf(updated({ meta_data: [pair] }))).toBe('event');
  },
);

test.each(['_subscription_resubscribe', '_subscription_switch'])(
  'counts a WooCommerce order with %s, which a shopper placed in the checkout',
  async (key) => {
    expect(await reasonOf(updated(meta(key, '7')))).toBe('event');
  },
);

test('sends browser and address of an order that an app created', async () => {
  const event = await eventOf(updated({ created_via: 'rest-api', customer_ip_address: '203.0.113.1' }));
  expect(event).toMatchObject({ ip: '203.0.113.1', user_agent: 'Mozilla/5.0 Test' });
});

test('skips a channel that the settings do not list, and names it', async () => {
  const { outcomes } = await deliver(updated({ created_via: 'rest-api' }, { createdVia: ['checkout'] }));
  expect(outcomes).toEqual([
    { kind: 'skipped', reason: 'channel_not_allowed', detail: 'createdVia', channel: 'rest-api' },
  ]);
});
