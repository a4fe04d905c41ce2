import { expect, test } from 'vitest';
import {
  choices,
  deliver,
  eventOf,
  type Json,
  nowSeconds,
  outcomeOf,
  partOf,
  reasonOf,
  wooCustomer,
  wooHoursAgo,
  wooOrder,
} from '../../../support/webhooks/webhook-bodies.ts';

const settings = (changes: Json = {}) => ({ ...choices.woocommerce, ...changes });
const updated = (changes: Json = {}, own: Json = {}) => ({
  settings: settings(own),
  topic: 'order.updated',
  body: wooOrder(changes),
});
const meta = (...pairs: [string, unknown][]) => pairs.map(([key, value], id) => ({ id, key, value }));
const entry = '_wc_order_attribution_session_entry';
const billing = wooOrder().billing as Json;

test('maps a paid WooCommerce order to a Purchase with every field that its body contains', async () => {
  const body = wooOrder({ customer_id: 12 });
  expect(await eventOf({ settings: settings(), topic: 'order.updated', body })).toEqual({
    event_name: 'Purchase',
    event_id: '727',
    event_time: nowSeconds - 3600,
    email: 'john.doe@example.com',
    phone: '+15555555555',
    external_id: '12',
    first_name: 'John',
    last_name: 'Doe',
    city: 'San Francisco',
    state: 'CA',
    zip_code: '94103',
    country: 'US',
    ip: '203.0.113.9',
    user_agent: 'Mozilla/5.0 Test',
    contents: [
      { content_id: '93', content_name: 'Woo Single #1', price: 3, quantity: 2 },
      {
        content_id: 'Bar3',
        content_name: 'Ship Your Idea – Color: Black, Size: M Test',
        price: 12,
        quantity: 1,
      },
    ],
    content_type: 'product',
    order_id: '727',
    value: 29.35,
    currency: 'USD',
    page_url: 'https://shop.example/',
    destination: 'default',
  });
});

test.each<[string, Json, Json, Json]>([
  ['customer 0 is a guest', { customer_id: 0 }, {}, { external_id: undefined }],
  ['event_id follows its template', {}, { eventId: 'de-{order_number}' }, { event_id: 'de-727' }],
  [
    'a phone takes the billing country',
    { billing: { ...billing, country: 'DE', phone: '030 901820' } },
    {},
    { phone: '+4930901820' },
  ],
  [
    'an international phone is taken as it is',
    { billing: { ...billing, phone: '+44 20 7946 0958' } },
    {},
    { phone: '+442079460958' },
  ],
  [
    'a phone without any country takes the destination’s',
    { billing: { phone: '030 901820' }, shipping: {} },
    {},
    { phone: '+4930901820' },
  ],
  ['an unreadable phone is left out', { billing: { ...billing, phone: 'none' } }, {}, { phone: undefined }],
  ['the billing e-mail counts', {}, {}, { email: 'john.doe@example.com' }],
  [
    'an address that is none is left out',
    { billing: { ...billing, email: 'not@an@address' } },
    {},
    { email: undefined },
  ],
  ['an empty address is none', { customer_ip_address: '' }, {}, { ip: undefined }],
  [
    'a proxy list counts from its left',
    { customer_ip_address: '198.51.100.4, 10.0.0.1' },
    {},
    { ip: '198.51.100.4' },
  ],
  ['a private address is the proxy’s', { customer_ip_address: '10.0.0.7' }, {}, { ip: undefined }],
  [
    'the session’s browser serves where the order has none',
    { customer_user_agent: '', meta_data: meta(['_wc_order_attribution_user_agent', 'UA']) },
    {},
    { user_agent: 'UA' },
  ],
  ['ttclid comes from meta', { meta_data: meta(['tiktok_ttclid', 'E.C.P.1']) }, {}, { ttclid: 'E.C.P.1' }],
  [
    'ttclid comes from the session entry',
    { meta_data: meta([entry, 'https://shop.example/p/?ttclid=E.C.P.2&utm_source=t']) },
    {},
    { ttclid: 'E.C.P.2', page_url: 'https://shop.example/p/' },
  ],
  [
    'meta of other types is passed over',
    { meta_data: meta(['ttclid', { a: 1 }], ['ttp', [1]], ['_ttp', 'p-1']) },
    {},
    { ttclid: undefined, ttp: 'p-1' },
  ],
  [
    'a page of an order is omitted',
    { meta_data: meta([entry, 'https://shop.example/checkout/order-pay/7/?key=wc_order_x']) },
    {},
    { page_url: 'https://shop.example/' },
  ],
  [
    'consent may be a boolean',
    { meta_data: meta(['tiktok_consent', true]) },
    { consent: 'require' },
    { event_name: 'Purchase' },
  ],
  [
    'a refusal may be a number',
    { meta_data: meta(['tiktok_consent', 0]) },
    { consent: 'limit' },
    { limited_data_use: true },
  ],
  [
    'the key of consent can be chosen',
    { meta_data: meta(['my_key', 'no']) },
    { consent: 'limit', consentKeys: ['my_key'] },
    { limited_data_use: true },
  ],
  [
    'an empty list is no address',
    { shipping: [], billing: { email: 'a@example.com' } },
    {},
    { city: undefined, email: 'a@example.com' },
  ],
  ['names are decoded', { billing: { ...billing, last_name: 'O&#039;Brien' } }, {}, { last_name: "O'Brien" }],
  ['prices go with an unknown currency', { currency: 'XXX' }, {}, { value: undefined, currency: undefined }],
  ['without a total there is no value', { total: null }, {}, { value: undefined, currency: undefined }],
  ['a product id names a group', {}, { contentId: 'product_id' }, { content_type: 'product_group' }],
])('maps a paid WooCommerce order by the rule: %s', async (_rule, changes, own, expected) => {
  const event = await eventOf({ ...updated(changes, own), country: 'DE' });
  expect(partOf(event, expected)).toEqual(expected);
});

