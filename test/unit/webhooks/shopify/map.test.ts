import { expect, test } from 'vitest';
import {
  choices,
  deliver,
  eventOf,
  fixture,
  hoursAgo,
  type Json,
  nowSeconds,
  outcomeOf,
  partOf,
  reasonOf,
  shopifyCheckout,
  shopifyOrder,
} from '../../../support/webhooks/webhook-bodies.ts';

const settings = (changes: Json = {}) => ({ ...choices.shopify, ...changes });
const paid = (changes: Json = {}, own: Json = {}) => ({
  settings: settings(own),
  topic: 'orders/paid',
  body: shopifyOrder(changes),
});
const note = (...pairs: [string, unknown][]) => pairs.map(([name, value]) => ({ name, value }));
const billing = fixture('shopify-order').billing_address as Json;
const shipping = fixture('shopify-order').shipping_address as Json;
const [line] = fixture('shopify-order').line_items as Json[];

test('maps a paid Shopify order to a Purchase with every field that its body contains', async () => {
  expect(await eventOf(paid())).toEqual({
    event_name: 'Purchase',
    event_id: '640ac4541c951dfd7641899c3102c0b1',
    event_time: nowSeconds - 3600,
    email: 'robin.walker@example.com',
    external_id: '4206822293653',
    first_name: 'Robin',
    last_name: 'Walker',
    city: 'Canberra',
    state: 'ACT',
    zip_code: '2601',
    country: 'AU',
    ip: '203.0.113.34',
    user_agent:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/87.0.4280.101 Safari/537.36',
    contents: [
      {
        content_id: '37319198802069',
        content_name: 'Classic Fountain Pen',
        brand: 'Kaweco',
        price: 44.95,
        quantity: 1,
      },
    ],
    content_type: 'product',
    locale: 'en',
    order_id: '2998557704341',
    value: 59.45,
    currency: 'AUD',
    page_url: 'https://convert-cart-development.myshopify.com/',
    destination: 'default',
  });
});

const set = (shop: [string, string], seen: [string, string]) => ({
  shop_money: { amount: shop[0], currency_code: shop[1] },
  presentment_money: { amount: seen[0], currency_code: seen[1] },
});

