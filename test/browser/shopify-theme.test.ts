/** The theme's snippet that the guide of Shopify shows, in Chromium: what it writes reaches the event of the order. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { fencedBlocks, readPage } from '../docs/pages.ts';
import {
  choices,
  eventOf,
  type Json,
  partOf,
  reasonOf,
  shopifyOrder,
} from '../support/webhooks/webhook-bodies.ts';
import { launch } from './launch.ts';
import { offline, serve } from './shopify-shop.ts';

const [snippet = ''] = fencedBlocks(readPage('docs/sources/shopify.md'), 'html');

/** Shopify's objects as shopify.dev/docs/api/customer-privacy documents them: customerPrivacy is there once it is loaded. */
const shopPage = (granted: string, path: string): string => `<!doctype html><script>
  window.choice = ${granted};
  window.answers = [];
  const send = window.fetch;
  window.fetch = (...request) => {
    const answer = send(...request);
    window.answers.push(answer);
    return answer;
  };
  const allowed = (name) => () => window.choice === true || window.choice?.[name] === true;
  window.Shopify = {
    routes: { root: ${JSON.stringify(path)} },
    loadFeatures(features, done) {
      window.features = features;
      setTimeout(() => {
        if (window.choice === 'unavailable') return done(new Error('no features'));
        window.Shopify.customerPrivacy = {
          marketingAllowed: allowed('marketing'), saleOfDataAllowed: allowed('sale'),
        };
        done();
        window.isLoaded = true;
      });
    },
  };
</script>${snippet}`;

let browser: Browser;
let server: Awaited<ReturnType<typeof serve>>;
let page: Page;
const posts: { path: string; attributes: Json }[] = [];
const errors: string[] = [];
let choice = 'true';
let root = '/';

beforeAll(async () => {
  server = await serve((request, body) => {
    if (request.method !== 'POST') return { type: 'text/html', body: shopPage(choice, root) };
    posts.push({
      path: request.url ?? '',
      attributes: (JSON.parse(body) as { attributes: Json }).attributes,
    });
    return { type: 'application/json', body: '{}' };
  });
  browser = await launch(offline);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
beforeEach(async () => {
  posts.length = 0;
  errors.length = 0;
  choice = 'true';
  root = '/';
  const context = await browser.newContext();
  await context.addCookies([
    { name: '_ttp', value: '01J.tt.1', url: server.url },
    { name: 'cart', value: 'first', url: server.url },
  ]);
  page = await context.newPage();
  page.on('pageerror', ({ message }) => errors.push(message));
});
afterEach(async () => {
  expect(errors).toEqual([]);
  await page.context().close();
});

async function visit(path = '/'): Promise<Json[]> {
  await page.goto(server.url + path);
  await page.waitForFunction("window.isLoaded === true || window.choice === 'unavailable'");
  return sent();
}

/** What the page wrote, once the shop has answered. */
async function sent(): Promise<Json[]> {
  await page.evaluate('Promise.all(window.answers).then(() => undefined)');
  return posts.map(({ attributes }) => attributes);
}

const granted = { ttclid: 'E.C.P.1', _ttp: '01J.tt.1', tiktok_consent: 'granted' };
const denied = { ttclid: '', _ttp: '', tiktok_consent: 'denied' };

/** The order that the cart becomes. */
const order = (attributes: Json = {}) =>
  shopifyOrder({
    note_attributes: Object.entries(attributes).map(([name, value]) => ({ name, value })),
  });
const settings = { ...choices.shopify, consent: 'require' };

test('the theme writes click id, browser id and consent, which the event of the order has', async () => {
  const [attributes] = await visit('/products/pen?ttclid=E.C.P.1');
  expect(attributes).toEqual(granted);
  const expected = { event_name: 'Purchase', ttclid: 'E.C.P.1', ttp: '01J.tt.1' };
  const event = await eventOf({ settings, topic: 'orders/paid', body: order(attributes) });
  expect(partOf(event, expected)).toEqual(expected);
});

test('the theme asks Shopify for the feature that knows the consent', async () => {
  await visit();
  expect(await page.evaluate('window.features')).toEqual([{ name: 'consent-tracking-api', version: '0.1' }]);
});

test('the theme writes to the cart of the shop in the language of the page', async () => {
  root = '/de/';
  await visit('/de/');
  expect(posts.map(({ path }) => path)).toEqual(['/de/cart/update.js']);
});

test.each(['false', '{ marketing: true }', '{ sale: true }'])(
  'the theme writes only the refusal of a visitor whose choice is %s, and the order is not sent',
  async (refusal) => {
    choice = refusal;
    const [attributes] = await visit('/?ttclid=E.C.P.1');
    expect(attributes).toEqual(denied);
    expect(await page.evaluate("localStorage.getItem('ttclid')")).toBeNull();
    expect(await reasonOf({ settings, topic: 'orders/paid', body: order(attributes) })).toBe('no_consent');
  },
);

test('the theme keeps the click id for later pages, and writes the same to a cart once', async () => {
  await visit('/?ttclid=E.C.P.1');
  await visit('/products/pen');
  expect(await visit('/cart')).toEqual([granted]);
});

test('the theme writes to the cart that follows an order again', async () => {
  await visit('/?ttclid=E.C.P.1');
  await page.context().addCookies([{ name: 'cart', value: 'second', url: server.url }]);
  expect(await visit('/')).toEqual([granted, granted]);
});

const choose = async (decision: boolean): Promise<void> => {
  choice = String(decision);
  await page.evaluate(
    `window.choice = ${decision}; document.dispatchEvent(new CustomEvent('visitorConsentCollected', { detail: {} }))`,
  );
};

test('the theme writes the ids as soon as the visitor agrees', async () => {
  choice = 'false';
  await visit('/?ttclid=E.C.P.1');
  await choose(true);
  expect(await sent()).toEqual([denied, granted]);
});

test('the theme takes the ids back, and forgets the click id, when the visitor withdraws', async () => {
  await visit('/?ttclid=E.C.P.1');
  await choose(false);
  expect(await sent()).toEqual([granted, denied]);
  await visit('/');
  await choose(true);
  expect((await sent()).at(-1)).toEqual({ ...granted, ttclid: '' });
});

test('the theme writes nothing when Shopify cannot say what the visitor chose', async () => {
  choice = "'unavailable'";
  expect(await visit('/?ttclid=E.C.P.1')).toEqual([]);
});

test('the theme writes empty ids for a visitor without any', async () => {
  await page.context().clearCookies();
  expect(await visit('/')).toEqual([{ ttclid: '', _ttp: '', tiktok_consent: 'granted' }]);
});
