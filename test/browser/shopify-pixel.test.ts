/** The custom pixel that the guide of Shopify shows, in Chromium: its events are those of the gateway's webhooks. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { fencedBlocks, readPage } from '../docs/pages.ts';
import {
  choices,
  eventOf,
  type Json,
  reasonOf,
  shopifyCheckout,
  shopifyOrder,
} from '../support/webhooks/webhook-bodies.ts';
import { launch } from './launch.ts';
import { type Call, offline, openPixel, type PixelPage, sandboxPages, serve } from './shopify-shop.ts';

const [snippet = ''] = fencedBlocks(readPage('docs/sources/shopify.md'), 'js');
const codes: Readonly<Record<string, string>> = {
  paid: snippet,
  placed: snippet.replace("purchaseMoment = 'paid'", "purchaseMoment = 'placed'"),
  group: snippet
    .replace('(variant) => variant.id', '(variant) => variant.product.id')
    .replace("contentType = 'product'", "contentType = 'product_group'"),
  sku: snippet.replace('(variant) => variant.id', '(variant) => variant.sku'),
};

const granted = {
  analyticsProcessingAllowed: true,
  marketingAllowed: true,
  preferencesProcessingAllowed: true,
  saleOfDataAllowed: true,
};
const refused = { ...granted, marketingAllowed: false, saleOfDataAllowed: false };

let browser: Browser;
const servers: Record<string, Awaited<ReturnType<typeof serve>>> = {};
let opened: PixelPage | undefined;

beforeAll(async () => {
  for (const [name, code] of Object.entries(codes)) servers[name] = await serve(sandboxPages(code));
  browser = await launch(offline);
});
afterAll(async () => {
  await browser?.close();
  for (const server of Object.values(servers)) await server.close();
});
afterEach(async () => {
  expect(opened?.errors).toEqual([]);
  await opened?.page.close();
  opened = undefined;
});

async function open(privacy: unknown = granted, code = 'paid'): Promise<PixelPage> {
  opened = await openPixel(browser, servers[code]?.url ?? '', privacy);
  return opened;
}

/** What Shopify's customer events say of the body that its webhook sends. */
const pixelCheckout = (body: Json, changes: Json = {}): Json => ({
  token: body.checkout_token ?? body.token,
  currencyCode: body.currency,
  email: 'robin.walker@example.com',
  phone: '+61491570006',
  billingAddress: { firstName: 'Robin', lastName: 'Walker', city: 'Canberra', zip: '2601' },
  lineItems: (body.line_items as Json[]).map((line) => ({
    id: String(line.variant_id),
    title: line.title,
    quantity: line.quantity,
    discountAllocations: [],
    variant: {
      id: String(line.variant_id),
      sku: line.sku || null,
      title: line.variant_title,
      price: { amount: Number(line.price), currencyCode: body.currency },
      product: { id: String(line.product_id), title: line.title, vendor: line.vendor, type: '' },
    },
  })),
  order: { id: '2998557704341', customer: { id: '4206822293653', isFirstOrder: true } },
  totalPrice: { amount: Number(body.total_price), currencyCode: body.currency },
  transactions: [
    { amount: {}, gateway: 'shopify_payments', paymentMethod: { name: '', type: 'creditCard' } },
  ],
  ...changes,
});

const tracked = (calls: readonly Call[]) => calls.filter(([method]) => method === 'track');

/** The pixel's call for the event of a webhook. */
const callFor = (event: Json): Call => [
  'track',
  event.event_name,
  {
    value: event.value,
    currency: event.currency,
    content_type: event.content_type,
    contents: (event.contents as Json[] | undefined)?.map(({ brand: _, ...content }) => content) ?? [],
  },
  { event_id: event.event_id },
];

const settings = choices.shopify ?? {};

test('the pixel sends the InitiateCheckout of checkouts/create under the same id, with the same value', async () => {
  const { publish, calls } = await open();
  await publish('checkout_started', pixelCheckout(shopifyCheckout()));
  for (const topic of ['checkouts/create', 'checkouts/update'])
    expect(tracked(await calls())).toEqual([
      callFor(await eventOf({ settings, topic, body: shopifyCheckout() })),
    ]);
});