test.each<[string, Json, Json, Json]>([
  ['event_id falls back to the order id', { checkout_token: null }, {}, { event_id: '2998557704341' }],
  ['event_id follows its template', {}, { eventId: 'au-{order_id}' }, { event_id: 'au-2998557704341' }],
  [
    'event_id may come from a cart attribute',
    { note_attributes: note(['evt', 'e-1']) },
    { eventId: '{attribute.evt|order_id}' },
    { event_id: 'e-1' },
  ],
  [
    'ids above 2^53 keep their digits',
    { checkout_token: null, id: '820982911946154508' },
    {},
    { event_id: '820982911946154508' },
  ],
  [
    'the event is named as the pixel names it',
    {},
    { topics: { 'orders/paid': 'CompletePayment' } },
    { event_name: 'CompletePayment' },
  ],
  ['the destination is the source’s', {}, { destination: 'au' }, { destination: 'au' }],
  ['processed_at is the time', { processed_at: hoursAgo(20) }, {}, { event_time: nowSeconds - 20 * 3600 }],
  [
    'a late payment counts when it came',
    { processed_at: hoursAgo(26) },
    {},
    { event_time: nowSeconds - 3600 },
  ],
  [
    'created_at serves without processed_at',
    { processed_at: null, created_at: hoursAgo(3) },
    {},
    { event_time: nowSeconds - 3 * 3600 },
  ],
  [
    'a clock that runs ahead is not believed',
    { processed_at: hoursAgo(-1), updated_at: hoursAgo(-1) },
    {},
    { event_time: nowSeconds },
  ],
  [
    'contact_email serves without email',
    { email: '', contact_email: 'c@example.com' },
    {},
    { email: 'c@example.com' },
  ],
  [
    'the customer’s email is the last resort',
    { email: null, contact_email: null },
    {},
    { email: 'robin.walker@example.com' },
  ],
  ['the order’s own phone comes first', { phone: '+61 491 570 006' }, {}, { phone: '+61491570006' }],
  [
    'an address phone is read with its country',
    { shipping_address: { ...shipping, phone: '0491 570 156' } },
    {},
    { phone: '+61491570156' },
  ],
  [
    'a phone without a country beside it takes the billing country',
    { shipping_address: { ...shipping, country_code: null, phone: '0491 570 156' } },
    {},
    { phone: '+61491570156' },
  ],
  [
    'a vanity number is left out',
    { shipping_address: { ...shipping, phone: '555-555-SHIP' } },
    {},
    { phone: undefined },
  ],
  [
    'an empty country is none: the billing country reads the phone',
    { shipping_address: { ...shipping, country_code: '', phone: '0491 570 156' } },
    {},
    { phone: '+61491570156' },
  ],
  [
    'a second phone serves when the first cannot be read',
    { phone: 'call me', billing_address: { ...billing, phone: '0491 570 110' } },
    {},
    { phone: '+61491570110' },
  ],
  ['without a customer there is no external_id', { customer: null }, {}, { external_id: undefined }],
  [
    'the shipping address fills what billing lacks',
    { billing_address: null },
    {},
    { city: 'Canberra', first_name: 'Robin' },
  ],
  [
    'ttclid comes from an attribute',
    { note_attributes: note(['_ttclid', 'E.C.P.1']) },
    {},
    { ttclid: 'E.C.P.1' },
  ],
  [
    'ttclid is not decoded twice in an attribute',
    { note_attributes: note(['ttclid', 'E.C%2BP']) },
    {},
    { ttclid: 'E.C%2BP' },
  ],
  [
    'ttclid comes from a relative landing page',
    { landing_site: '/p/pen?ttclid=E.C%2BP.2&x=1' },
    {},
    { ttclid: 'E.C+P.2' },
  ],
  [
    'ttclid comes from an absolute landing page',
    { landing_site: 'https://www.example.com/?ttclid=E.C.P.3' },
    {},
    { ttclid: 'E.C.P.3' },
  ],
  [
    'the attribute outranks the landing page',
    { landing_site: '/?ttclid=old', note_attributes: note(['ttclid', 'new']) },
    {},
    { ttclid: 'new' },
  ],
  ['ttp comes from an attribute', { note_attributes: note(['_ttp', 'ttp-1']) }, {}, { ttp: 'ttp-1' }],
  [
    'an oversized click id is left out',
    { note_attributes: note(['ttclid', 'x'.repeat(1025)]) },
    {},
    { ttclid: undefined },
  ],
  ['client_details serve without browser_ip', { browser_ip: null }, {}, { ip: '203.0.113.34' }],
  ['0.0.0.0 is no address', { browser_ip: '0.0.0.0', client_details: null }, {}, { ip: undefined }],
  ['IPv6 is an address', { browser_ip: '2001:db8::7' }, {}, { ip: '2001:db8::7' }],
  [
    'the landing page loses its query',
    { landing_site: '/collections/pens?utm=x&key=secret' },
    {},
    { page_url: 'https://convert-cart-development.myshopify.com/collections/pens' },
  ],
  [
    'without a status page the header names the shop',
    { order_status_url: null, landing_site: null },
    {},
    { page_url: 'https://shop.myshopify.com/' },
  ],
  [
    'a path that may be a key is cut',
    { landing_site: '/123/orders/abcdef/authenticate?key=1' },
    {},
    { page_url: 'https://convert-cart-development.myshopify.com/' },
  ],
  [
    'shop money is the default',
    { total_price_set: set(['59.45', 'AUD'], ['38.64', 'USD']) },
    {},
    { value: 59.45, currency: 'AUD' },
  ],
  [
    'presentment money is what the buyer saw',
    { total_price_set: set(['59.45', 'AUD'], ['38.64', 'USD']) },
    { money: 'presentment' },
    { value: 38.64, currency: 'USD' },
  ],
  [
    'zero-decimal amounts are taken as they are',
    { total_price: '6000', currency: 'JPY' },
    {},
    { value: 6000, currency: 'JPY' },
  ],
  ['a refund later does not shrink the value', { current_total_price: '1.00' }, {}, { value: 59.45 }],
  [
    'an unknown currency takes value and prices along',
    { currency: 'ETB' },
    {},
    { value: undefined, currency: undefined },
  ],
  ['product ids name a group', {}, { contentId: 'product_id' }, { content_type: 'product_group' }],
  [
    'an item without the chosen id is left out',
    {},
    { contentId: 'sku' },
    { contents: undefined, content_type: undefined },
  ],
  [
    'a refused consent changes nothing by default',
    { note_attributes: note(['tiktok_consent', 'denied']) },
    {},
    { limited_data_use: undefined, event_name: 'Purchase' },
  ],
  [
    'limit marks a refusal',
    { note_attributes: note(['tiktok_consent', 'denied']) },
    { consent: 'limit' },
    { limited_data_use: true },
  ],
  [
    'limit leaves a grant alone',
    { note_attributes: note(['tiktok_consent', 'granted']) },
    { consent: 'limit' },
    { limited_data_use: undefined },
  ],
  ['limit leaves silence alone', {}, { consent: 'limit' }, { limited_data_use: undefined }],
  [
    'require lets a grant through',
    { note_attributes: note(['Tiktok_Consent', 'YES']) },
    { consent: 'require' },
    { event_name: 'Purchase' },
  ],
  [
    'a name that is too long is left out',
    { billing_address: { ...billing, city: 'x'.repeat(300) } },
    {},
    { city: undefined },
  ],
])('maps a paid Shopify order by the rule: %s', async (_rule, changes, own, expected) => {
  expect(partOf(await eventOf(paid(changes, own)), expected)).toEqual(expected);
});

