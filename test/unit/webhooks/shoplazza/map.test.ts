/** What a Shoplazza order becomes, field by field, where the body is as documented and where parts of it are missing. */
import { expect, test } from 'vitest';
import {
  eventOf,
  type Json,
  nowSeconds,
  outcomeOf,
  partOf,
  reasonOf,
} from '../../../support/webhooks/webhook-bodies.ts';
import { customer, delivery, line, order, placedHoursAgo, shipping } from './order.ts';

test('makes a Purchase of everything that a paid order of Shoplazza knows', async () => {
  expect(await eventOf(delivery())).toEqual({
    event_name: 'Purchase',
    event_id: '11218-00000001',
    event_time: nowSeconds - 3600,
    email: 'bob.norman@example.com',
    phone: '+15026251199',
    external_id: 'ef0318fe-e0ed-4551-a5bc-8b8e36c4f90f',
    first_name: 'Bob',
    last_name: 'Norman',
    city: 'Louisville',
    state: 'KY',
    zip_code: '40202',
    country: 'US',
    ip: '203.0.113.80',
    ttclid: 'E.C.P.9',
    contents: [
      {
        content_id: '5d1c2e7a-1111-4222-8333-444455556666',
        content_name: 'Linen shirt',
        brand: 'Northwind',
        price: 12.34,
        quantity: 2,
      },
    ],
    content_type: 'product',
    order_id: '11218-00000001',
    value: 35.68,
    currency: 'USD',
    page_url: 'https://www.example.com/products/linen-shirt',
    destination: 'default',
  });
});

test('reads an order of Shoplazza that is not wrapped', async () => {
  const bare = { ...delivery(), body: order() };
  expect(await eventOf(bare)).toEqual(await eventOf(delivery()));
});

const noLandings = { last_landing_url: null, landing_site: '' };

test.each<[string, Json, Json, Json]>([
  ['takes the id from its template', {}, { eventId: 'us-{order_number}' }, { event_id: 'us-00000001' }],
  [
    'takes the order id when the template has a gap',
    { number: null },
    { eventId: 'us-{order_number}' },
    { event_id: '11218-00000001' },
  ],
  [
    'takes the e-mail of the shipping address when the customer has none',
    { customer: null },
    {},
    { email: 'bob.shipping@example.com', external_id: undefined, first_name: 'Bob' },
  ],
  [
    'takes the e-mail of the billing address when nothing else has one',
    { customer: null, shipping_address: null },
    {},
    { email: 'bob.billing@example.com' },
  ],
  [
    'prefers the phone of the customer, read with the country of the billing address',
    { customer: { ...customer, phone: '502 555 0142' } },
    {},
    { phone: '+15025550142' },
  ],
  [
    'reads the phone of the customer with the country of the shipping address when there is no other',
    { customer: { ...customer, phone: '502 555 0142' }, billing_address: null },
    {},
    { phone: '+15025550142' },
  ],
  [
    'takes the phone of the billing address when nothing else has one',
    { shipping_address: { ...shipping, country_code: 'DE', phone: null } },
    {},
    { phone: '+15026251199' },
  ],
  [
    'reads the phone of an address with the country of that address',
    { shipping_address: { ...shipping, country_code: 'DE', phone: '030 901820' } },
    {},
    { phone: '+4930901820', country: 'US' },
  ],
  [
    'reads a phone without a country with the country of the destination',
    { billing_address: null, shipping_address: { phone: '0412 345 678' } },
    {},
    { phone: '+61412345678', country: undefined },
  ],
  [
    'takes names from the customer when no address has them',
    { billing_address: [], shipping_address: null },
    {},
    { first_name: 'Bob', last_name: 'Norman', city: undefined },
  ],
  [
    'takes the province when the address has no code',
    { billing_address: { ...shipping, province_code: '' } },
    {},
    { state: 'Kentucky' },
  ],
  ['omits an IP address that is not public', { browser_ip: '192.168.0.1' }, {}, { ip: undefined }],
  [
    'finds the click id on the first landing when the last one has none',
    { last_landing_url: 'https://www.example.com/cart', landing_site: 'https://www.example.com/?ttclid=E.1' },
    {},
    { ttclid: 'E.1', page_url: 'https://www.example.com/cart' },
  ],
  [
    'names the shop as the page when the order has no landing',
    noLandings,
    {},
    { ttclid: undefined, page_url: 'https://example.myshoplaza.com/' },
  ],
  [
    'keeps the path of a landing that holds a key out of the page',
    { ...noLandings, last_landing_url: 'https://www.example.com/orders/7f3a' },
    {},
    { page_url: 'https://www.example.com/' },
  ],
  ['reads an amount that is a number', { total_price: 35.5 }, {}, { value: 35.5, currency: 'USD' }],
  [
    'keeps the value that a refund does not change',
    { total_refund_price: '5.00', financial_status: 'partially_refunded' },
    {},
    { value: 35.68 },
  ],
  ['sends no value without a total', { total_price: null }, {}, { value: undefined, currency: undefined }],
  [
    'omits value and prices in a currency that TikTok does not take',
    { currency: 'XXX' },
    {},
    {
      value: undefined,
      currency: undefined,
      contents: [
        { content_id: line.variant_id, content_name: 'Linen shirt', brand: 'Northwind', quantity: 2 },
      ],
    },
  ],
  ['sends an order without lines', { line_items: [] }, {}, { contents: undefined, content_type: undefined }],
  ['names item groups for product_id', {}, { contentId: 'product_id' }, { content_type: 'product_group' }],
  [
    'takes the time of creation when the order does not say when it was placed',
    { placed_at: null },
    {},
    { event_time: nowSeconds - 7200 },
  ],
  ['sends no event from the future', { placed_at: placedHoursAgo(-1) }, {}, { event_time: nowSeconds }],
])('for an order of Shoplazza, %s', async (_rule, changes, own, expected) => {
  const event = await eventOf({ ...delivery(changes, own), country: 'AU' });
  expect(partOf(event, expected)).toEqual(expected);
});

