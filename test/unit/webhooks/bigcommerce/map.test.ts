/** What becomes of an order, its products and a customer, once BigCommerce's API gave them. */
import { expect, test } from 'vitest';
import {
  deliver,
  eventOf,
  type Json,
  nowSeconds,
  outcomeOf,
  partOf,
  reasonOf,
} from '../../../support/webhooks/webhook-bodies.ts';
import {
  billing,
  customer,
  customerHook,
  hook,
  internetHoursAgo,
  order,
  products,
  settings,
  statusHook,
} from './bodies.ts';

interface Case {
  readonly webhook?: Json;
  readonly order?: Json;
  readonly own?: Json;
  readonly lines?: unknown;
}

/** As read.ts hands it over. */
const paid = ({ webhook = statusHook(), order: changes, own, lines = products() }: Case = {}) => ({
  settings: settings(own),
  body: { ...webhook, order: order(changes), products: lines },
});
const registered = (changes: Json = {}, own: Json = {}) => ({
  settings: settings(own),
  body: { ...customerHook(), customer: customer(changes) },
});
const cart = 'a8458391-ef68-4fe5-9ec1-442e6a767364';
const created = hook('store/order/created', { type: 'order', id: 250 });
const fields = (...entries: readonly (readonly [string, unknown])[]) => ({
  billing_address: billing({ form_fields: entries.map(([name, value]) => ({ name, value })) }),
});

test('maps an order that was paid to a Purchase with everything that the API knows', async () => {
  expect(await eventOf(paid())).toEqual({
    event_name: 'Purchase',
    event_id: '250',
    event_time: nowSeconds - 3600,
    email: 'jane@example.com',
    phone: '+15125550143',
    external_id: '11',
    first_name: 'Jane',
    last_name: 'Doe',
    city: 'Austin',
    state: 'Texas',
    zip_code: '78751',
    country: 'US',
    ip: '203.0.113.7',
    locale: 'en-US',
    contents: [
      { content_id: 'TOWEL-BEIGE', content_name: 'Fog Linen Towel', brand: 'Fog', price: 16.65, quantity: 3 },
    ],
    content_type: 'product',
    order_id: '250',
    value: 54.95,
    currency: 'USD',
    destination: 'default',
  });
});