test.each<[string, string[]]>([
  ['product_id', ['93', '22']],
  ['variation_id', ['93', '23']],
  ['sku', ['Bar3']],
  ['sku_or_product_id', ['93', 'Bar3']],
  ['sku_or_variation_id', ['93', 'Bar3']],
])('uses the %s of a WooCommerce line as content id', async (contentId, ids) => {
  const { contents } = await eventOf(updated({}, { contentId }));
  expect((contents as Json[]).map(({ content_id }) => content_id)).toEqual(ids);
});

test('sends a WooCommerce order until 47 hours after it was placed, whenever it is repeated', async () => {
  const { notAfterMs } = await outcomeOf(
    updated({ date_created_gmt: wooHoursAgo(40), date_paid_gmt: wooHoursAgo(30) }),
  );
  expect(notAfterMs / 1000).toBe(nowSeconds + 7 * 3600);
});

test('sends a late payment of a WooCommerce order until 47 hours after it, when the settings say so', async () => {
  const late = { date_created_gmt: wooHoursAgo(240), date_paid_gmt: wooHoursAgo(40) };
  const { event, notAfterMs } = await outcomeOf(updated(late, { latePayment: 'send' }));
  expect(notAfterMs / 1000).toBe(nowSeconds + 7 * 3600);
  expect(event.event_time).toBe(nowSeconds - 40 * 3600);
});

test.each<[string, string, string, unknown]>([
  ['paid', 'order.updated', 'date_paid_gmt', 'soon'],
  ['paid', 'order.updated', 'date_created_gmt', '2026-02-30T00:00:00'],
  ['paid', 'order.created', 'date_created_gmt', '20.11.2026'],
  ['placed', 'order.created', 'date_created_gmt', '9999-12-31T00:00:00'],
  ['processing', 'order.updated', 'date_paid_gmt', { date: '2026-11-20' }],
])(
  'skips a WooCommerce order that counts as %s with the topic %s when its %s is %j, which is no time',
  async (purchaseMoment, topic, field, value) => {
    const body = wooOrder({ [field]: value });
    const { outcomes } = await deliver({ settings: settings({ purchaseMoment }), topic, body });
    expect(outcomes).toEqual([{ kind: 'skipped', reason: 'no_time', detail: field }]);
  },
);

