/** The snippets that the guides of BigCommerce and Nuvemshop show, in Chromium, on pages with what those platforms put there. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { closeServer, listenOnLoopback } from '../../local/loopback-server.ts';
import { fencedBlocks, readPage } from '../docs/pages.ts';
import { eventOf, type Json } from '../support/webhooks/webhook-bodies.ts';
import {
  order as bigcommerceOrder,
  settings as bigcommerceSettings,
  products,
  statusHook,
} from '../unit/webhooks/bigcommerce/bodies.ts';
import {
  hook as nuvemshopHook,
  order as nuvemshopOrder,
  settings as nuvemshopSettings,
} from '../unit/webhooks/nuvemshop/bodies.ts';
import { launch } from './launch.ts';

const [confirmation = '', checkout = ''] = fencedBlocks(readPage('docs/sources/bigcommerce.md'), 'html');
const [theme = '', conversion = ''] = fencedBlocks(readPage('docs/sources/nuvemshop.md'), 'html');

const pixel = '<script>window.calls = []; window.ttq = { track: (...call) => calls.push(call) };</script>';

let browser: Browser;
let server: Server;
let origin: string;
let context: BrowserContext;
let html = '';
let answer: unknown;
const posts: URLSearchParams[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    if (request.method === 'POST') posts.push(new URLSearchParams(await read(request)));
    const isApi = request.url?.startsWith('/api/') === true;
    const type = isApi ? 'application/json' : 'text/html; charset=utf-8';
    response.writeHead(200, { 'content-type': type }).end(isApi ? JSON.stringify(answer) : html);
  });
  origin = await listenOnLoopback(server, 0);
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await closeServer(server);
});
afterEach(async () => {
  await context?.close();
  posts.length = 0;
});

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function open(content: string, path = '/'): Promise<Page> {
  html = `<!doctype html><html><head>${pixel}</head><body>${content}</body></html>`;
  context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(origin + path, { waitUntil: 'networkidle' });
  return page;
}

const calls = (page: Page) => page.evaluate('calls') as Promise<[string, Json, Json][]>;
const keyOf = (event: Json) => [event.event_name, event.event_id];

describe('BigCommerce', () => {
  /** The Storefront Orders API, as its reference describes it. */
  const placed = (changes: Json = {}): Json => ({
    orderId: 250,
    cartId: 'a8458391-ef68-4fe5-9ec1-442e6a767364',
    currency: { name: 'US Dollars', code: 'USD', symbol: '$', decimalPlaces: 2 },
    orderAmount: 54.95,
    status: 'AWAITING_FULFILLMENT',
    lineItems: {
      physicalItems: [
        {
          id: '1',
          productId: 77,
          variantId: 178,
          sku: '',
          name: 'Fog Linen Towel',
          quantity: 3,
          salePrice: 16.65,
        },
      ],
      digitalItems: [],
      giftCertificates: [{ name: 'Gift card', amount: 5 }],
    },
    ...changes,
  });
  // Stencil fills the placeholder when it renders the page.
  const page = (own = confirmation) => own.replaceAll('{{checkout.order.id}}', '250');

  test('sends the order under the name and the id of its webhook, with value and contents', async () => {
    answer = placed();
    const [call] = await calls(await open(page()));
    const event = await eventOf({
      settings: bigcommerceSettings(),
      body: { ...statusHook(), order: bigcommerceOrder(), products: products({ sku: '' }) },
    });
    const [content] = event.contents as Json[];
    expect([call?.[0], call?.[2].event_id]).toEqual(keyOf(event));
    expect(call?.[1]).toEqual({
      value: event.value,
      currency: event.currency,
      contents: [
        { content_id: content?.content_id, content_name: 'Fog Linen Towel', price: 16.65, quantity: 3 },
      ],
      content_type: event.content_type,
    });
  });

  test.each([
    ['AWAITING_PAYMENT', 'paid', 0],
    ['MANUAL_VERIFICATION_REQUIRED', 'paid', 0],
    ['AWAITING_PAYMENT', 'placed', 1],
    ['INCOMPLETE', 'placed', 0],
    ['PENDING', 'paid', 0],
  ])('sends an order with the status %s and the moment %s %s times', async (status, moment, times) => {
    answer = placed({ status });
    const own = confirmation.replace("purchaseMoment = 'paid'", `purchaseMoment = '${moment}'`);
    expect(await calls(await open(page(own)))).toHaveLength(times);
  });

  test('sends a started checkout under the id of its webhook', async () => {
    const webhook = { ...statusHook(), scope: 'store/order/created', data: { type: 'order', id: 250 } };
    const event = await eventOf({
      settings: bigcommerceSettings(),
      body: { ...webhook, order: bigcommerceOrder({ status_id: 0 }), products: [] },
    });
    const [call] = await calls(await open(checkout.replaceAll('{{checkout.id}}', String(event.event_id))));
    expect([call?.[0], call?.[2].event_id]).toEqual(keyOf(event));
  });
});

