/** Which channels of Shopify count: every checkout of a shopper, and no order of staff or of a subscription by itself. */
import { expect, test } from 'vitest';
import {
  choices,
  deliver,
  eventOf,
  type Json,
  reasonOf,
  shopifyCheckout,
  shopifyOrder,
} from '../../../support/webhooks/webhook-bodies.ts';

const paid = (changes: Json, sourceNames?: readonly string[]) => ({
  settings: { ...choices.shopify, ...(sourceNames && { sourceNames }) },
  topic: 'orders/paid',
  body: shopifyOrder(changes),
});

const shoppers: [string, Json][] = [
  ['the online store', { source_name: 'web', app_id: 580111 }],
  ['an order that names the app of the online store only', { source_name: null, app_id: 580111 }],
  ['a checkout of another company', { source_name: '234582441985', app_id: 234582441985 }],
  ['a number that is no text', { source_name: 5284869, app_id: 5284869 }],
  ['a mobile app', { source_name: 'iphone', app_id: 1 }],
  ['an Android app', { source_name: 'android', app_id: 2 }],
  ['the app Shop', { source_name: '3890849', app_id: 3890849 }],
  ['a name of an app', { source_name: 'checkout_next', app_id: 88312 }],
  ['a sales channel', { source_name: 'facebook', app_id: 2329312 }],
  ['no channel', { source_name: null, app_id: null }],
  ['an empty channel', { source_name: '', app_id: null }],
  ['a body without its fields', { source_name: undefined, app_id: undefined, tags: undefined }],
];

test.each(shoppers)('counts a Shopify order of %s by default', async (_channel, changes) => {
  expect(await reasonOf(paid(changes))).toBe('event');
});

const staff: [string, string, Json][] = [
  ['draft_order', 'shopify_draft_order', { source_name: 'shopify_draft_order', app_id: 1354745 }],
  ['draft_order', 'shopify_draft_order', { source_name: 'Shopify_Draft_Order', app_id: 6 }],
  ['draft_order', 'shopify_draft_order', { source_name: '1354745', app_id: null }],
  ['draft_order', 'shopify_draft_order', { source_name: 'web', app_id: '1354745' }],
  ['pos_order', 'pos', { source_name: 'pos', app_id: 129785 }],
  ['pos_order', 'pos', { source_name: 'POS', app_id: null }],
  ['pos_order', 'pos', { source_name: '129785', app_id: null }],
  ['pos_order', 'pos', { source_name: null, app_id: 129785 }],
  ['pos_order', 'pos', { source_name: 'web', app_id: 129785 }],
  ['renewal', 'subscription_contract', { source_name: 'subscription_contract' }],
  [
    'renewal',
    'subscription_contract_checkout_one',
    {
      source_name: 'subscription_contract_checkout_one',
      app_id: 4877949,
      tags: 'appstle_subscription_recurring_order',
    },
  ],
  ['renewal', 'subscription_contract_checkout_one', { source_name: 'Subscription_Contract_Checkout_One' }],
];

test.each(staff)('skips a Shopify order as %s when its channel is %s: %j', async (reason, channel, body) => {
  for (const sourceNames of [undefined, ['*'], ['web', '*'], ['*', 'web']]) {
    const { outcomes } = await deliver(paid(body, sourceNames));
    expect(outcomes).toEqual([{ kind: 'skipped', reason, detail: 'sourceNames', channel }]);
  }
});

test.each(staff)(
  'sends a Shopify order of %s when the settings name %s: %j',
  async (_reason, channel, body) => {
    expect(await reasonOf(paid(body, [channel]))).toBe('event');
    expect(await reasonOf(paid(body, ['*', channel.toUpperCase()]))).toBe('event');
  },
);

test.each<[Json, readonly string[]]>([
  [{ source_name: null, app_id: 580111 }, ['web']],
  [{ source_name: '580111', app_id: 580111 }, ['Web']],
  [{ source_name: 'web', app_id: null }, ['580111']],
])(
  'knows the online store of Shopify by its name and its number: %j among %j',
  async (changes, sourceNames) => {
    expect(await reasonOf(paid(changes, sourceNames))).toBe('event');
  },
);

