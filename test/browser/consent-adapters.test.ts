/**
 * The consent adapters that the guide of the browser shows, in Chromium, with stubs of the consent managers: before the choice
 * nothing leaves the page, and each choice reaches the pixel and the collector.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildBrowser } from '../../scripts/browser/browser-script.ts';
import { fencedBlocks, readPage } from '../docs/pages.ts';
import { launch } from './launch.ts';
import { offline, serve } from './shopify-shop.ts';

const guide = readPage('docs/sources/browser.md');

interface Manager {
  /** The consent manager as it is in the page before the adapter. */
  readonly stub: string;
  /** The visitor's choice, as the manager makes it known. */
  readonly choose: (isGranted: boolean) => string;
}

/** A manager whose visitor chose on an earlier page makes the choice known while the page loads. */
const managers: Readonly<Record<string, Manager>> = {
  plain: {
    stub: '',
    choose: (isGranted) => `window.onMarketingConsent(${isGranted})`,
  },
  google: {
    stub: `
      window.dataLayer = window.dataLayer || [];
      window.gtag = function () { dataLayer.push(arguments); };
      gtag('consent', 'default', { ad_storage: 'granted', region: ['US'] });
      gtag('consent', 'default', { ad_storage: 'denied', wait_for_update: 500 });
      dataLayer.push({ event: 'gtm.js' }, function () {}, null);`,
    choose: (isGranted) => `gtag('consent', 'update', { ad_storage: '${isGranted ? 'granted' : 'denied'}' })`,
  },
  tcf: {
    stub: `
      window.listeners = [];
      window.tcData = { eventStatus: 'cmpuishown', gdprApplies: true, purpose: { consents: {} } };
      window.__tcfapi = (command, version, callback) => {
        if (command !== 'addEventListener' || version !== 2) return callback(null, false);
        listeners.push(callback);
        callback(tcData, true);
      };
      window.tcChoose = (consents) => {
        tcData = { eventStatus: 'useractioncomplete', gdprApplies: true, purpose: { consents } };
        for (const listener of listeners) listener(tcData, true);
      };`,
    choose: (isGranted) =>
      isGranted ? 'tcChoose({ 1: true, 3: true, 4: true, 7: true })' : 'tcChoose({ 1: true, 7: true })',
  },
  shopify: {
    stub: `
      window.choice = undefined;
      window.Shopify = {
        loadFeatures(features, done) {
          setTimeout(() => {
            window.Shopify.customerPrivacy = {
              marketingAllowed: () => choice === true, saleOfDataAllowed: () => choice === true,
              currentVisitorConsent: () => {
                const text = choice === undefined ? '' : choice ? 'yes' : 'no';
                return { marketing: text, sale_of_data: text, analytics: text, preferences: text };
              },
            };
            done();
          });
        },
      };`,
    choose: (isGranted) =>
      `choice = ${isGranted}; document.dispatchEvent(new CustomEvent('visitorConsentCollected', { detail: {} }))`,
  },
};

/** TikTok's base code in short, with the line that the guide adds. Its script is not there: calls stay in the list. */
const baseCode = `
  window.TiktokAnalyticsObject = 'ttq';
  const ttq = (window.ttq = window.ttq || []);
  for (const method of ['page', 'track', 'identify', 'holdConsent', 'revokeConsent', 'grantConsent'])
    ttq[method] = (...values) => ttq.push([method, ...values]);
  ttq.holdConsent();`;

let browser: Browser;
let server: Awaited<ReturnType<typeof serve>>;
let page: Page;
let html = '';
let script = '';
let tag: (baseUrl: string) => string;
const posts: string[] = [];
const errors: string[] = [];