test.each<[string, string, string]>([
  ['variant_id', '1', 'V'],
  ['product_id', '1', 'P'],
  ['sku', 'S', 'S'],
  ['sku_or_variant_id', 'S', 'S'],
  ['sku_or_variant_id', '', 'V'],
])('uses the %s of a Shopify line as content id (sku %j)', async (contentId, sku, expected) => {
  const items = [{ ...line, variant_id: 'V', product_id: 'P', sku }];
  const event = await eventOf(paid({ line_items: items }, { contentId }));
  expect(event.contents).toMatchObject([{ content_id: expected }]);
});

test('derives the id of a Shopify cart without the key in its token', async () => {
  const event = await eventOf(paid({ cart_token: 'c1-abc?key=secret' }, { eventId: '{cart_token}' }));
  expect(event.event_id).toBe('c1-abc');
});

test('uses the id of a Shopify order when its eventId template cannot be filled', async () => {
  const event = await eventOf(paid({}, { eventId: 'x-{attribute.none}' }));
  expect(event.event_id).toBe('640ac4541c951dfd7641899c3102c0b1');
});

test('reads the first of two Shopify attributes with one name', async () => {
  const event = await eventOf(paid({ note_attributes: note(['ttclid', 'first'], ['TTCLID', 'second']) }));
  expect(event.ttclid).toBe('first');
});

test('omits the price of a Shopify line when the buyer’s currency does not give it', async () => {
  const total_price_set = { presentment_money: { amount: '38.64', currency_code: 'USD' } };
  const changes = { total_price_set, line_items: [{ ...line, price_set: null }] };
  const seen = await eventOf(paid(changes, { money: 'presentment' }));
  expect(seen).toMatchObject({ value: 38.64, currency: 'USD' });
  expect((seen.contents as Json[])[0]).not.toHaveProperty('price');
});

test('reads a Shopify price that is a number', async () => {
  const event = await eventOf(paid({ line_items: [{ ...line, price: 10.5 }] }));
  expect(event.contents).toMatchObject([{ price: 10.5 }]);
});

test('omits a Shopify price in another currency than the value', async () => {
  const price_set = { presentment_money: { amount: '29.22', currency_code: 'USD' } };
  const event = await eventOf(paid({ line_items: [{ ...line, price_set }] }, { money: 'presentment' }));
  expect(event).toMatchObject({ currency: 'AUD', contents: [{ price: 44.95 }] });
});

test('reads the prices of Shopify lines in the currency of the value', async () => {
  const price_set = { presentment_money: { amount: '29.22', currency_code: 'USD' } };
  const total_price_set = { presentment_money: { amount: '38.64', currency_code: 'USD' } };
  const changes = { line_items: [{ ...line, price_set }], total_price_set };
  const seen = await eventOf(paid(changes, { money: 'presentment' }));
  const shop = await eventOf(paid(changes));
  expect(seen.contents).toMatchObject([{ price: 29.22 }]);
  expect(shop.contents).toMatchObject([{ price: 44.95 }]);
});

