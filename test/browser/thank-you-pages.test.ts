/**
 * The snippets of the guides of WooCommerce and Stripe run where a shop runs them: JavaScript in a real Chromium and in
 * Node. There is no PHP here, so a test reads the conditions of the PHP and compares them with the gateway's own.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { runInNewContext } from 'node:vm';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { currencies } from '../../lib/events/currencies.ts';
import { closeServer, listenOnLoopback } from '../../local/loopback-server.ts';
import { fencedBlocks, readPage } from '../docs/pages.ts';
import {
  choices,
  deliver,
  eventOf,
  type Json,
  stripeEvent,
  wooHoursAgo,
  wooOrder,
} from '../support/webhooks/webhook-bodies.ts';
import { launch } from './launch.ts';

const woocommerce = readPage('docs/sources/woocommerce.md');
const stripeGuide = readPage('docs/sources/stripe.md');

/** Answers by path; a page gets the pixel's double, which keeps what it is called with. */
let routes: Readonly<Record<string, (url: URL) => unknown>> = {};
const pixel = '<script>window.calls = []; window.ttq = { track: (...call) => calls.push(call) };</script>';
const html = (content: string, head = pixel): string =>
  `<!doctype html><html><head>${head}</head><body>${content}</body></html>`;

let browser: Browser;
let server: Server;
let origin: string;
let context: BrowserContext | undefined;

beforeAll(async () => {
  server = createServer((request: IncomingMessage, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const answer = Promise.resolve(routes[url.pathname]?.(url));
    void answer.then((content) => {
      if (content === undefined) return response.writeHead(404).end();
      const type = typeof content === 'string' ? 'text/html' : 'application/json';
      return response
        .writeHead(200, { 'content-type': `${type}; charset=utf-8` })
        .end(typeof content === 'string' ? content : JSON.stringify(content));
    });
  });
  const { port } = new URL(await listenOnLoopback(server, 0));
  origin = `http://localhost:${port}`;
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await closeServer(server);
});
afterEach(async () => {
  await context?.close();
  context = undefined;
});

async function newPage(): Promise<Page> {
  context = await browser.newContext();
  return context.newPage();
}

/** Opens a page of the shop. @returns what its scripts called the pixel with */
async function open(page: Page, path: string): Promise<unknown[]> {
  await page.goto(origin + path, { waitUntil: 'networkidle' });
  return page.evaluate('window.calls ?? []');
}

const scriptIn = (block: string): string => block.match(/<script>[\s\S]*?<\/script>/)?.[0] ?? '';

