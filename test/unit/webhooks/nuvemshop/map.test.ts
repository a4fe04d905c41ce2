/** What becomes of an order and a customer, once Nuvemshop's API gave them. */
import { expect, test } from 'vitest';
import {
  eventOf,
  type Json,
  nowSeconds,
  outcomeOf,
  partOf,
  reasonOf,
} from '../../../support/webhooks/webhook-bodies.ts';
import { apiHoursAgo, customer, hook, order, settings } from './bodies.ts';

interface Case {
  readonly event?: string;
  readonly order?: Json;
  readonly own?: Json;
}

/** As read.ts hands it over. */
const placed = ({ event = 'order/paid', order: changes, own }: Case = {}) => ({
  settings: settings(own),
  body: { ...hook(event), order: order(changes) },
});
const registered = (changes: Json = {}, own: Json = {}, event = 'customer/created') => ({
  settings: settings(own),
  body: { ...hook(event, { id: 112 }), customer: customer(changes) },
});
const table = {
  content_id: '426215948',
  content_name: 'Mesa de Roble',
  price: 3000,
  quantity: 2,
};

test('maps an order that was paid to a Purchase with everything that the API knows, except the tax id', async () => {
  const event = await eventOf(placed());
  expect(event).toEqual({
    event_name: 'Purchase',
    event_id: '871254203',
    event_time: nowSeconds - 3600,
    email: 'maria@example.com',
    phone: '+5515991234567',
    external_id: '105799009',
    first_name: 'Maria',
    last_name: 'da Silva',
    city: 'Sorocaba',
    state: 'São Paulo',
    zip_code: '18010-220',
    country: 'BR',
    ttclid: 'E.C.P.landing',
    ip: '203.0.113.7',
    user_agent: 'Mozilla/5.0 Test',
    locale: 'pt',
    contents: [table],
    content_type: 'product',
    order_id: '871254203',
    page_url: 'https://loja.example/mesas',
    value: 5400,
    currency: 'BRL',
    destination: 'default',
  });
  expect(JSON.stringify(event)).not.toContain('75839566500');
});

test.each<[string, Case, Json]>([
  [
    'takes the account’s address and number where the order has none',
    { order: { contact_email: '', contact_phone: null } },
    { email: 'account@example.com', phone: '+5515991234569' },
  ],
  [
    'reads a national number with the country of the billing address',
    { order: { contact_phone: '11 99123-4567', billing_country: 'BR' } },
    { phone: '+5511991234567' },
  ],
  [
    'takes place and name from the shipping address and the customer where the billing address is empty',
    {
      order: {
        contact_name: null,
        billing_city: '',
        billing_province: null,
        billing_zipcode: '',
        billing_country: null,
        customer: { id: 9, name: 'Cher' },
      },
    },
    { first_name: 'Cher', last_name: undefined, city: 'Votorantim', zip_code: '18110-000', country: 'BR' },
  ],
  [
    'reads an order without its customer, for which the app lacks the permission',
    { order: { customer: null } },
    { external_id: undefined, email: 'maria@example.com' },
  ],
  [
    'prefers what a form of the storefront added to the order',
    {
      order: {
        extra: { ttclid: 'E.C.P.form', _ttp: 'p-1', page_url: 'https://loja.example/oferta?x=1' },
      },
    },
    { ttclid: 'E.C.P.form', ttp: 'p-1', page_url: 'https://loja.example/oferta' },
  ],
  [
    'reads an order of an API version without a landing page',
    { order: { landing_url: undefined } },
    { ttclid: undefined, page_url: undefined, value: 5400 },
  ],
  [
    'leaves out a private address',
    { order: { client_details: { browser_ip: '10.0.0.7' } } },
    { ip: undefined },
  ],
  [
    'limits the use of data after a refusal',
    { order: { extra: { tiktok_consent: 'denied' } }, own: { consent: 'limit' } },
    { limited_data_use: true },
  ],
  [
    'fills the id template with the number that the shopper sees and a field of the storefront',
    { order: { extra: { suffix: 'x' } }, own: { eventId: 'br-{order_number}-{attribute.suffix}' } },
    { event_id: 'br-306-x' },
  ],
  [
    'takes the order’s id where the template cannot be filled',
    { own: { eventId: '{customer_id}' } },
    { event_id: '871254203' },
  ],
  [
    'names the event as the settings do',
    { own: { topics: { 'order/paid': 'CompletePayment' } } },
    { event_name: 'CompletePayment' },
  ],
  [
    'counts a placed order as the Purchase when the settings say so',
    {
      event: 'order/created',
      order: { payment_status: 'pending', paid_at: null },
      own: { purchaseMoment: 'placed' },
    },
    { event_name: 'Purchase' },
  ],
  [
    'maps an order that is not paid yet to PlaceAnOrder with the same id',
    { event: 'order/created', order: { payment_status: 'pending', paid_at: null } },
    { event_name: 'PlaceAnOrder', event_id: '871254203' },
  ],
  [
    'counts an order whose amount was refunded in part',
    { order: { payment_status: 'partially_refunded' } },
    { event_name: 'Purchase' },
  ],
  [
    'counts the first order of a subscription',
    { order: { is_subscription: true, is_subscription_initial: true } },
    { event_name: 'Purchase', ip: '203.0.113.7' },
  ],
  [
    'sends the total in US dollars, and no prices, where TikTok does not take the currency',
    { order: { currency: 'UYU', total: '4000.00', total_usd: '100.50' } },
    { value: 100.5, currency: 'USD', contents: [{ ...table, price: undefined }] },
  ],
  [
    'sends no value where TikTok does not take the currency and the total in US dollars is 0',
    { order: { currency: 'UYU', total: '4000.00', total_usd: '0.00' } },
    { value: undefined, currency: undefined },
  ],
  [
    'sends no value where TikTok does not take the currency and there is no total in US dollars',
    { order: { currency: 'UYU', total: '4000.00', total_usd: null } },
    { value: undefined, currency: undefined },
  ],
  [
    'takes Colombian, Chilean, Mexican, Peruvian and Argentine pesos and soles as they are',
    { order: { currency: 'ARS', total: '5400.00' } },
    { value: 5400, currency: 'ARS' },
  ],
  [
    'sends an order without products',
    { order: { products: null } },
    { contents: undefined, content_type: undefined },
  ],
])('%s', async (_rule, delivery, expected) => {
  expect(partOf(await eventOf(placed(delivery)), expected)).toEqual(expected);
});