test('omits Shopify prices in a currency that TikTok does not know, and reports it', async () => {
  const { event, omitted } = await outcomeOf(paid({ currency: 'ETB', phone: 'none' }));
  expect(event.contents).toEqual([expect.not.objectContaining({ price: expect.anything() })]);
  expect(omitted).toEqual([
    { field: 'phone', code: 'placeholder' },
    { field: 'currency', code: 'unsupported_currency' },
  ]);
});

test.each<[string, Json, Json, number]>([
  ['47 hours after it was placed', { processed_at: hoursAgo(46), updated_at: hoursAgo(20) }, {}, 1],
  [
    '47 hours after its payment when late payments are sent',
    { processed_at: hoursAgo(240), updated_at: hoursAgo(20) },
    { latePayment: 'send' },
    27,
  ],
  ['47 hours from now when the clock of the shop runs ahead', { processed_at: hoursAgo(-9) }, {}, 47],
])('sends a Shopify order until %s', async (_end, changes, own, hours) => {
  const { notAfterMs } = await outcomeOf(paid(changes, own));
  expect(notAfterMs / 1000).toBe(nowSeconds + hours * 3600);
});

test('dates a late payment of a Shopify order to the payment', async () => {
  const late = { processed_at: hoursAgo(240), updated_at: hoursAgo(20) };
  const event = await eventOf(paid(late, { latePayment: 'send' }));
  expect(event.event_time).toBe(nowSeconds - 20 * 3600);
});

test.each<[string, string, unknown]>([
  ['orders/paid', 'processed_at', 'yesterday'],
  ['orders/paid', 'created_at', '2026-13-45T99:99:99Z'],
  ['orders/paid', 'updated_at', '1 hour ago'],
  ['orders/paid', 'updated_at', '9999-12-31T00:00:00Z'],
  ['orders/paid', 'updated_at', {}],
  ['orders/create', 'processed_at', '20/11/2026 10:00'],
  ['orders/create', 'created_at', true],
])('skips the Shopify topic %s when its %s is %j, which is no time', async (topic, field, value) => {
  const { outcomes } = await deliver({ settings: settings(), topic, body: shopifyOrder({ [field]: value }) });
  expect(outcomes).toEqual([{ kind: 'skipped', reason: 'no_time', detail: field }]);
});

test.each(['', ' ', null, '0000-00-00 00:00:00'])(
  'dates a Shopify order by its created_at when its processed_at is %j',
  async (processed_at) => {
    const event = await eventOf(paid({ processed_at, created_at: hoursAgo(2) }));
    expect(event.event_time).toBe(nowSeconds - 2 * 3600);
  },
);

test('promise 6: sends no key of a Shopify order page to TikTok', async () => {
  const text = JSON.stringify(await eventOf(paid()));
  expect(text).not.toContain('authenticate');
  expect(text).not.toContain('e568fb9973a63409a095d01e61cb1933');
});