test('sends Shopify drafts when the settings name the number of the app', async () => {
  expect(await reasonOf(paid({ source_name: 'shopify_draft_order' }, ['1354745']))).toBe('event');
});

test.each<[Json, string | undefined]>([
  [{ source_name: '234582441985' }, '234582441985'],
  [{ source_name: null, app_id: 294517 }, '294517'],
  [{ source_name: null, app_id: null }, undefined],
])('names the channel of a Shopify order that the settings do not allow: %j', async (changes, channel) => {
  const { outcomes } = await deliver(paid(changes, ['web']));
  expect(outcomes).toEqual([
    { kind: 'skipped', reason: 'channel_not_allowed', detail: 'sourceNames', channel },
  ]);
});

test.each(['pos', 'shopify_draft_order'])(
  'sends neither address nor browser of a Shopify order of the channel %s, in any case',
  async (channel) => {
    const event = await eventOf(paid({ source_name: channel.toUpperCase() }, [channel]));
    expect(event).not.toHaveProperty('ip');
    expect(event).not.toHaveProperty('user_agent');
  },
);

const renewalTags = [
  'Subscription Recurring Order',
  'SUBSCRIPTION RECURRING ORDER',
  'Subscription, Subscription Recurring Order',
  'Subscription Recurring Order,Subscription',
  'vip,  subscription recurring order , summer',
  'appstle_subscription_recurring_order',
  'appstle_subscription_recurring_order_6182',
  'Appstle_Subscription_Recurring_Order',
  'Subscription Recurring Order, Subscription Order: 3',
  'recurring_order',
  'Recurring order #2',
  'Loop Subscription Recurring Order',
  'manual_subscription_recurring_order',
  'loop-recurring',
  'Subscription renewal number: 4',
  'inveterate-rebill',
  ['Subscription', 'Subscription Recurring Order'],
];

test.each(renewalTags.map((tags) => [tags]))(
  'skips a Shopify order as renewal when its tags are %j',
  async (tags) => {
    for (const sourceNames of [undefined, ['*'], ['web'], ['294517', 'web']]) {
      const { outcomes } = await deliver(paid({ tags }, sourceNames));
      expect(outcomes).toEqual([{ kind: 'skipped', reason: 'renewal', detail: 'tags' }]);
    }
  },
);

const shopperTags = [
  '',
  null,
  'Subscription',
  'Subscription, Subscription First Order',
  'Subscription First Order, Subscription Order: 1',
  'appstle_subscription, appstle_subscription_first_order',
  'Kaching Subscription First Order',
  'First Recurring Order',
  'Initial order, Subscription order',
  'New recurring subscription',
  'recurring customer',
  'non-recurring',
  'Skin Renewal Serum',
  'breeze, uMIFwBDGDeOC8x03GvYbp',
  'not a recurring buyer',
  7,
  [null, {}],
];

test.each(shopperTags.map((tags) => [tags]))(
  'counts the first order of a subscription, and a Shopify order whose tags name no renewal: %j',
  async (tags) => {
    expect(await reasonOf(paid({ tags }))).toBe('event');
  },
);

test('counts a first Shopify order through the checkout of a subscription app', async () => {
  const recharge = { source_name: '294517', app_id: 294517 };
  expect(await reasonOf(paid({ ...recharge, tags: 'Subscription, Subscription First Order' }))).toBe('event');
  expect(await reasonOf(paid({ ...recharge, tags: 'Subscription, Subscription Recurring Order' }))).toBe(
    'renewal',
  );
});

test.each<[Json, string]>([
  [{ source_name: 'pos' }, 'pos_order'],
  [{ source_name: 'shopify_draft_order' }, 'draft_order'],
  [{ source_name: '234582441985' }, 'event'],
])('judges the channel of a Shopify checkout like that of an order: %j', async (changes, reason) => {
  const body = shopifyCheckout(changes);
  expect(await reasonOf({ settings: choices.shopify ?? {}, topic: 'checkouts/update', body })).toBe(reason);
});
