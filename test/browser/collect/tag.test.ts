/** The tag and the script as pages get them: small, early, harmless, and admitted by strict policies. */
import { createHash } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildBrowser } from '../../../scripts/browser/browser-script.ts';
import { eventually } from '../../support/eventually.ts';
import { launch } from '../launch.ts';
import { baseCode, head, script, usualPage } from './shop/pages.ts';
import { type Flow, type Shop, startShop, usual } from './shop/shop.ts';
import { offline, ready, settled, visit } from './shop/visit.ts';

let browser: Browser;
let shop: Shop;
beforeAll(async () => {
  [browser, shop] = await Promise.all([launch(offline), startShop()]);
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

const fiveCalls = Array.from({ length: 5 }, (_, index) => `ttq.track('E${index}', { value: ${index} })`).join(
  ';',
);

/** What every built-in platform sends by itself, and the names that mappings most often give. */
const allNames = [
  ...['AddPaymentInfo', 'AddToCart', 'CompletePayment', 'CompleteRegistration', 'InitiateCheckout', 'Lead'],
  ...['PlaceAnOrder', 'Purchase', 'StartTrial', 'Subscribe'],
];

test.each([
  { ...usual, pageViews: false, consent: 'always' as const },
  { ...usual, pageViews: true, consent: 'require' as const },
  { pageViews: true, consent: 'require' as const, untouched: allNames },
])('keeps the script below 2,500 bytes on the wire and the tag below 1,800 bytes: %j', async (settings) => {
  const { script: text, tag } = await buildBrowser(settings);
  expect(brotliCompressSync(text).byteLength).toBeLessThanOrEqual(2_300);
  expect(gzipSync(text, { level: 9 }).byteLength).toBeLessThanOrEqual(2_500);
  expect(Buffer.byteLength(tag('https://events.shop.example'))).toBeLessThanOrEqual(1_800);
});

test('builds the same script with the same hash for the same settings, and another for others', async () => {
  const [one, same, other] = await Promise.all([
    buildBrowser(usual),
    buildBrowser(usual),
    buildBrowser({ ...usual, untouched: ['</script>', '<!--'] }),
  ]);
  expect([same.script, same.hash]).toEqual([one.script, one.hash]);
  expect(other.hash).not.toBe(one.hash);
  expect(one.hash).toBe(createHash('sha256').update(one.script).digest('hex').slice(0, 16));
  expect(other.tag('/').match(/<\/script>|<!--/g)).toEqual(['</script>', '</script>']);
});

test.concurrent("catches all calls when TikTok's script is cached and ours comes 100 ms late", async () => {
  const flow = await shop.flow({ html: usualPage(fiveCalls), scriptDelayMs: 100 });
  const { page, close } = await visit(browser, `${flow.url}/`);
  await settled(flow, 5, 6);
  for (let index = 1; index < 12; index++) {
    await page.goto(`${flow.url}/page${index}`);
    await settled(flow, 5 * (index + 1), 6 * (index + 1));
  }
  const ids = flow.copies.filter(({ event }) => event !== 'Pageview').map(({ event_id }) => event_id);
  expect(
    flow
      .events()
      .map(({ i }) => i)
      .sort(),
  ).toEqual(ids.sort());
  expect(new Set(ids).size).toBe(60);
  await close();
});

/** Scripts only by nonce, no text as a script's address, no connection but to the collector and the pixel. */
const strict = (flow: Pick<Flow, 'collector'>, more = ''): string =>
  `default-src 'self'; script-src 'nonce-abc' 'strict-dynamic'; connect-src 'self' ${new URL(flow.collector).origin}; ${more}`;

test.concurrent.each([
  ['a policy of nonces with strict-dynamic', ''],
  ['Trusted Types', "require-trusted-types-for 'script'; trusted-types 'none'"],
])('sends under %s', async (_, more) => {
  const headers: Record<string, string> = {};
  const flow = await shop.flow({
    nonce: 'abc',
    headers,
    html: (tag) => head(tag, script("tiktokEvents.track('Early', {})", 'abc')),
  });
  headers['content-security-policy'] = strict(flow, more);
  const { page, errors, close } = await visit(browser, `${flow.url}/`);
  await ready(page);
  await page.evaluate("tiktokEvents.track('Late', {})");
  await settled(flow, 2);
  expect(errors).toEqual([]);
  await close();
});

test.concurrent('sends from the address with the hash, whose integrity the browser checks', async () => {
  const flow = await shop.flow({
    html: (_, { built, collector }) =>
      head(
        built
          .snippet(`${collector}/v1/browser/${built.hash}.js`)
          .replace(' async ', ` integrity="${built.integrity}" async `),
        script("tiktokEvents.track('Early', {})"),
      ),
  });
  const { close } = await visit(browser, `${flow.url}/`);
  await settled(flow, 1);
  await close();
});

test.concurrent('catches each call once when the tag is in the page twice', async () => {
  const flow = await shop.flow({
    html: (tag, own) => head(tag, script(baseCode(own)), script("ttq.track('Early', {})"), tag),
  });
  const { page, close } = await visit(browser, `${flow.url}/`);
  await settled(flow, 1, 2);
  await page.evaluate("ttq.track('Late', {})");
  await settled(flow, 2, 3);
  expect(flow.events().map(({ n }) => n)).toEqual(['Early', 'Late']);
  await close();
});

test.concurrent('sends without the inline part what is called after the script has come', async () => {
  const flow = await shop.flow({
    html: (_, own) =>
      head(
        script(baseCode(own, 'object')),
        `<script src="${own.collector}/v1/browser.js"></script>`,
        script(fiveCalls),
      ),
  });
  const { close } = await visit(browser, `${flow.url}/`);
  await settled(flow, 5, 6);
  await close();
});

test.concurrent('sends each page view once for its path and query, on both ways with one id', async () => {
  const flow = await shop.flow({
    pageViews: true,
    html: (tag, own) =>
      head(tag, script(baseCode(own, 'methods', '{ historyObserver: false }').replace('ttq.page();', ''))),
  });
  const { page, errors, close } = await visit(browser, `${flow.url}/`);
  await settled(flow, 1, 1);
  await page.evaluate(`
    history.pushState(null, '', 'a?x=1'); history.replaceState(null, '', 'a?x=1'); history.pushState(null, '', 'a?x=1#part');
    location.hash = 'other'; history.pushState(null, '', 'a?x=2');`);
  await settled(flow, 3, 3);
  await page.goBack();
  await page.goBack();
  await settled(flow, 4, 4);
  const sent = flow.requests.filter(({ post }) => post.e.length > 0);
  const views = sent.map(({ post }) => post.u?.slice(flow.url.length));
  expect(views).toEqual(['/', '/a?x=1', '/a?x=2', '/a?x=1']);
  expect(flow.events().map(({ n, i }) => [n, i])).toEqual(
    flow.copies.map(({ event, event_id }) => [event, event_id]),
  );
  expect(errors).toEqual([]);
  await close();
});

test.concurrent('sends no page view, and no event by itself, where page views are off', async () => {
  const flow = await shop.flow({ html: usualPage('') });
  const { page, close } = await visit(browser, `${flow.url}/`);
  await ready(page);
  await page.evaluate("history.pushState(null, '', 'a')");
  await settled(flow, 0, 2);
  expect(flow.events()).toEqual([]);
  expect(flow.copies.map(({ event, event_id }) => [event, event_id])).toEqual([
    ['Pageview', ''],
    ['Pageview', ''],
  ]);
  await close();
});

test.concurrent('moves nothing on the page and blocks nothing while the script is late', async () => {
  const flow = await shop.flow({ html: usualPage(fiveCalls, 'blocked'), scriptDelayMs: 400 });
  const { page, close } = await visit(browser, `${flow.url}/`);
  const parsed = await page.evaluate<boolean>(
    "new Promise((done) => { if (document.readyState !== 'loading') done(Array.isArray(tiktokEvents.q)); else addEventListener('DOMContentLoaded', () => done(Array.isArray(tiktokEvents.q))) })",
  );
  await settled(flow, 5);
  const shifts = await page.evaluate<number>(
    // What moves before the script arrives, such as a button whose font loads, is not the script's doing.
    `new Promise((done) => {
      const arrived = performance.getEntriesByType('resource').find(({ name }) => name.includes('browser.js')).responseEnd;
      const isLater = ({ startTime }) => startTime >= arrived;
      new PerformanceObserver((list) => done(list.getEntries().filter(isLater).length)).observe({ type: 'layout-shift', buffered: true });
      setTimeout(() => done(0), 50);
    })`,
  );
  expect([typeof parsed, shifts]).toEqual(['boolean', 0]);
  await close();
});

test.concurrent('leaves the page alone when the script is blocked', async () => {
  const flow = await shop.flow({
    html: (_, own) =>
      head(own.built.snippet(`/${own.id}/blocked/loader.js`), script(baseCode(own)), script(fiveCalls)),
  });
  const { errors, close } = await visit(browser, `${flow.url}/`);
  await eventually(() => flow.copies.length === 6);
  expect([flow.events(), errors]).toEqual([[], []]);
  await close();
});

/** Counts what makes a page wait for another process of the browser. */
const probe = `window.waits = [];
  { const inner = fetch; fetch = (...given) => { waits.push('fetch'); return inner(...given) } }
  for (const [key, owner] of [['cookie', Document.prototype], ['sessionStorage', window]]) {
    const { get } = Object.getOwnPropertyDescriptor(owner, key);
    Object.defineProperty(key === 'cookie' ? document : window, key, { get() { waits.push(key); return get.call(this) } });
  }`;

test('waits for nothing at its start, then sends five waiting calls after one look at the cookies', async () => {
  const flow = await shop.flow({
    html: (tag, own) => head(script(probe), tag, script(baseCode(own, 'blocked')), script(fiveCalls)),
    wrap: (text) =>
      `performance.mark('start');${text};performance.measure('script', 'start');window.atStart = waits.length;`,
  });
  const times: number[] = [];
  for (let index = 0; index < 9; index++) {
    const { page, close } = await visit(browser, `${flow.url}/`);
    await ready(page);
    await eventually(() => flow.requests.length === index + 1);
    expect(await page.evaluate("[atStart, ...waits.slice(0, 4), waits.includes('cookie', 2)]")).toEqual([
      0,
      'sessionStorage',
      'cookie',
      'fetch',
      'sessionStorage',
      false,
    ]);
    times.push(await page.evaluate<number>("performance.getEntriesByName('script')[0].duration"));
    await close();
  }
  times.sort((one, other) => one - other);
  console.log(
    `script at start with five waiting calls: ${times.map((each) => each.toFixed(1)).join(', ')} ms`,
  );
  expect(flow.events()).toHaveLength(45);
});

test.concurrent('sends from a frame of the page as from the page', async () => {
  const flow = await shop.flow({
    html: (tag, own, path) =>
      path === '/frame'
        ? head(tag, script(fiveCalls.replaceAll('ttq', 'tiktokEvents')))
        : head(`<iframe src="${own.url}/frame"></iframe>`),
  });
  const { errors, cookies, close } = await visit(browser, `${flow.url}/`);
  await settled(flow, 5);
  await eventually(async () => '_ttp' in (await cookies()));
  expect(flow.requests[0]?.post.u).toBe(`${flow.url}/frame`);
  expect(errors).toEqual([]);
  await close();
});

test('posts beside the script also on a host whose name starts with browser', async () => {
  const { script: text } = await buildBrowser(usual);
  const page = await browser.newPage();
  const posts: string[] = [];
  await page.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url());
    if (route.request().method() === 'POST') posts.push(route.request().url());
    const isScript = pathname.endsWith('/v1/browser.js');
    const cors = { 'access-control-allow-origin': '*' };
    return route.fulfill(
      isScript
        ? { body: text, contentType: 'text/javascript', headers: cors }
        : {
            body: head('<script src="https://browser.shop.example/v1/browser.js"></script>'),
            contentType: 'text/html',
          },
    );
  });
  await page.goto('https://shop.example/');
  await eventually(() => posts.length > 0);
  expect(posts[0]).toBe('https://browser.shop.example/v1/collect');
  await page.close();
});