test.each<[string, Case, Json]>([
  ['leaves out a guest’s id 0', { order: { customer_id: 0 } }, { external_id: undefined }],
  [
    'takes the IPv6 address of an order that has no IPv4 address',
    { order: { ip_address: '', ip_address_v6: '2001:db8:3333:4444:5555:6666:7777:8888' } },
    { ip: '2001:db8:3333:4444:5555:6666:7777:8888' },
  ],
  ['leaves out a private address', { order: { ip_address: '10.0.0.7' } }, { ip: undefined }],
  [
    'leaves out the address of an order that staff made',
    { order: { order_source: 'manual' }, own: { orderSources: ['*', 'manual'] } },
    { ip: undefined, email: 'jane@example.com' },
  ],
  [
    'leaves out the address of an order that an app made',
    { order: { order_source: 'external', external_source: 'Hydra storefront' } },
    { ip: undefined, email: 'jane@example.com' },
  ],
  [
    'leaves out the address of an order of the point of sale',
    { order: { order_source: 'www', external_source: 'POS (Square)' }, own: { orderSources: ['pos'] } },
    { ip: undefined },
  ],
  [
    'reads a phone with the country of the visitor’s address when the billing address has none',
    { order: { billing_address: billing({ country_iso2: '' }) } },
    { phone: '+15125550143', country: 'US' },
  ],
  [
    'counts in the currency that the shopper paid in',
    { order: { default_currency_code: 'EUR', currency_code: 'USD', currency_exchange_rate: '1.1000000000' } },
    { value: 54.95, currency: 'EUR' },
  ],
  [
    'converts value and prices to the currency that the storefront showed, when the settings say so',
    {
      order: { default_currency_code: 'EUR', currency_code: 'USD', currency_exchange_rate: '1.1000000000' },
      own: { money: 'presentment' },
    },
    {
      value: 60.45,
      currency: 'USD',
      contents: [
        {
          content_id: 'TOWEL-BEIGE',
          content_name: 'Fog Linen Towel',
          brand: 'Fog',
          price: 18.32,
          quantity: 3,
        },
      ],
    },
  ],
  [
    'does not convert where the storefront showed the currency of the payment',
    {
      order: { default_currency_code: 'EUR', currency_code: 'EUR', currency_exchange_rate: '1.1000000000' },
      own: { money: 'presentment' },
    },
    { value: 54.95, currency: 'EUR' },
  ],
  [
    'does not convert without a rate',
    { order: { default_currency_code: 'EUR', currency_exchange_rate: '0' }, own: { money: 'presentment' } },
    { value: 54.95, currency: 'EUR' },
  ],
  [
    'does not convert where the storefront’s currency is missing',
    {
      order: { default_currency_code: 'EUR', currency_code: null, currency_exchange_rate: '1.1' },
      own: { money: 'presentment' },
    },
    { value: 54.95, currency: 'EUR' },
  ],
  [
    'takes the storefront’s currency where the payment’s is missing',
    { order: { default_currency_code: null } },
    { value: 54.95, currency: 'USD' },
  ],
  [
    'rounds an amount to the decimals of its currency',
    { order: { total_inc_tax: '12.3450' } },
    { value: 12.35 },
  ],
  ['leaves out a value that is no amount', { order: { total_inc_tax: null } }, { value: undefined }],
  [
    'reads what a checkout script put into fields of the billing address',
    {
      order: fields(
        ['ttclid', 'E.C.P.1'],
        ['_ttp', 'p-1'],
        ['user_agent', 'UA'],
        ['page_url', 'https://shop.example/cart?x=1'],
      ),
    },
    { ttclid: 'E.C.P.1', ttp: 'p-1', user_agent: 'UA', page_url: 'https://shop.example/cart' },
  ],
  [
    'limits the use of data after a refusal',
    { order: fields(['tiktok_consent', 'denied']), own: { consent: 'limit' } },
    { limited_data_use: true },
  ],
  ['fills the id template with the cart', { own: { eventId: '{cart_id}' } }, { event_id: cart }],
  [
    'takes the order’s number where the template cannot be filled',
    { order: { cart_id: null }, own: { eventId: '{cart_id}' } },
    { event_id: '250' },
  ],
  [
    'names the event as the settings do',
    { own: { topics: { 'store/order/statusUpdated': 'CompletePayment' } } },
    { event_name: 'CompletePayment' },
  ],
  [
    'reads a webhook of one channel like one of the store',
    { webhook: { ...statusHook(), scope: 'store/channel/2/order/statusUpdated' } },
    { event_name: 'Purchase' },
  ],
  ['sends an order without products', { lines: null }, { contents: undefined, content_type: undefined }],
])('%s', async (_rule, delivery, expected) => {
  expect(partOf(await eventOf(paid(delivery)), expected)).toEqual(expected);
});

test.each<[string, Json, string | undefined, string | undefined]>([
  ['product_id', {}, '77', 'product_group'],
  ['variant_id', {}, '178', 'product'],
  ['variant_id', { variant_id: null }, undefined, undefined],
  ['sku', {}, 'TOWEL-BEIGE', 'product'],
  ['sku', { sku: '' }, undefined, undefined],
  ['sku_or_product_id', {}, 'TOWEL-BEIGE', 'product'],
  ['sku_or_product_id', { sku: '' }, '77', 'product'],
  ['sku_or_variant_id', { sku: '' }, '178', 'product'],
])('takes %s of the line %j as its id: %s', async (contentId, line, id, type) => {
  const event = await eventOf(paid({ own: { contentId }, lines: products(line) }));
  const [content] = (event.contents ?? []) as Json[];
  expect([content?.content_id, event.content_type]).toEqual([id, type]);
});

test.each<[string, unknown, unknown, Json, string]>([
  ['Incomplete', 0, 11, {}, 'Purchase'],
  ['Pending', 1, 10, {}, 'Purchase'],
  ['Awaiting Payment', 7, 11, {}, 'Purchase'],
  ['Manual Verification Required', 12, 9, {}, 'Purchase'],
  ['Incomplete', 0, 8, {}, 'Purchase'],
  ['Incomplete', 0, 14, {}, 'Purchase'],
  ['Incomplete', 0, 7, {}, 'PlaceAnOrder'],
  ['Incomplete', 0, 12, {}, 'PlaceAnOrder'],
  ['Incomplete', 0, 7, { unpaidEvent: 'Order' }, 'Order'],
  ['Incomplete', 0, 7, { purchaseMoment: 'placed' }, 'Purchase'],
  ['Incomplete', 0, 11, { purchaseMoment: 'placed' }, 'Purchase'],
  ['an unknown status', 99, 11, {}, 'Purchase'],
])('counts the step from %s (%s) to the status %s with %j as %s', async (_name, from, to, own, name) => {
  const event = await eventOf(paid({ webhook: statusHook(from, to), own }));
  expect(event.event_name).toBe(name);
});