test('the pixel sends the Purchase of orders/paid under the same id, with the same value and products', async () => {
  const { publish, calls } = await open();
  await publish('checkout_completed', pixelCheckout(shopifyOrder()));
  const event = await eventOf({ settings, topic: 'orders/paid', body: shopifyOrder() });
  expect(event).toMatchObject({
    event_id: '640ac4541c951dfd7641899c3102c0b1',
    value: 59.45,
    currency: 'AUD',
  });
  expect(tracked(await calls())).toEqual([callFor(event)]);
});

test('the pixel sends what the buyer saw, like the source whose money is presentment', async () => {
  const seen = { amount: '38.64', currency_code: 'USD' };
  const [line] = shopifyOrder().line_items as Json[];
  const price_set = { presentment_money: { amount: '29.22', currency_code: 'USD' } };
  const body = shopifyOrder({
    total_price_set: { presentment_money: seen },
    line_items: [{ ...line, price_set }],
  });
  const { publish, calls } = await open();
  const dollars = {
    ...body,
    currency: 'USD',
    total_price: '38.64',
    line_items: [{ ...line, price: '29.22' }],
  };
  await publish('checkout_completed', pixelCheckout(dollars));
  const own = { ...settings, money: 'presentment' };
  expect(tracked(await calls())).toEqual([
    callFor(await eventOf({ settings: own, topic: 'orders/paid', body })),
  ]);
});

test.each([
  ['group', 'product_id'],
  ['sku', 'sku'],
])(
  'the pixel with the content ids of %s sends the contents of the source with %s',
  async (code, contentId) => {
    const lines = (shopifyOrder().line_items as Json[]).map((line) => ({ ...line, sku: 'KAWECO-F' }));
    const noId = { ...lines[0], product_id: null, sku: '' };
    const body = shopifyOrder({ line_items: [...lines, noId] });
    const checkout = pixelCheckout(shopifyOrder({ line_items: lines }));
    const withoutVariant = { title: 'Gift', quantity: 1, variant: null };
    const lineItems = [...(checkout.lineItems as Json[]), withoutVariant];
    const { publish, calls } = await open(granted, code);
    await publish('checkout_completed', { ...checkout, lineItems });
    expect(tracked(await calls())).toEqual([
      callFor(await eventOf({ settings: { ...settings, contentId }, topic: 'orders/paid', body })),
    ]);
  },
);

test("the pixel loads TikTok's script once, for its own pixel, and counts one page view", async () => {
  const { publish, calls, requests } = await open();
  await publish('checkout_started', pixelCheckout(shopifyCheckout()));
  await publish('checkout_completed', pixelCheckout(shopifyOrder()));
  const all = await calls();
  expect(all.map(([method]) => method)).toEqual(['page', 'track', 'track']);
  expect(requests).toEqual([
    'https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=YOUR_PIXEL_CODE&lib=ttq',
  ]);
});

test("the pixel leaves the objects that TikTok's script reads", async () => {
  const { calls, frame } = await open();
  await calls();
  expect(
    await frame.evaluate(`({
      names: ttq.methods, url: ttq._i.YOUR_PIXEL_CODE._u, options: ttq._o.YOUR_PIXEL_CODE,
      loadedAt: typeof ttq._t.YOUR_PIXEL_CODE, own: ttq.instance('YOUR_PIXEL_CODE').track('X') && ttq._i.YOUR_PIXEL_CODE.length,
    })`),
  ).toEqual({
    names: expect.arrayContaining(['page', 'track', 'identify', 'instances', 'grantConsent']),
    url: 'https://analytics.tiktok.com/i18n/pixel/events.js',
    options: {},
    loadedAt: 'number',
    own: 1,
  });
});

test('the pixel sends nothing of a checkout without a token, and no value without a total', async () => {
  const { publish, calls } = await open();
  await publish('checkout_started', pixelCheckout(shopifyCheckout(), { token: null }));
  await publish('checkout_started', pixelCheckout(shopifyCheckout(), { totalPrice: null, lineItems: [] }));
  expect(tracked(await calls())).toEqual([
    [
      'track',
      'InitiateCheckout',
      { content_type: 'product', contents: [] },
      { event_id: shopifyCheckout().token },
    ],
  ]);
});