test.each<[string, Json, string[]]>([
  ['variant_id', {}, [line.variant_id]],
  ['product_id', {}, [line.product_id]],
  ['sku', {}, ['SHIRT-RED-M']],
  ['sku', { sku: '' }, []],
  ['sku_or_variant_id', {}, ['SHIRT-RED-M']],
  ['sku_or_variant_id', { sku: '' }, [line.variant_id]],
])('takes %s of a line with %j as its content id', async (contentId, changes, ids) => {
  const { contents } = await eventOf(delivery({ line_items: [{ ...line, ...changes }] }, { contentId }));
  expect(((contents ?? []) as Json[]).map(({ content_id }) => content_id)).toEqual(ids);
});

test('lets an order of Shoplazza be sent until 47 hours after it was placed, whenever the webhook is repeated', async () => {
  const { notAfterMs } = await outcomeOf(delivery({ placed_at: placedHoursAgo(40) }));
  expect(notAfterMs / 1000).toBe(nowSeconds + 7 * 3600);
});

test('counts the contact data that it cannot use', async () => {
  const unusable = { email: 'by phone', phone: 'by mail' };
  const { omitted } = await outcomeOf(
    delivery({ customer: { id: 'c-1' }, billing_address: null, shipping_address: unusable }),
  );
  expect(omitted).toEqual([
    { field: 'email', code: 'invalid_email' },
    { field: 'phone', code: 'invalid_phone' },
  ]);
});

test('sends no Shoplazza order when consent is required and no mapping says where the choice is', async () => {
  expect(await reasonOf(delivery({}, { consent: 'require' }))).toBe('no_consent');
});

test.each([
  ['granted', 'event'],
  ['denied', 'no_consent'],
])(
  'when consent is required and the mapping finds "%s", the result for a Shoplazza order is %s',
  async (word, result) => {
    const own = { consent: 'require', mapping: { 'source.consent': 'order.note' } };
    expect(await reasonOf(delivery({ note: word }, own))).toBe(result);
  },
);

test('overrides a field of a Shoplazza order with the mapping of the stage file', async () => {
  const event = await eventOf(delivery({ note: 'n' }, { mapping: { description: 'order.note' } }));
  expect(event).toMatchObject({ event_id: '11218-00000001', description: 'n' });
});

test.each<[unknown, string]>([
  ['a, wholesale', 'filtered'],
  ['a, b', 'event'],
  [undefined, 'event'],
])(
  'when the mapping filters by a tag, the result for a Shoplazza order with the tags %j is %s',
  async (tags, result) => {
    const mapping = { 'source.when': "!contains(order.tags || '', 'wholesale')" };
    expect(await reasonOf(delivery({ tags }, { mapping }))).toBe(result);
  },
);