test.each<[string, Json, string | undefined, string | undefined]>([
  ['product_id', {}, '111334785', 'product_group'],
  ['variant_id', {}, '426215948', 'product'],
  ['sku', {}, 'MESA-1', 'product'],
  ['sku_or_variant_id', { sku: null }, '426215948', 'product'],
  ['sku', { sku: null }, undefined, undefined],
])('takes %s of the line %j as its id: %s', async (contentId, line, id, type) => {
  const [first] = order().products as Json[];
  const event = await eventOf(placed({ own: { contentId }, order: { products: [{ ...first, ...line }] } }));
  const [content] = (event.contents ?? []) as Json[];
  expect([content?.content_id, event.content_type]).toEqual([id, type]);
});

test('takes a store id that YAML read as a number', async () => {
  expect(await eventOf(placed({ own: { storeId: 817495 } }))).toMatchObject({ event_name: 'Purchase' });
});

test('dates a late payment with its own time, and counts the 47 hours from it', async () => {
  const late = { order: { created_at: apiHoursAgo(90) } };
  expect(await reasonOf(placed(late))).toBe('late_payment');
  const sent = await outcomeOf(placed({ ...late, own: { latePayment: 'send' } }));
  expect(sent.event.event_time).toBe(nowSeconds - 3600);
  expect(sent.notAfterMs / 1000).toBe(nowSeconds + 46 * 3600);
});

test('judges the age of a placed order by its creation only', async () => {
  const delivery = { event: 'order/created', order: { created_at: apiHoursAgo(40), paid_at: 'soon' } };
  expect(await eventOf(placed(delivery))).toMatchObject({ event_time: nowSeconds - 40 * 3600 });
});

test('does not take the payment of an old order for a new order', async () => {
  const old = { event: 'order/created', order: { created_at: apiHoursAgo(90) } };
  expect(await reasonOf(placed({ ...old, own: { latePayment: 'send' } }))).toBe('stale');
});

test('counts an unpaid order of any event that the settings name, when placed orders count', async () => {
  const own = { purchaseMoment: 'placed', topics: { 'order/pending': 'Purchase' } };
  const pending = { event: 'order/pending', order: { payment_status: 'pending', paid_at: null } };
  expect(await reasonOf(placed({ ...pending, own }))).toBe('event');
  expect(await reasonOf(placed({ ...pending, own: { ...own, purchaseMoment: 'paid' } }))).toBe('unpaid');
});

