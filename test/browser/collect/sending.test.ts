/** Events arrive: at once, when the visitor leaves, and after a time without a network or a gateway. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { launch } from '../launch.ts';
import { usualPage } from './shop/pages.ts';
import { type Flow, type Shop, startShop } from './shop/shop.ts';
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

const names = (flow: Flow) => flow.events().map(({ n }) => n);
const track = (name: string) => `ttq.track('${name}', { value: 1 })`;
const waits = 'JSON.parse(sessionStorage.tiktokEvents).e.length';
const open = async (html = usualPage('', 'blocked')) => {
  const flow = await shop.flow({ html });
  const visited = await visit(browser, `${flow.url}/`);
  await ready(visited.page);
  await eventually(() => flow.requests.length === 1);
  return { flow, ...visited };
};

test.concurrent('sends one request for a landing and one for each event', async () => {
  const { flow, page, close } = await open();
  expect(flow.requests.map(({ post }) => post.e.length)).toEqual([0]);
  await page.evaluate(track('One'));
  await page.evaluate(`${track('Two')}; ${track('Three')}`);
  await settled(flow, 3);
  expect(flow.requests.map(({ post }) => post.e.length)).toEqual([0, 1, 1, 1]);
  await close();
});

test.concurrent('sends what waited for the script in one request, which is the landing too', async () => {
  const calls = Array.from({ length: 5 }, (_, index) => track(`E${index}`)).join(';');
  const flow = await shop.flow({ html: usualPage(calls, 'blocked') });
  const { close } = await visit(browser, `${flow.url}/`);
  await settled(flow, 5);
  expect(flow.requests.map(({ post }) => post.e.length)).toEqual([5]);
  await close();
});

test.concurrent('sends with the page and time of the call, not of the request', async () => {
  const { flow, page, close } = await open();
  flow.state = 503;
  await page.evaluate(track('Waits'));
  const before = page.url();
  await eventually(() => page.evaluate(`${waits} === 1`));
  flow.state = 204;
  await page.evaluate("history.pushState(null, '', 'next?x=1#part')");
  await page.evaluate(track('Next'));
  await settled(flow, 2);
  const { post } = flow.requests.at(-1) ?? {};
  expect(post?.u).toBe(`${flow.url}/next?x=1`);
  expect(post?.e.map(({ n, u }) => [n, u])).toEqual([
    ['Waits', before],
    ['Next', undefined],
  ]);
  await close();
});

test.concurrent('loses nothing when the visitor leaves right after a click', async () => {
  const { flow, page, close } = await open();
  for (let index = 0; index < 10; index++) {
    await page.evaluate(`${track(`Left${index}`)}; location.href = '${flow.url}/page${index}'`);
    await page.waitForURL(`**/page${index}`);
    await ready(page);
  }
  await settled(flow, 10);
  expect(names(flow)).toEqual(Array.from({ length: 10 }, (_, index) => `Left${index}`));
  await close();
});

test.concurrent('sends what was tracked offline as soon as the browser is online', async () => {
  const { flow, page, close } = await open();
  await page.context().setOffline(true);
  await page.evaluate(`for (let i = 0; i < 30; i++) ttq.track('Offline' + i, {})`);
  await eventually(() => page.evaluate(`${waits} === 30`));
  await page.context().setOffline(false);
  await settled(flow, 30);
  expect(names(flow)).toEqual(Array.from({ length: 30 }, (_, index) => `Offline${index}`));
  expect(await page.evaluate(waits)).toBe(0);
  await close();
});

test.concurrent.each(['down', 503, 429, 500] as const)(
  'tries again when the gateway answered %s, without a call of the page',
  async (state) => {
    const { flow, page, close } = await open();
    flow.state = state;
    await page.evaluate(`ttq.identify({ email: 'ann@example.com' }); ${track('Kept')}`);
    await eventually(() => page.evaluate(`${waits} === 1`));
    flow.state = 204;
    await settled(flow, 1);
    expect(flow.events().map(({ n, m }) => [n, m])).toEqual([['Kept', { email: 'ann@example.com' }]]);
    await close();
  },
);

test.concurrent('drops what the gateway will never take', async () => {
  const { flow, page, close } = await open();
  flow.state = 413;
  await page.evaluate(track('Large'));
  await eventually(() => flow.attempts === 2);
  await eventually(() => page.evaluate(`${waits} === 0`));
  flow.state = 204;
  await page.evaluate(track('Small'));
  await settled(flow, 1);
  expect(names(flow)).toEqual(['Small']);
  await close();
});

test.concurrent('sends on the next page what the gateway refused on this one, without identities', async () => {
  const { flow, page, close } = await open();
  flow.state = 503;
  await page.evaluate(`ttq.identify({ email: 'ann@example.com' }); ${track('Kept')}; ${track('Kept2')}`);
  await eventually(() => page.evaluate(`${waits} === 2`));
  expect(await page.evaluate('sessionStorage.tiktokEvents')).not.toContain('ann@');
  const first = page.url();
  flow.state = 204;
  await page.goto(`${flow.url}/next`);
  await settled(flow, 2);
  expect(flow.events().map(({ n, m, u, r }) => [n, m, u, r])).toEqual([
    ['Kept', undefined, first, ''],
    ['Kept2', undefined, first, ''],
  ]);
  await close();
});

test.concurrent('sends a landing on the next page when the gateway was down on the first', async () => {
  const flow = await shop.flow({ html: usualPage('', 'blocked') });
  flow.state = 'down';
  const { page, cookies, close } = await visit(browser, `${flow.url}/?ttclid=E.C.P.landing`);
  await eventually(() => page.evaluate('sessionStorage.tiktokEvents?.includes(\'"n":true\')'));
  flow.state = 204;
  await page.goto(`${flow.url}/next`);
  await settled(flow, 0);
  await eventually(async () => (await cookies())._tte === 'E.C.P.landing');
  await close();
});

test.concurrent('stores the latest 100 events, and sends all that wait in memory, below 32 KiB a request', async () => {
  const { flow, page, close } = await open();
  await page.context().setOffline(true);
  await page.evaluate(
    `for (let i = 0; i < 130; i++) ttq.track('E' + i, { text: 'ü'.repeat(i < 100 ? 1 : 3000) })`,
  );
  await eventually(() => page.evaluate(`${waits} === 100`));
  await eventually(() => page.evaluate("JSON.parse(sessionStorage.tiktokEvents).e[99]?.n === 'E129'"));
  await page.context().setOffline(false);
  await settled(flow, 130);
  expect(names(flow).sort()).toEqual(Array.from({ length: 130 }, (_, index) => `E${index}`).sort());
  await close();
});

test.concurrent.each([0, 300])(
  'loses nothing of 200 events of 1.3 kB in a row, answered after %s ms',
  async (delay) => {
    const { flow, page, close } = await open();
    flow.answerDelayMs = delay;
    await page.evaluate(`for (let i = 0; i < 200; i++) ttq.track('E' + i, { text: 'x'.repeat(1300) })`);
    await settled(flow, 200);
    expect(names(flow).sort()).toEqual(Array.from({ length: 200 }, (_, index) => `E${index}`).sort());
    expect(await page.evaluate(waits)).toBe(0);
    await close();
  },
);

test.concurrent('sends an event that is too large without its properties', async () => {
  const { flow, page, close } = await open();
  await page.evaluate(`
    ttq.identify({ external_id: '7' });
    ttq.track('Large', { text: 'ü'.repeat(16300) }, { event_id: 'large' });
    ttq.track('Small', { value: 1 });`);
  await settled(flow, 2);
  const external_id = '7';
  expect(flow.events().map(({ n, i, d, m }) => [n, n === 'Large' ? i : '', d, m])).toEqual([
    ['Large', 'large', undefined, { external_id }],
    ['Small', '', { value: 1 }, { external_id }],
  ]);
  await close();
});

test.concurrent('sends a large event whole, up to the limit of the gateway', async () => {
  const { flow, page, close } = await open();
  await page.evaluate("ttq.track('Long', { text: 'x'.repeat(30000) })");
  await settled(flow, 1);
  await close();
});

test.concurrent('sends by beacon where fetch has no keepalive', async () => {
  const flow = await shop.flow({
    html: (tag, own) =>
      usualPage('', 'blocked')(
        `<script>delete Request.prototype.keepalive; fetch = null;</script>${tag}`,
        own,
      ),
  });
  const { page, errors, close } = await visit(browser, `${flow.url}/`);
  await ready(page);
  await page.evaluate(track('Beacon'));
  await settled(flow, 1);
  expect(errors).toEqual([]);
  await close();
});

test.concurrent('tries ten times a page, no more, without a permission to connect', async () => {
  const flow = await shop.flow({
    html: (tag, own) =>
      usualPage('', 'blocked')(
        `<script>const later = setTimeout; window.delays = []; setTimeout = (work, ms) => { if (ms >= 1000) delays.push(ms); return later(work, ms / 1000); }</script>${tag}`,
        own,
      ),
    headers: { 'content-security-policy': "connect-src 'none'" },
  });
  const { page, errors, close } = await visit(browser, `${flow.url}/`);
  await ready(page);
  await eventually(() => page.evaluate('delays.length === 10'));
  await settled(flow, 0);
  const seconds = [1, 2, 4, 8, 16, 32, 60, 60, 60, 60];
  expect(await page.evaluate('delays')).toEqual(seconds.map((each) => each * 1000));
  expect([flow.attempts, errors]).toEqual([0, []]);
  await close();
});