test.each([null, '', '0000-00-00T00:00:00'])(
  'takes a WooCommerce order as unpaid when its date_paid_gmt is %j',
  async (date_paid_gmt) => {
    expect(await reasonOf(updated({ date_paid_gmt }))).toBe('unpaid');
  },
);

test('counts each omitted field of a WooCommerce order', async () => {
  const { omitted } = await outcomeOf(updated({ billing: { ...billing, email: 'x', phone: 'y' } }));
  expect(omitted).toEqual([
    { field: 'email', code: 'invalid_email' },
    { field: 'phone', code: 'invalid_phone' },
  ]);
});

test.each<[string, Json, Json]>([
  ['draft_order', { status: 'checkout-draft' }, {}],
  ['draft_order', { status: 'auto-draft' }, {}],
  ['cancelled', { status: 'trash' }, {}],
  ['cancelled', { status: 'failed' }, {}],
  ['cancelled', { status: 'cancelled' }, {}],
  ['refunded', { status: 'refunded' }, {}],
  ['unpaid', { status: 'pending' }, {}],
  ['unpaid', { status: 'on-hold', date_paid_gmt: null }, {}],
  ['unpaid', { status: 'processing', date_paid_gmt: null }, {}],
  ['channel_not_allowed', { created_via: 'rest-api' }, { createdVia: ['checkout'] }],
  ['draft_order', { created_via: 'admin' }, {}],
  ['channel_not_allowed', { created_via: '' }, { createdVia: ['checkout'] }],
  ['renewal', { created_via: 'subscription' }, {}],
  ['renewal', { meta_data: meta(['_subscription_renewal', '7']) }, {}],
  ['zero_value', { total: '0.00' }, {}],
  ['stale', { date_created_gmt: wooHoursAgo(47), date_paid_gmt: wooHoursAgo(46) }, {}],
  ['late_payment', { date_created_gmt: wooHoursAgo(240), date_paid_gmt: wooHoursAgo(1) }, {}],
  ['no_consent', {}, { consent: 'require' }],
  ['shop_not_allowed', {}, { shops: ['other.example'] }],
  ['unexpected_body', { id: null }, {}],
  ['unexpected_body', { line_items: undefined }, {}],
  ['no_match_key', { billing: {}, customer_ip_address: '' }, {}],
])('skips a WooCommerce order as %s: %j', async (reason, changes, own) => {
  expect(await reasonOf(updated(changes, own))).toBe(reason);
});

test('skips a WooCommerce webhook that a user without rights created', async () => {
  const body = { code: 'woocommerce_rest_cannot_view', message: 'no', data: { status: 403 } };
  expect(await reasonOf({ settings: settings(), topic: 'order.updated', body })).toBe('unexpected_body');
});

test.each<[string, string]>([
  ['order.deleted', 'ignored_topic'],
  ['product.updated', 'ignored_topic'],
  ['action.woocommerce_add_to_cart', 'ignored_topic'],
  ['', 'ignored_topic'],
])('skips the WooCommerce topic %j as %s', async (topic, reason) => {
  expect(await reasonOf({ settings: settings(), topic, body: wooOrder() })).toBe(reason);
});

const moment = (purchaseMoment: string, changes: Json, topic = 'order.updated') =>
  deliver({ settings: settings({ purchaseMoment }), topic, body: wooOrder(changes) });

test.each<[string, string, string, Json, string]>([
  ['paid', 'order.created', 'PlaceAnOrder', {}, '-2'],
  [
    'processing',
    'order.updated',
    'Purchase',
    { status: 'processing', payment_method: 'cod', date_paid_gmt: null },
    '-2',
  ],
  ['processing', 'order.updated', 'Purchase', { status: 'processing', payment_method: 'bacs' }, '-1'],
  ['placed', 'order.created', 'Purchase', { status: 'on-hold', date_paid_gmt: null }, '-2'],
  ['placed', 'order.updated', 'Purchase', { status: 'on-hold', date_paid_gmt: null }, '-2'],
])(
  'maps WooCommerce orders that count as %s with the topic %s to %s',
  async (purchaseMoment, topic, event_name, changes, hours) => {
    const { outcomes } = await moment(purchaseMoment, changes, topic);
    expect(outcomes).toMatchObject([
      { kind: 'event', event: { event_name, event_time: nowSeconds + Number(hours) * 3600 } },
    ]);
  },
);