describe('Nuvemshop', () => {
  /** The page after the purchase, as tiendanube.github.io/api-documentation/resources/script describes its object LS. */
  const thanks = (
    currency: string,
    order = '{ id: 871254203, number: 306, total: 540000, gateway: "offline" }',
  ) =>
    `<script>window.LS = {
      store: { id: 817495 }, lang: 'pt_BR', currency: ${currency}, customer: null, order: ${order},
      cart: { subtotal: 600000, items: [{ id: 426215948, name: 'Mesa de Roble', unit_price: 300000, quantity: 2 }] },
    };</script>${conversion}`;

  test.each(["'BRL'", "{ code: 'BRL', display_short: 'R$' }"])(
    'sends the order under the name and the id of its webhook when the page’s currency is %s',
    async (currency) => {
      const [call] = await calls(await open(thanks(currency)));
      const settings = nuvemshopSettings({ purchaseMoment: 'placed' });
      const event = await eventOf({
        settings,
        body: { ...nuvemshopHook('order/created'), order: nuvemshopOrder() },
      });
      expect([call?.[0], call?.[2].event_id]).toEqual(keyOf(event));
      expect(call?.[1]).toEqual({
        value: event.value,
        currency: event.currency,
        contents: event.contents,
        content_type: event.content_type,
      });
    },
  );

  test('sends nothing and breaks nothing on a page without an order', async () => {
    expect(await calls(await open(thanks("'BRL'", 'undefined')))).toEqual([]);
    expect(await calls(await open(conversion))).toEqual([]);
  });

  /** The cart of the public base theme. */
  const cart = (own = theme) => `
    <form action="/comprar/" method="post" data-store="cart-form">
      <input name="go_to_checkout" type="submit" value="Iniciar Compra"></form>
    <form action="/search/" method="post" id="search"><input type="submit" value="Buscar"></form>${own}`;

  /** Goes to the checkout. @returns what the form took along */
  async function buy(page: Page, button = '[name=go_to_checkout]') {
    await page.click(button);
    await page.waitForLoadState('networkidle');
    return Object.fromEntries(posts.at(-1) ?? []);
  }

  test('adds the click id of the landing, the browser id and the choice to the form of the cart, and to no other', async () => {
    const page = await open(cart(), '/produtos/?ttclid=E.C.P.1');
    await page.evaluate("document.cookie = '_ttp=p-1; path=/'");
    await page.goto(`${origin}/carrinho/`);
    const fields = await buy(page);
    expect(fields).toMatchObject({
      'extra[ttclid]': 'E.C.P.1',
      'extra[_ttp]': 'p-1',
      'extra[tiktok_consent]': 'granted',
    });
    const extra = Object.fromEntries(
      Object.entries(fields).flatMap(([name, value]) => {
        const [, key] = /^extra\[(.+)\]$/.exec(name) ?? [];
        return key === undefined ? [] : [[key, value]];
      }),
    );
    const event = await eventOf({
      settings: nuvemshopSettings({ consent: 'require' }),
      body: { ...nuvemshopHook('order/paid'), order: nuvemshopOrder({ extra }) },
    });
    expect(event).toMatchObject({ ttclid: 'E.C.P.1', ttp: 'p-1' });
    expect(await buy(page, '#search input')).toEqual({});
  });

  test('writes only the refusal of a visitor who refused, and forgets the click id', async () => {
    const page = await open(cart(), '/?ttclid=E.C.P.1');
    html = cart(theme.replace("'granted';", "'denied';"));
    await page.goto(`${origin}/?ttclid=E.C.P.2`);
    const fields = await buy(page);
    expect(Object.keys(fields).filter((name) => name.startsWith('extra'))).toEqual(['extra[tiktok_consent]']);
    expect(fields['extra[tiktok_consent]']).toBe('denied');
    expect(await page.evaluate("localStorage.getItem('ttclid')")).toBeNull();
  });
});