test.each<[string, Case]>([
  ['ignored_topic', { event: 'order/fulfilled' }],
  ['ignored_topic', { event: 'product/created', own: { topics: { 'product/created': 'Purchase' } } }],
  ['ignored_topic', { event: 'order/paid', own: { purchaseMoment: 'placed' } }],
  ['ignored_topic', { event: 'toString' }],
  ['cancelled', { order: { status: 'cancelled' } }],
  ['cancelled', { order: { cancelled_at: apiHoursAgo(1) } }],
  ['cancelled', { order: { payment_status: 'voided' } }],
  ['refunded', { order: { payment_status: 'refunded' } }],
  ['unpaid', { order: { payment_status: 'pending' } }],
  ['unpaid', { order: { payment_status: 'authorized' } }],
  ['unpaid', { order: { payment_status: 'partially_paid' } }],
  ['unpaid', { order: { payment_status: 'abandoned' }, event: 'order/created' }],
  ['unpaid', { order: { payment_status: null } }],
  ['draft_order', { order: { storefront: 'form' } }],
  ['draft_order', { order: { storefront: 'Form' } }],
  ['pos_order', { order: { storefront: 'pos' } }],
  ['renewal', { order: { is_subscription: true } }],
  ['channel_not_allowed', { order: { storefront: 'meli' }, own: { storefronts: ['store'] } }],
  ['channel_not_allowed', { order: { storefront: null }, own: { storefronts: ['store'] } }],
  ['zero_value', { order: { total: '0.00' } }],
  ['stale', { order: { created_at: apiHoursAgo(47), paid_at: apiHoursAgo(46) } }],
  ['no_time', { order: { created_at: null } }],
  ['no_time', { order: { created_at: 'soon' } }],
  ['no_time', { order: { paid_at: 'soon' } }],
  ['no_consent', { own: { consent: 'require' } }],
])('skips as %s the order of %j', async (reason, delivery) => {
  expect(await reasonOf(placed(delivery))).toBe(reason);
});

test.each<[string, Json, Json]>([
  ['drafts', { storefront: 'form' }, { storefronts: ['*', 'form'] }],
  ['drafts in any case', { storefront: 'Form' }, { storefronts: ['*', 'FORM'] }],
  ['renewals', { is_subscription: true }, { storefronts: ['*', 'subscription'] }],
  ['orders of the point of sale', { storefront: 'pos' }, { storefronts: ['pos'] }],
  ['orders of Mercado Livre', { storefront: 'meli' }, {}],
  ['orders that an app created', { storefront: 'api', app_id: 12 }, {}],
])(
  'sends %s when the settings allow it, without the address and browser that are not the shopper’s',
  async (_what, changes, own) => {
    const event = await eventOf(placed({ order: changes, own }));
    expect([event.ip, event.user_agent, event.email]).toEqual([undefined, undefined, 'maria@example.com']);
  },
);

test.each<[string, Json, Json]>([
  ['orders of 0', { total: '0.00' }, { zeroValue: 'send' }],
  ['orders that do not name their storefront', { storefront: null }, {}],
  ['orders with consent', { extra: { TikTok_Consent: 'granted' } }, { consent: 'require' }],
])('sends %s when the settings allow it', async (_what, changes, own) => {
  expect(await reasonOf(placed({ order: changes, own }))).toBe('event');
});

test('maps an account that its owner activated to CompleteRegistration, without the tax id', async () => {
  const event = await eventOf(registered());
  expect(event).toEqual({
    event_name: 'CompleteRegistration',
    event_id: '112',
    event_time: nowSeconds - 3600,
    email: 'ana@example.com',
    phone: '+5511991234567',
    external_id: '112',
    first_name: 'Ana',
    last_name: 'Souza',
    city: 'São Paulo',
    state: 'São Paulo',
    zip_code: '05653-070',
    country: 'BR',
    destination: 'default',
  });
});

test('gives an account that is activated after its creation the id of the creation', async () => {
  const event = await eventOf(registered({}, {}, 'customer/updated'));
  expect(event).toMatchObject({ event_name: 'CompleteRegistration', event_id: '112' });
});

test.each<[string, Json, Json]>([
  ['not_registered', { active: false }, {}],
  ['not_registered', { active: null }, {}],
  ['stale', { created_at: apiHoursAgo(47) }, {}],
  ['no_time', { created_at: null }, {}],
  ['no_time', { created_at: 'soon' }, {}],
  ['ignored_topic', {}, { topics: {} }],
  ['no_consent', {}, { consent: 'require' }],
])('skips as %s the customer with %j and the settings %j', async (reason, changes, own) => {
  expect(await reasonOf(registered(changes, own))).toBe(reason);
});

test.each(['order/paid', 'customer/created'])(
  'skips %s in which the read object is missing',
  async (event) => {
    expect(await reasonOf({ settings: settings(), body: hook(event) })).toBe('unexpected_body');
  },
);