describe('the WooCommerce snippets', () => {
  const [meta = '', thankYou = ''] = fencedBlocks(woocommerce, 'php');
  const echo = '<?php echo wp_json_encode($purchase); ?>';
  const paid = wooOrder();
  const purchase = { id: String(paid.id), value: 29.35, currency: 'USD' };
  const page = (head?: string) => html(scriptIn(thankYou).replace(echo, JSON.stringify(purchase)), head);

  test('send a paid order once, with the id, name, value and currency of the webhook', async () => {
    routes = { '/order-received': () => page() };
    const event = await eventOf({ settings: choices.woocommerce ?? {}, topic: 'order.updated', body: paid });
    const { event_name, event_id, value, currency } = event;
    const tab = await newPage();
    expect(await open(tab, '/order-received')).toEqual([[event_name, { value, currency }, { event_id }]]);
    expect(await open(tab, '/order-received')).toEqual([]);
  });

  test('send the order on a later visit when the pixel was blocked at first', async () => {
    routes = { '/order-received': () => page(''), '/again': () => page() };
    const tab = await newPage();
    expect(await open(tab, '/order-received')).toEqual([]);
    expect(await open(tab, '/again')).toHaveLength(1);
  });

  test('keep the click id of the address in a cookie, which becomes the ttclid of the order', async () => {
    routes = { '/': () => html(scriptIn(meta)) };
    const tab = await newPage();
    await open(tab, '/?ttclid=E.C.P.a-b_1');
    const cookie = (await context?.cookies(origin))?.find(({ name }) => name === 'tiktok_ttclid');
    expect(cookie).toMatchObject({ path: '/', secure: true, sameSite: 'Lax' });
    const body = wooOrder({
      meta_data: [{ id: 1, key: '_ttclid', value: decodeURIComponent(cookie?.value ?? '') }],
    });
    const event = await eventOf({ settings: choices.woocommerce ?? {}, topic: 'order.updated', body });
    expect(event.ttclid).toBe('E.C.P.a-b_1');
    // A later page without the click id keeps the cookie.
    await open(tab, '/');
    expect((await context?.cookies(origin))?.map(({ name }) => name)).toContain('tiktok_ttclid');
  });

  test('write meta that the gateway reads, in both checkouts', () => {
    expect(meta).toContain("add_action('woocommerce_checkout_create_order', 'tiktok_order_meta');");
    expect(meta).toContain(
      "add_action('woocommerce_store_api_checkout_update_order_from_request', 'tiktok_order_meta');",
    );
    expect(meta).toContain("['_ttclid' => 'tiktok_ttclid', '_ttp' => '_ttp']");
    expect(meta).toContain("'_tiktok_consent', $granted ? 'granted' : 'denied'");
    expect(thankYou).toContain("add_action('woocommerce_thankyou', function ($order_id) {");
  });

  test.each([meta, thankYou])('close what they open', (php) => {
    for (const [opened, closed] of ['()', '{}', '[]'])
      expect(php.split(opened ?? '').length).toBe(php.split(closed ?? '').length);
    expect(php.split('?>').length).toBe(php.split('<?php').length);
  });

  /** `if (!$order || !$order->is_paid()) return;` as JavaScript: true for an order that the page does not send. */
  const conditions = Object.fromEntries(
    [...woocommerce.matchAll(/^\| `(\w+)` \| `if \((.+)\) return;` \|$/gm)].map(
      ([, moment = '', php = '']) => [
        moment,
        php.replaceAll('\\|', '|').replaceAll('$', '').replaceAll('->', '.'),
      ],
    ),
  );

  test('show the condition of the default purchase moment', () => {
    expect(Object.keys(conditions)).toEqual(['paid', 'processing', 'placed']);
    expect(thankYou.split('\n')[2]).toContain('if (!$order || !$order->get_date_paid()) return;');
  });

  const states: [string, string, string | null][] = [
    ['pending', 'stripe', null],
    ['failed', 'stripe', null],
    ['cancelled', 'stripe', null],
    ['processing', 'stripe', wooHoursAgo(1)],
    ['completed', 'stripe', wooHoursAgo(1)],
    ['on-hold', 'bacs', null],
    ['processing', 'cod', null],
  ];
  const cases = Object.keys(conditions).flatMap((moment) =>
    states.map((state) => [moment, ...state] as const),
  );

  test.each(cases)(
    'send what the gateway counts as %s: the status %s with %s, paid at %s',
    async (purchaseMoment, status, payment_method, date_paid_gmt) => {
      const order = {
        get_date_paid: () => date_paid_gmt,
        is_paid: () => ['processing', 'completed'].includes(status),
        has_status: (list: string[]) => list.includes(status),
      };
      const isOnPage = runInNewContext(conditions[purchaseMoment] ?? '', { order }) === false;
      const { outcomes } = await deliver({
        settings: { ...choices.woocommerce, purchaseMoment },
        topic: 'order.updated',
        body: wooOrder({ status, payment_method, date_paid_gmt }),
      });
      expect(isOnPage).toBe(outcomes[0]?.kind === 'event');
    },
  );
});