test.each<[string, Json, Json]>([
  ['test_order', { test: true }, {}],
  ['cancelled', { cancelled_at: hoursAgo(1) }, {}],
  ['cancelled', { financial_status: 'voided' }, {}],
  ['refunded', { financial_status: 'refunded' }, {}],
  ['unpaid', { financial_status: 'pending' }, {}],
  ['unpaid', { financial_status: null }, {}],
  ['zero_value', { total_price: '0.00' }, {}],
  ['draft_order', { source_name: 'shopify_draft_order' }, {}],
  ['draft_order', { app_id: 1354745 }, {}],
  ['pos_order', { source_name: 'pos' }, {}],
  ['renewal', { source_name: 'subscription_contract' }, {}],
  ['renewal', { tags: 'vip, Subscription Recurring Order' }, {}],
  ['renewal', { source_name: 'subscription_contract_checkout_one' }, { sourceNames: ['*'] }],
  ['pos_order', { source_name: 'pos' }, { sourceNames: ['*'] }],
  ['channel_not_allowed', { source_name: '294517' }, { sourceNames: ['web'] }],
  ['channel_not_allowed', { source_name: null, app_id: 294517 }, { sourceNames: ['web'] }],
  ['stale', { created_at: hoursAgo(47), processed_at: hoursAgo(47), updated_at: hoursAgo(46) }, {}],
  ['late_payment', { processed_at: hoursAgo(240), updated_at: hoursAgo(0.1) }, {}],
  ['late_payment', { processed_at: null, created_at: hoursAgo(49), updated_at: hoursAgo(1) }, {}],
  ['no_time', { updated_at: null, processed_at: null, created_at: null }, {}],
  ['no_consent', {}, { consent: 'require' }],
  ['no_consent', { note_attributes: note(['tiktok_consent', 'denied']) }, { consent: 'require' }],
  ['no_consent', { note_attributes: note(['tiktok_consent', 'perhaps']) }, { consent: 'require' }],
  [
    'no_consent',
    { note_attributes: note(['tiktok_consent', 'granted'], ['_tiktok_consent', 'no']) },
    { consent: 'require' },
  ],
  ['no_consent', { buyer_accepts_marketing: true }, { consent: 'require' }],
  ['shop_not_allowed', {}, { shops: ['other.myshopify.com'] }],
  ['unexpected_body', { line_items: undefined }, {}],
  ['unexpected_body', { abandoned_checkout_url: 'https://x' }, {}],
  ['unexpected_body', { admin_graphql_api_id: 'gid://shopify/DraftOrder/1' }, {}],
  [
    'no_match_key',
    { email: null, contact_email: null, customer: null, browser_ip: null, client_details: null },
    {},
  ],
])('skips a Shopify order as %s: %j', async (reason, changes, own) => {
  expect(await reasonOf(paid(changes, own))).toBe(reason);
});

test.each<[Json, Json]>([
  [{ test: true }, { testOrders: 'send' }],
  [{ total_price: '0.00' }, { zeroValue: 'send' }],
  [{ source_name: 'pos' }, { sourceNames: ['web', 'pos'] }],
  [{ source_name: '294517' }, {}],
  [{ source_name: null, app_id: 294517 }, {}],
  [{ source_name: 'subscription_contract' }, { sourceNames: ['web', 'subscription_contract'] }],
  [{ source_name: null, app_id: 580111 }, {}],
  [{ processed_at: hoursAgo(46.9) }, {}],
  [{ processed_at: hoursAgo(46.9), updated_at: hoursAgo(0) }, {}],
  [{ processed_at: hoursAgo(240), updated_at: hoursAgo(46.9) }, { latePayment: 'send' }],
  [{ financial_status: 'partially_refunded' }, {}],
  [{}, { shops: ['shop.myshopify.com'] }],
])('sends a Shopify order that the settings allow: %j %j', async (changes, own) => {
  expect(await reasonOf(paid(changes, own))).toBe('event');
});

test.each(['shopify_draft_order', 'pos'])(
  'omits the merchant’s address and browser from a Shopify order of %s',
  async (source_name) => {
    const event = await eventOf(paid({ source_name }, { sourceNames: [source_name] }));
    expect(event).not.toHaveProperty('ip');
    expect(event).not.toHaveProperty('user_agent');
  },
);

test.each<[string, string]>([
  ['orders/updated', 'ignored_topic'],
  ['refunds/create', 'ignored_topic'],
  ['carts/update', 'ignored_topic'],
  ['constructor', 'ignored_topic'],
  ['', 'ignored_topic'],
  ['customers/redact', 'compliance_topic'],
  ['customers/data_request', 'compliance_topic'],
  ['shop/redact', 'compliance_topic'],
])('skips the Shopify topic %j as %s', async (topic, reason) => {
  const body = fixture('shopify-customers-redact');
  expect(await reasonOf({ settings: settings(), topic, body })).toBe(reason);
});

test('skips a Shopify notification that was sent from the admin as a test', async () => {
  const headers = { 'X-Shopify-Test': 'true' };
  expect(await reasonOf({ ...paid(), headers })).toBe('test_order');
});

test('maps the Shopify topic orders/create to PlaceAnOrder, paid or not', async () => {
  const body = shopifyOrder({ financial_status: 'pending' });
  const event = await eventOf({ settings: settings(), topic: 'orders/create', body });
  expect(event).toMatchObject({ event_name: 'PlaceAnOrder', value: 59.45 });
});