test.each<[string, unknown, unknown, Json]>([
  ['ignored_topic', 11, 2, {}],
  ['ignored_topic', 2, 10, {}],
  ['ignored_topic', 4, 11, {}],
  ['ignored_topic', 5, 11, {}],
  ['ignored_topic', 7, 11, { purchaseMoment: 'placed' }],
  ['ignored_topic', 11, 2, { purchaseMoment: 'placed' }],
  ['unpaid', 7, 12, {}],
  ['unpaid', 11, 7, {}],
  ['unpaid', 0, 1, {}],
  ['unpaid', 7, 0, { purchaseMoment: 'placed' }],
  ['unpaid', 0, 99, {}],
  ['unpaid', 0, null, {}],
  ['unpaid', 0, 'toString', {}],
  ['unpaid', 0, 7, { unpaidEvent: 'none' }],
  ['refunded', 11, 4, {}],
  ['cancelled', 7, 5, {}],
  ['cancelled', 0, 6, {}],
  ['cancelled', 11, 13, { purchaseMoment: 'placed' }],
])('skips as %s the step from the status %s to %s with %j', async (reason, from, to, own) => {
  expect(await reasonOf(paid({ webhook: statusHook(from, to), own }))).toBe(reason);
});

test('judges the present status, and the age of the order, when a webhook reports no step', async () => {
  const webhook = { ...statusHook(), data: { type: 'order', id: 250 } };
  expect(await eventOf(paid({ webhook }))).toMatchObject({ event_name: 'Purchase' });
  expect(await eventOf(paid({ webhook, order: { status_id: 7 } }))).toMatchObject({
    event_name: 'PlaceAnOrder',
  });
  expect(await reasonOf(paid({ webhook, order: { status_id: 0 } }))).toBe('unpaid');
  expect(await reasonOf(paid({ webhook, order: { date_created: internetHoursAgo(48) } }))).toBe('stale');
});

test('maps a topic that the settings name by the present status of the order', async () => {
  const topic = 'store/order/transaction/created';
  const webhook = hook(topic, { type: 'transaction', order_id: 250, transaction_id: '1' });
  const own = { topics: { [topic]: 'Purchase' } };
  expect(await eventOf(paid({ webhook, own }))).toMatchObject({ event_name: 'Purchase', event_id: '250' });
  expect(await reasonOf(paid({ webhook, own, order: { status_id: 7 } }))).toBe('event');
  expect(await reasonOf(paid({ webhook, own, order: { status_id: 4 } }))).toBe('refunded');
});

test('maps a shopper on the payment page to InitiateCheckout with the id of the cart', async () => {
  const event = await eventOf(paid({ webhook: created, order: { status_id: 0 } }));
  expect(event).toMatchObject({ event_name: 'InitiateCheckout', event_id: cart, order_id: '250' });
  const withoutCart = paid({ webhook: created, order: { status_id: 0, cart_id: null } });
  expect(await eventOf(withoutCart)).toMatchObject({ event_id: '250' });
});

test('judges an order that an app created by its present status, since it takes no step', async () => {
  const external = (status_id: number, own: Json = {}): Case => ({
    webhook: created,
    order: { order_source: 'external', status_id },
    own,
  });
  expect(await eventOf(paid(external(11)))).toMatchObject({ event_name: 'Purchase', event_id: '250' });
  expect(await eventOf(paid(external(7)))).toMatchObject({ event_name: 'PlaceAnOrder', event_id: '250' });
  expect(await reasonOf(paid(external(0)))).toBe('unpaid');
  const own = { topics: { 'store/order/created': 'InitiateCheckout' } };
  expect(await reasonOf(paid(external(11, own)))).toBe('ignored_topic');
});