describe('the Stripe snippets', () => {
  const [checkout = '', lookUp = ''] = fencedBlocks(stripeGuide, 'js');
  const [successPage = ''] = fencedBlocks(stripeGuide, 'html');
  type Handler = (request: Json, response: Json) => Promise<void>;

  /** Runs the shop's back end with doubles of Express and Stripe. */
  function backEnd(code: string, sessions: Json): Handler {
    const handlers: Handler[] = [];
    const add = (_path: string, handler: Handler) => handlers.push(handler);
    runInNewContext(code, { app: { get: add, post: add }, stripe: { checkout: { sessions } } });
    const [handler] = handlers;
    if (handler === undefined) throw new Error('no route');
    return handler;
  }

  async function metadataFor(cookies: Json): Promise<Json> {
    const created: Json[] = [];
    const create = async (session: Json) => {
      created.push(session);
      return { url: 'https://checkout.stripe.com/c/pay/cs_1' };
    };
    const redirects: unknown[] = [];
    const headers: Record<string, string> = {
      'user-agent': 'UA',
      referer: 'https://shop.example/cart?key=x',
    };
    await backEnd(checkout, { create })(
      { cookies, ip: '203.0.113.5', get: (name: string) => headers[name], body: { items: [] } },
      { redirect: (...call: unknown[]) => redirects.push(call) },
    );
    expect(redirects).toEqual([[303, 'https://checkout.stripe.com/c/pay/cs_1']]);
    return created[0]?.metadata as Json;
  }
  const settings = choices.stripe ?? {};

  test('give the session what only the browser knows, under names that the gateway reads', async () => {
    const metadata = await metadataFor({ ttclid: 'E.C.P.1', _ttp: 'p-1', tiktok_consent: 'granted' });
    const body = stripeEvent({ metadata });
    expect(await eventOf({ settings: { ...settings, consent: 'require' }, body })).toMatchObject({
      ttclid: 'E.C.P.1',
      ttp: 'p-1',
      ip: '203.0.113.5',
      user_agent: 'UA',
      page_url: 'https://shop.example/cart',
    });
  });

  test('leave out what is not known, and everything but the refusal of a visitor who refused', async () => {
    expect(await metadataFor({})).toEqual({
      ip: '203.0.113.5',
      user_agent: 'UA',
      page_url: 'https://shop.example/cart?key=x',
    });
    expect(await metadataFor({ ttclid: 'E.C.P.1', tiktok_consent: 'denied' })).toEqual({
      tiktok_consent: 'denied',
    });
  });

  /** The session as Stripe returns it is the object of the webhook. */
  const sessionOf = (changes: Json): Json => (stripeEvent(changes).data as { object: Json }).object;

  async function lookedUp(changes: Json): Promise<Json> {
    let answer: Json = {};
    const retrieve = async () => sessionOf(changes);
    await backEnd(lookUp, { retrieve })(
      { query: { session_id: 'cs_1' } },
      { json: (body: Json) => (answer = body) },
    );
    return { ...answer };
  }

  test('send a paid session once, with the id, name, value and currency of the webhook', async () => {
    const changes = { amount_total: 1999, currency: 'eur' };
    routes = { '/success': () => html(successPage), '/purchase': () => lookedUp(changes) };
    const { event_name, event_id, value, currency } = await eventOf({ settings, body: stripeEvent(changes) });
    const tab = await newPage();
    const path = `/success?session_id=${event_id}`;
    expect(await open(tab, path)).toEqual([[event_name, { value, currency }, { event_id }]]);
    expect(await open(tab, path)).toEqual([]);
  });

  test('send no session that is not paid yet', async () => {
    routes = {
      '/success': () => html(successPage),
      '/purchase': () => lookedUp({ payment_status: 'unpaid' }),
    };
    expect(await open(await newPage(), '/success?session_id=cs_1')).toEqual([]);
  });

  test.each([...currencies])('read an amount in %s as the gateway does', async (code) => {
    const changes = { amount_total: 123_450, currency: code.toLowerCase() };
    const { value, currency } = await eventOf({ settings, body: stripeEvent(changes) });
    expect(await lookedUp(changes)).toMatchObject({ value, currency });
  });
});