beforeAll(async () => {
  const built = await buildBrowser({ consent: 'require', pageViews: false, untouched: ['Purchase'] });
  ({ script, tag } = built);
  server = await serve((request, body) => {
    if (request.url === '/v1/browser.js') return { type: 'text/javascript', body: script };
    if (request.method !== 'POST') return { type: 'text/html', body: html };
    posts.push(body);
    return { type: 'text/plain', body: '' };
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
  page = await (await browser.newContext()).newPage();
  page.on('pageerror', ({ message }) => errors.push(message));
});
afterEach(async () => {
  expect(errors).toEqual([]);
  await page.context().close();
});

/** Opens a page with an event that waits for the choice. */
async function open(name: string, afterStub = '', afterAdapter = ''): Promise<void> {
  const [adapter = ''] = fencedBlocks(guide, `js ${name}`);
  const parts = [
    baseCode,
    `${managers[name]?.stub};${afterStub}`,
    adapter,
    `${afterAdapter};ttq.track('ViewContent')`,
  ];
  html = `<!doctype html><head>${tag(server.url)}${parts
    .map((part) => `<script>{${part}}</script>`)
    .join('\n')}</head>`;
  await page.goto(server.url);
  await settled();
}

/** What the page sent before this request has arrived by its answer. */
const settled = (): Promise<unknown> => page.evaluate("fetch('/settled').then(() => undefined)");

const choose = async (name: string, isGranted: boolean): Promise<void> => {
  await page.evaluate(managers[name]?.choose(isGranted) ?? '');
  await settled();
};

/** The names that left for the collector. */
const sent = (): unknown[] =>
  posts.flatMap((text) => (JSON.parse(text) as { e: { n: string }[] }).e.map(({ n }) => n));
const lastConsent = (): Promise<unknown> =>
  page.evaluate('[...ttq].map(([method]) => method).filter((method) => /Consent$/.test(method)).at(-1)');
const stored = (): Promise<unknown> =>
  page.evaluate('[document.cookie, sessionStorage.length, localStorage.length]');

test('the guide has an adapter for each of the consent managers', () => {
  for (const name of Object.keys(managers)) expect(fencedBlocks(guide, `js ${name}`)).toHaveLength(1);
});

describe.each(Object.keys(managers))('the adapter %s', (name) => {
  test('sends and stores nothing before the visitor has chosen', async () => {
    await open(name);
    expect(posts).toEqual([]);
    expect(await stored()).toEqual(['', 0, 0]);
    expect(await lastConsent()).toBe('holdConsent');
  });

  test('grants the pixel and the collector when the visitor agrees', async () => {
    await open(name);
    await choose(name, true);
    await page.evaluate("ttq.track('AddToCart')");
    await settled();
    await expect.poll(sent).toContain('AddToCart');
    expect(await lastConsent()).toBe('grantConsent');
  });

  test('sends nothing when the visitor declines', async () => {
    await open(name);
    await choose(name, false);
    await page.evaluate("ttq.track('AddToCart')");
    await settled();
    expect(posts).toEqual([]);
    expect(await lastConsent()).toBe('revokeConsent');
  });

  test('stops when the visitor withdraws', async () => {
    await open(name);
    await choose(name, true);
    await choose(name, false);
    const before = posts.length;
    await page.evaluate("ttq.track('AddToCart')");
    await settled();
    expect(posts).toHaveLength(before);
    expect(await lastConsent()).toBe('revokeConsent');
  });
});

describe.each(['google', 'tcf', 'shopify'])('the adapter %s, on the page after the choice', (name) => {
  const choice = {
    google: "gtag('consent', 'update', { ad_storage: 'granted' })",
    tcf: "tcData = { eventStatus: 'tcloaded', gdprApplies: true, purpose: { consents: { 1: true, 3: true, 4: true, 7: true } } }",
    shopify: 'choice = true',
  }[name];

  test('grants while the page loads, and sends what waited', async () => {
    await open(name, choice);
    await expect.poll(sent).toEqual(['ViewContent']);
    expect(await lastConsent()).toBe('grantConsent');
  });
});

test('the adapter google does not take a default for a choice', async () => {
  await open('google', "gtag('consent', 'default', { ad_storage: 'granted' })");
  expect(posts).toEqual([]);
});

test('the adapter google sees a choice when a tag manager has replaced push', async () => {
  const replace =
    'const inner = dataLayer.push; dataLayer.push = (...given) => inner.apply(dataLayer, given)';
  await open('google', '', replace);
  await choose('google', true);
  await expect.poll(sent).toEqual(['ViewContent']);
});

test('the adapter google ignores a choice about analytics alone', async () => {
  await open('google');
  await page.evaluate("gtag('consent', 'update', { analytics_storage: 'granted' })");
  await settled();
  expect(posts).toEqual([]);
});

test('the adapter tcf grants where the GDPR does not apply', async () => {
  await open('tcf', "tcData = { eventStatus: 'tcloaded', gdprApplies: false }");
  await expect.poll(sent).toEqual(['ViewContent']);
});

test.each([1, 3, 4, 7])('the adapter tcf needs purpose %i', async (missing) => {
  await open('tcf');
  await page.evaluate(`tcChoose({ 1: true, 3: true, 4: true, 7: true, ${missing}: false })`);
  await settled();
  expect(posts).toEqual([]);
});

test('a page without a TCF manager keeps waiting, and throws nothing', async () => {
  await open('tcf', 'delete window.__tcfapi');
  expect(posts).toEqual([]);
  expect(await lastConsent()).toBe('holdConsent');
});