test('dates a late payment with the time of the step, and counts the 47 hours from it', async () => {
  const delivery = { webhook: statusHook(7, 11), order: { date_created: internetHoursAgo(90) } };
  expect(await reasonOf(paid(delivery))).toBe('late_payment');
  const late = await outcomeOf(paid({ ...delivery, own: { latePayment: 'send' } }));
  expect(late.event.event_time).toBe(nowSeconds - 3600);
  expect(late.notAfterMs / 1000).toBe(nowSeconds + 46 * 3600);
  const early = await eventOf(
    paid({ webhook: statusHook(7, 11), order: { date_created: internetHoursAgo(20) } }),
  );
  expect(early.event_time).toBe(nowSeconds - 20 * 3600);
});

test.each<[string, Case]>([
  ['ignored_topic', { webhook: hook('store/order/refund/created', { id: 250, refund: { refund_id: 3 } }) }],
  ['ignored_topic', { webhook: hook('store/cart/created', { id: cart }) }],
  ['ignored_topic', { webhook: hook('', {}) }],
  ['ignored_topic', { webhook: hook('toString', {}) }],
  ['test_order', { order: { payment_method: 'Test Payment Gateway' } }],
  ['test_order', { order: { payment_method: 'Test Payment Provider' } }],
  ['cancelled', { order: { is_deleted: true } }],
  ['cancelled', { order: { status_id: 5 } }],
  ['refunded', { order: { status_id: 4 } }],
  ['draft_order', { order: { order_source: 'manual' } }],
  ['draft_order', { order: { order_source: 'Manual' } }],
  ['pos_order', { order: { order_source: 'external', external_source: 'POS (Square)' } }],
  [
    'pos_order',
    { order: { order_source: 'external', external_source: 'pos' }, own: { orderSources: ['external'] } },
  ],
  ['channel_not_allowed', { order: { order_source: 'external' }, own: { orderSources: ['www'] } }],
  ['channel_not_allowed', { order: { order_source: null }, own: { orderSources: ['www'] } }],
  ['channel_not_allowed', { order: { channel_id: 2 }, own: { channels: [1, 3] } }],
  ['channel_not_allowed', { order: { channel_id: null }, own: { channels: [1] } }],
  ['zero_value', { order: { total_inc_tax: '0.0000' } }],
  ['stale', { webhook: statusHook(0, 11, { created_at: nowSeconds - 47 * 3600 }) }],
  ['stale', { webhook: statusHook(7, 11), order: { date_created: internetHoursAgo(47) } }],
  ['no_time', { order: { date_created: 'soon' } }],
  ['no_time', { webhook: statusHook(0, 11, { created_at: 'soon' }) }],
  ['no_time', { webhook: statusHook(0, 11, { created_at: null }), order: { date_created: null } }],
  ['no_consent', { own: { consent: 'require' } }],
  ['no_match_key', { order: { customer_id: 0, billing_address: {} } }],
])('skips as %s the order of %j', async (reason, delivery) => {
  expect(await reasonOf(paid(delivery))).toBe(reason);
});

test.each<[string, Json, Json]>([
  ['test orders', { payment_method: 'Test Payment Gateway' }, { testOrders: 'send' }],
  ['orders of 0', { total_inc_tax: '0.0000' }, { zeroValue: 'send' }],
  ['orders of one source', { order_source: 'amazon' }, { orderSources: ['amazon'] }],
  ['orders that staff entered', { order_source: 'manual' }, { orderSources: ['*', 'manual'] }],
  ['orders that staff entered in any case', { order_source: 'Manual' }, { orderSources: ['MANUAL'] }],
  ['orders of a channel', { channel_id: 2 }, { channels: [1, 2] }],
  ['orders with consent', fields(['TikTok_Consent', 'granted']), { consent: 'require' }],
])('sends %s when the settings allow it', async (_what, changes, own) => {
  expect(await reasonOf(paid({ order: changes, own }))).toBe('event');
});

test.each([
  'www',
  'mobile',
  'iphone',
  'ipad',
  'android',
  'checkout_api',
  'buybutton',
  'external',
  'amazon',
  'socialshop',
  'a source of tomorrow',
  null,
])('counts an order whose source is %s by default', async (order_source) => {
  const delivery = paid({ order: { order_source, payment_method: null, external_source: 'Postal ERP' } });
  expect(await reasonOf(delivery)).toBe('event');
});