test('the pixel sends no personal data', async () => {
  const { publish, calls, requests } = await open();
  await publish('checkout_started', pixelCheckout(shopifyCheckout()));
  await publish('checkout_completed', pixelCheckout(shopifyOrder()));
  const sent = JSON.stringify([await calls(), requests]);
  for (const personal of ['robin', 'walker', '491570006', 'canberra', '2601', '4206822293653'])
    expect(sent.toLowerCase()).not.toContain(personal);
});

describe('an order that is not paid', () => {
  const unpaid = (type: string) =>
    pixelCheckout(shopifyOrder(), { transactions: [{ gateway: '', paymentMethod: { name: '', type } }] });
  const pending = shopifyOrder({ financial_status: 'pending' });

  test.each(['paymentOnDelivery', 'manualPayment', 'deferred'])(
    'is no Purchase of the pixel when paid orders count: %s',
    async (type) => {
      const { publish, calls } = await open();
      await publish('checkout_completed', unpaid(type));
      expect(tracked(await calls())).toEqual([]);
      expect(await reasonOf({ settings, topic: 'orders/paid', body: pending })).toBe('unpaid');
    },
  );

  test.each(['paymentOnDelivery', 'manualPayment', 'deferred', 'creditCard'])(
    'is a Purchase of pixel and webhook when placed orders count: %s',
    async (type) => {
      const { publish, calls } = await open(granted, 'placed');
      await publish('checkout_completed', unpaid(type));
      const own = { ...settings, purchaseMoment: 'placed' };
      expect(tracked(await calls())).toEqual([
        callFor(await eventOf({ settings: own, topic: 'orders/create', body: pending })),
      ]);
    },
  );

  test.each([[[]], [undefined], [[{ gateway: 'x' }]], [[{ paymentMethod: { type: 'wallet' } }]]])(
    'is recognized by its transactions only: %j',
    async (transactions) => {
      const { publish, calls } = await open();
      await publish('checkout_completed', { ...pixelCheckout(shopifyOrder()), transactions });
      expect(tracked(await calls())).toHaveLength(1);
    },
  );
});

describe('consent', () => {
  const started = () => pixelCheckout(shopifyCheckout());
  const completed = () => pixelCheckout(shopifyOrder());

  test.each([
    ['refused', refused],
    ['refused for marketing only', { ...granted, marketingAllowed: false }],
    ['refused for the sale of data only', { ...granted, saleOfDataAllowed: false }],
    ['not known', {}],
    ['not there', null],
  ])('keeps the pixel silent when it is %s', async (_choice, privacy) => {
    const { publish, calls, requests } = await open(privacy);
    await publish('checkout_started', started());
    await publish('checkout_completed', completed());
    expect(await calls()).toEqual([]);
    expect(requests).toEqual([]);
  });

  test.each([[refused], [{ ...granted, saleOfDataAllowed: false }], [{}]])(
    'that comes later sends what happened before, once: %j',
    async (privacy) => {
      const { publish, consent, calls, requests } = await open(privacy);
      await publish('checkout_started', started());
      expect(requests).toEqual([]);
      await consent(granted);
      await publish('checkout_completed', completed());
      await consent(granted);
      expect(tracked(await calls()).map(([, name]) => name)).toEqual(['InitiateCheckout', 'Purchase']);
      expect(requests).toHaveLength(1);
    },
  );

  test.each([
    ['refused', refused],
    ['granted for marketing only', { ...granted, saleOfDataAllowed: false }],
    ['granted for the sale of data only', { ...granted, marketingAllowed: false }],
  ])('that is %s later drops what happened before, and all that follows', async (_choice, refusal) => {
    const { publish, consent, calls, requests } = await open(refused);
    await publish('checkout_started', started());
    await consent(refusal);
    await publish('checkout_completed', completed());
    await consent(granted);
    expect(tracked(await calls())).toEqual([]);
    expect(requests).toHaveLength(1);
  });

  test('that is withdrawn stops the pixel', async () => {
    const { publish, consent, calls } = await open();
    await publish('checkout_started', started());
    await consent(refused);
    await publish('checkout_completed', completed());
    expect(tracked(await calls()).map(([, name]) => name)).toEqual(['InitiateCheckout']);
  });
});