test('maps orders/create to Purchase, and skips orders/paid, when Shopify orders count as placed', async () => {
  const own = settings({ purchaseMoment: 'placed' });
  const event = await eventOf({ settings: own, topic: 'orders/create', body: shopifyOrder() });
  expect(event.event_name).toBe('Purchase');
  expect(await reasonOf({ ...paid(), settings: own })).toBe('ignored_topic');
});

test('maps the Shopify topic checkouts/create to InitiateCheckout with the token of the later order', async () => {
  const body = shopifyCheckout();
  expect(await eventOf({ settings: settings(), topic: 'checkouts/create', body })).toEqual({
    event_name: 'InitiateCheckout',
    event_id: '84ad78572dae52a8cbea7d55371afe89',
    event_time: nowSeconds - 3600,
    email: 'robin.walker@example.com',
    contents: [
      {
        content_id: '41327142600817',
        content_name: 'The Collection Snowboard: Hydrogen',
        brand: 'Hydrogen Vendor',
        price: 600,
        quantity: 1,
      },
    ],
    content_type: 'product',
    value: 600,
    currency: 'USD',
    locale: 'en-US',
    page_url: 'https://pixel-testing-rs.myshopify.com/',
    destination: 'default',
  });
});

test.each<[string, Json, string]>([
  ['checkouts/create', { email: null }, 'no_match_key'],
  ['checkouts/create', { source_name: 'pos' }, 'pos_order'],
  ['checkouts/create', { token: null }, 'unexpected_body'],
  ['checkouts/create', { financial_status: 'paid' }, 'unexpected_body'],
  ['orders/create', {}, 'unexpected_body'],
  ['customers/create', {}, 'unexpected_body'],
])('skips the Shopify topic %s with a checkout %j as %s', async (topic, changes, reason) => {
  expect(await reasonOf({ settings: settings(), topic, body: shopifyCheckout(changes) })).toBe(reason);
});

const customer = (changes: Json = {}) => ({
  ...(fixture('shopify-order').customer as Json),
  state: 'enabled',
  created_at: hoursAgo(1),
  ...changes,
});

test('maps customers/create to CompleteRegistration for a Shopify account that has not ordered', async () => {
  const body = customer({ phone: '+61491570006' });
  expect(await eventOf({ settings: settings(), topic: 'customers/create', body })).toEqual({
    event_name: 'CompleteRegistration',
    event_id: '4206822293653',
    event_time: nowSeconds - 3600,
    email: 'robin.walker@example.com',
    phone: '+61491570006',
    external_id: '4206822293653',
    first_name: 'Robin',
    last_name: 'Walker',
    city: 'Canberra',
    state: 'ACT',
    zip_code: '2601',
    country: 'AU',
    destination: 'default',
  });
});

test.each<[Json, string]>([
  [{ state: 'disabled' }, 'not_registered'],
  [{ orders_count: 1 }, 'not_registered'],
  [{ last_order_id: 7 }, 'not_registered'],
  [{ created_at: hoursAgo(48), updated_at: hoursAgo(1) }, 'stale'],
])('skips customers/create of Shopify with %j as %s', async (changes, reason) => {
  expect(await reasonOf({ settings: settings(), topic: 'customers/create', body: customer(changes) })).toBe(
    reason,
  );
});

const nobody = {
  email: null,
  contact_email: null,
  phone: null,
  billing_address: null,
  shipping_address: null,
};
const anonymous = { ...nobody, customer: null, browser_ip: null, client_details: null };