test.each<[Case, string]>([
  [{ order: { order_source: 'manual' } }, 'manual'],
  [{ order: { order_source: 'external', external_source: 'POS (Square)' } }, 'pos'],
  [{ order: { order_source: 'ebay' }, own: { orderSources: ['www'] } }, 'ebay'],
  [{ order: { channel_id: 667 }, own: { channels: [1] } }, '667'],
])('names the channel of the skipped order of %j: %s', async (delivery, channel) => {
  const { outcomes } = await deliver(paid(delivery));
  expect(outcomes).toEqual([expect.objectContaining({ kind: 'skipped', channel })]);
});

test('counts an order of digital products that has no address to ship to', async () => {
  const digital = { order_is_digital: true, shipping_address_count: 0 };
  const event = await eventOf(paid({ order: digital, lines: products({ type: 'digital' }) }));
  expect(event).toMatchObject({ event_name: 'Purchase', contents: [{ content_id: 'TOWEL-BEIGE' }] });
});

test('counts an order of gift certificates only, which are in no catalog', async () => {
  const event = await eventOf(paid({ lines: products().slice(1) }));
  expect(event).toMatchObject({ event_name: 'Purchase', value: 54.95 });
  expect(event).not.toHaveProperty('contents');
});

test('skips an order that a coupon made free, and counts it with its value of 0 when the settings say so', async () => {
  const free = { subtotal_inc_tax: '49.9500', coupon_discount: '49.9500', total_inc_tax: '0.0000' };
  expect(await reasonOf(paid({ order: free }))).toBe('zero_value');
  expect(await eventOf(paid({ order: free, own: { zeroValue: 'send' } }))).toMatchObject({ value: 0 });
});

test('maps a converted cart by the present status of its order', async () => {
  const topic = 'store/cart/converted';
  const webhook = hook(topic, { type: 'cart', id: cart, orderId: 250 });
  const own = { topics: { [topic]: 'Purchase' } };
  expect(await eventOf(paid({ webhook, own }))).toMatchObject({ event_name: 'Purchase', event_id: '250' });
  expect(await reasonOf(paid({ webhook, own, order: { status_id: 0 } }))).toBe('unpaid');
});

test.each([
  [11, 14, 'ignored_topic'],
  [11, 4, 'refunded'],
  [14, 4, 'refunded'],
  [14, 10, 'ignored_topic'],
])('counts no refund: the step from the status %s to %s is skipped as %s', async (from, to, reason) => {
  expect(await reasonOf(paid({ webhook: statusHook(from, to) }))).toBe(reason);
});

test('does not take an opt-in to e-mails for a choice about advertising', async () => {
  const optedIn = paid({ order: { is_email_opt_in: true }, own: { consent: 'require' } });
  expect(await reasonOf(optedIn)).toBe('no_consent');
});

test('skips a body in which the order is missing', async () => {
  expect(await reasonOf({ settings: settings(), body: statusHook() })).toBe('unexpected_body');
});

test('maps a sign-up to CompleteRegistration with the name, place and address of the visitor', async () => {
  expect(await eventOf(registered())).toEqual({
    event_name: 'CompleteRegistration',
    event_id: '32',
    event_time: nowSeconds - 3600,
    email: 'new@example.com',
    phone: '+14155550143',
    external_id: '32',
    first_name: 'Ron',
    last_name: 'Swimmer',
    city: 'San Francisco',
    state: 'California',
    zip_code: '33333',
    country: 'US',
    ip: '203.0.113.8',
    destination: 'default',
  });
});

test('prefers the phone of the account, and fills the id template of a customer', async () => {
  const event = await eventOf(registered({ phone: '(512) 555-0143' }, { eventId: 'bc-{customer_id}' }));
  expect(event).toMatchObject({ phone: '+15125550143', event_id: 'bc-32' });
});

test.each<[string, Json, Json]>([
  ['not_registered', { registration_ip_address: '' }, {}],
  ['channel_not_allowed', { origin_channel_id: 2 }, { channels: [1] }],
  ['stale', { date_created: '2026-11-01T00:00:00Z' }, {}],
  ['no_time', { date_created: null }, {}],
  ['ignored_topic', {}, { topics: {} }],
])('skips as %s the customer with %j and the settings %j', async (reason, changes, own) => {
  expect(await reasonOf(registered(changes, own))).toBe(reason);
});