test.each<[string, Json, string]>([
  ['processing', { status: 'on-hold', date_paid_gmt: null }, 'unpaid'],
  // Cash on delivery is paid at the door, days after it was sent as processing: it must not count again.
  ['processing', { status: 'completed', payment_method: 'cod', date_created_gmt: wooHoursAgo(100) }, 'stale'],
  ['placed', { date_created_gmt: wooHoursAgo(48) }, 'stale'],
  ['placed', { date_created_gmt: null }, 'no_time'],
])('skips WooCommerce orders that count as %s with %j as %s', async (purchaseMoment, changes, reason) => {
  expect((await moment(purchaseMoment, changes)).outcomes).toMatchObject([{ kind: 'skipped', reason }]);
});

test('maps the WooCommerce topic customer.created to CompleteRegistration', async () => {
  expect(await eventOf({ settings: settings(), topic: 'customer.created', body: wooCustomer() })).toEqual({
    event_name: 'CompleteRegistration',
    event_id: '25',
    event_time: nowSeconds - 3600,
    email: 'john.doe@example.com',
    phone: '+15555555555',
    external_id: '25',
    first_name: 'John',
    last_name: 'Doe',
    city: 'San Francisco',
    state: 'CA',
    zip_code: '94103',
    country: 'US',
    destination: 'default',
  });
});

test.each<[Json, string]>([
  [{ role: 'administrator' }, 'not_registered'],
  [{ date_created_gmt: wooHoursAgo(50) }, 'stale'],
  [{ line_items: [] }, 'unexpected_body'],
])('skips customer.created of WooCommerce with %j as %s', async (changes, reason) => {
  const body = wooCustomer(changes);
  expect(await reasonOf({ settings: settings(), topic: 'customer.created', body })).toBe(reason);
});

test('reads a WooCommerce topic from resource and event when its header is empty', async () => {
  const headers = {
    'x-wc-webhook-topic': '',
    'x-wc-webhook-resource': 'order',
    'x-wc-webhook-event': 'updated',
  };
  expect(await reasonOf({ ...updated(), headers })).toBe('event');
});

test('reads referrer and language of a WooCommerce order from its meta', async () => {
  const event = await eventOf(
    updated({
      meta_data: meta(
        ['_wc_order_attribution_referrer', 'https://www.tiktok.com/@ada/video?x=1'],
        ['wpml_language', 'de'],
      ),
    }),
  );
  expect(event).toMatchObject({ page_referrer: 'https://www.tiktok.com/', locale: 'de' });
});

test.each(['', '(none)', '(direct)'])(
  'sends a WooCommerce order whose referrer is %j without one',
  async (referrer) => {
    const event = await eventOf(updated({ meta_data: meta(['_wc_order_attribution_referrer', referrer]) }));
    expect(event).not.toHaveProperty('page_referrer');
  },
);

test.each<[unknown, string]>([
  ['203.0.113.9:51234', '203.0.113.9'],
  ['203.0.113.9:51234, 10.0.0.1:80', '203.0.113.9'],
  ['127.0.0.1, 203.0.113.9', '203.0.113.9'],
  ['[2001:db8::9]:443', '2001:db8::9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
])('reads the address of a WooCommerce shopper from %j', async (customer_ip_address, ip) => {
  const { event, omitted } = await outcomeOf(updated({ customer_ip_address }));
  expect(event.ip).toBe(ip);
  expect(omitted).toEqual([]);
});

test.each<[unknown, string]>([
  ['127.0.0.1', 'private_ip'],
  ['::1', 'private_ip'],
  ['unknown', 'invalid_ip'],
])('sends a WooCommerce order without the address %j and says why', async (customer_ip_address, code) => {
  const { event, omitted } = await outcomeOf(updated({ customer_ip_address }));
  expect(event).not.toHaveProperty('ip');
  expect(omitted).toEqual([{ field: 'ip', code }]);
});