test.each<[string, Json, Json]>([
  [
    'a click id in the landing page',
    { note_attributes: note(['ttclid', '__CLICKID__']), landing_site: '/?ttclid=E.C.P.1' },
    { ttclid: 'E.C.P.1' },
  ],
  [
    'a click id under another name',
    { note_attributes: note(['ttclid', 'undefined'], ['_ttclid', 'E.C.P.2']) },
    { ttclid: 'E.C.P.2' },
  ],
  ['a browser id', { note_attributes: note(['_ttp', 'null'], ['ttp', 'p-1']) }, { ttp: 'p-1' }],
  [
    "the browser's address",
    { browser_ip: '127.0.0.1', client_details: { browser_ip: '203.0.113.9:443' } },
    { ip: '203.0.113.9' },
  ],
  [
    'an e-mail address',
    { email: 'none', contact_email: 'n/a', customer: { id: 7, email: 'a@example.com' } },
    { email: 'a@example.com' },
  ],
  ['a phone', { phone: '0000000000', customer: { id: 7, phone: '+61491570006' } }, { phone: '+61491570006' }],
])('lets no placeholder of a Shopify order hide %s', async (_value, changes, expected) => {
  const { event, omitted } = await outcomeOf(paid(changes));
  expect(partOf(event, expected)).toEqual(expected);
  expect(omitted).toEqual([]);
});

test.each<[string, Json, string]>([
  ['an unfilled macro', { landing_site: '/?ttclid=__CLICKID__' }, 'ttclid: placeholder'],
  ['a placeholder', { email: 'none', customer: { id: 0 } }, 'email: placeholder'],
  [
    'a private address',
    { browser_ip: '10.0.0.7', client_details: { user_agent: 'Mozilla/5.0' } },
    'ip: private_ip',
  ],
  ['a name in place of a phone', { phone: 'call me' }, 'phone: invalid_phone'],
])(
  'skips an anonymous Shopify order as no_match_key when its only key is %s',
  async (_key, changes, detail) => {
    const { outcomes } = await deliver(paid({ ...anonymous, ...changes }));
    expect(outcomes).toEqual([{ kind: 'skipped', reason: 'no_match_key', detail }]);
  },
);

test('reads a refusal of consent next to an attribute of the same name that holds a placeholder', async () => {
  const note_attributes = note(['tiktok_consent', 'undefined'], ['tiktok_consent', 'granted']);
  expect(await reasonOf(paid({ note_attributes }, { consent: 'require' }))).toBe('no_consent');
});

test.each<[string, Json, Json]>([
  ['the language of the customer', { customer_locale: 'pt-BR' }, { locale: 'pt-BR' }],
  [
    'the first language of the browser when the customer has none',
    { customer_locale: null, client_details: { accept_language: 'en-GB,en-US;q=0.9,en;q=0.8' } },
    { locale: 'en-GB' },
  ],
  ['no language without one', { customer_locale: '', client_details: null }, { locale: undefined }],
  [
    'the referring page without its query',
    { referring_site: 'https://www.google.com/search?q=ada%40example.com' },
    { page_referrer: 'https://www.google.com/search' },
  ],
  ['no referring page when it is empty', { referring_site: '' }, { page_referrer: undefined }],
])('reads from a Shopify order %s', async (_value, changes, expected) => {
  const { event, omitted } = await outcomeOf(paid(changes));
  expect(partOf(event, expected)).toEqual(expected);
  expect(omitted).toEqual([]);
});

test.each<[unknown, string]>([
  ['android-app://com.google.android.gm/', 'invalid_url'],
  ['facebook', 'invalid_url'],
])(
  'sends a Shopify order without the referrer %j, which is no web page, and names it',
  async (referring_site, code) => {
    const { event, omitted } = await outcomeOf(paid({ referring_site }));
    expect(event).not.toHaveProperty('page_referrer');
    expect(omitted).toEqual([{ field: 'page_referrer', code }]);
  },
);

test('reads neither browser nor its language of a Shopify order that staff made', async () => {
  const body = { source_name: 'pos', customer_locale: null };
  expect(await eventOf(paid(body, { sourceNames: ['pos'] }))).not.toHaveProperty('locale');
});

test.each<[Json, Json]>([
  [
    { country_code: null, country: 'Germany' },
    { country: 'DE', phone: '+493012345678' },
  ],
  // A country that is there and unknown never gives way to the default, which would make it another person's phone.
  [
    { country_code: null, country: 'Atlantis' },
    { country: undefined, phone: undefined },
  ],
])('reads a Shopify address whose country is %j', async (country, expected) => {
  const address = { ...billing, ...country, phone: '030 12345678' };
  const changes = { billing_address: address, shipping_address: null, customer: { id: 7 }, phone: null };
  const event = await eventOf({ ...paid(changes), country: 'AU' });
  expect(partOf(event, expected)).toEqual(expected);
});
