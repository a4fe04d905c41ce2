/** The click id and the visitor id: one value for each visitor, on every event, also after the URL is gone. */
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

const ids = (flow: Flow) => flow.requests.map(({ post }) => [post.c, post.p]);
const event = "ttq.track('ViewContent', {})";

test.concurrent.each([true, false])(
  'keeps one visitor id and the click id over pages, same host: %s',
  async (sameHost) => {
    const flow = await shop.flow({ html: usualPage(event, 'blocked'), sameHost });
    const { page, cookies, close } = await visit(browser, `${flow.url}/?a=1&ttclid=E.C.P.1#part`);
    await ready(page);
    await page.evaluate(event);
    await settled(flow, 2);
    await page.goto(`${flow.url}/second`);
    await settled(flow, 3);
    await page.goto(`${flow.url}/third`);
    await settled(flow, 4);
    const jar = await cookies();
    expect(jar).toEqual({ _tte: 'E.C.P.1', _ttp: flow.requests[0]?.post.p });
    expect(ids(flow)).toEqual(Array.from({ length: 4 }, () => ['E.C.P.1', jar._ttp]));
    expect(flow.requests.at(-1)?.cookies).toEqual(jar);
    expect(flow.requests[0]?.post.u).toBe(`${flow.url}/?a=1&ttclid=E.C.P.1`);
    await close();
  },
);

test.concurrent('takes the visitor id that the pixel has set, which needs no landing', async () => {
  const flow = await shop.flow({ html: usualPage('') });
  const { page, close } = await visit(browser, 'about:blank');
  const value = '01JPIXEL00000000000000000A_.tt.1';
  await page.context().addCookies([{ name: '_ttp', value, domain: '.shop.localhost', path: '/' }]);
  await page.goto(flow.url);
  await settled(flow, 0, 1);
  await page.evaluate(event);
  await settled(flow, 1, 2);
  expect(flow.requests.map(({ post }) => post.p)).toEqual([value]);
  expect(flow.copies.at(-1)?.context.user.anonymous_id).toBe(value);
  await close();
});

test.concurrent.each([
  ['of the page', '/?ttclid=E.C.P.new', 'E.C.P.new'],
  ['behind an escaped ampersand', '/?a=1&amp;ttclid=E.C.P.new', 'E.C.P.new'],
  ['behind the hash', '/#/route?ttclid=E.C.P.new', 'E.C.P.new'],
  ['of the cookie _tte', '/', 'E.C.P.old'],
  ['of the cookie _tte, not an unfilled macro', '/?ttclid=__CLICKID__', 'E.C.P.old'],
  ['of the cookie _tte, not of a like name', '/?xttclid=E.C.P.new', 'E.C.P.old'],
])('takes the click id %s', async (_, path, expected) => {
  const flow = await shop.flow({ html: usualPage('', 'blocked') });
  const { page, close } = await visit(browser, 'about:blank');
  const twentyDays = 20 * 86_400;
  await page.context().addCookies([
    {
      name: '_tte',
      value: 'E.C.P.old',
      url: flow.url,
      expires: Math.floor(Date.now() / 1000) + 400 * 86_400 - twentyDays,
    },
    { name: 'ttclid', value: 'E.C.P.pixel', url: flow.url },
  ]);
  await page.goto(flow.url + path);
  await ready(page);
  await page.evaluate(event);
  await settled(flow, 1);
  expect(flow.requests.at(-1)?.post.c).toBe(expected);
  await close();
});

test.concurrent('proposes a visitor id whose first half is the time, as TikTok does', async () => {
  const flow = await shop.flow({ html: usualPage('', 'blocked') });
  const { close } = await visit(browser, `${flow.url}/`);
  await eventually(() => flow.requests.length === 1);
  const { p = '', s = 0 } = flow.requests[0]?.post ?? {};
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const time = [...p.slice(0, 10)].reduce((value, digit) => value * 32 + alphabet.indexOf(digit), 0);
  expect(Math.abs(s - time)).toBeLessThan(60_000);
  await close();
});

test.concurrent('takes the click id of the cookie of the pixel when it is the only one', async () => {
  const flow = await shop.flow({ html: usualPage(event, 'blocked') });
  const { page, close } = await visit(browser, 'about:blank');
  await page.context().addCookies([{ name: 'ttclid', value: 'E.C.P.pixel', url: flow.url }]);
  await page.goto(flow.url);
  await settled(flow, 1);
  expect(flow.requests[0]?.post.c).toBe('E.C.P.pixel');
  await close();
});

test.concurrent('keeps the click id that a single-page app drops from the address before the script is there', async () => {
  const flow = await shop.flow({
    html: usualPage("history.replaceState(null, '', '/gone')", 'blocked'),
    scriptDelayMs: 200,
  });
  const { page, cookies, close } = await visit(browser, `${flow.url}/?ttclid=E.C.P.spa`);
  await ready(page);
  await eventually(async () => (await cookies())._tte === 'E.C.P.spa');
  await close();
});

test.concurrent('takes no click id from a referrer of another site', async () => {
  const flow = await shop.flow({ html: usualPage('', 'blocked') });
  const { page, close } = await visit(browser, 'about:blank');
  await page.goto(flow.url, { referer: `http://other.localhost/?ttclid=E.C.P.other` });
  await ready(page);
  await page.evaluate(event);
  await settled(flow, 1);
  expect(flow.requests[0]?.post.c).toBeUndefined();
  await close();
});

test.concurrent('sends an empty landing only for a new click id or a visitor without an id', async () => {
  const flow = await shop.flow({ html: usualPage('', 'blocked') });
  const { page, close } = await visit(browser, `${flow.url}/`);
  const paths = ['/', '/?ttclid=E.C.P.1', '/?ttclid=E.C.P.1', '/next', '/?ttclid=E.C.P.2'];
  for (const path of paths) {
    await ready(page);
    await settled(flow, 0);
    await page.goto(flow.url + path);
  }
  await ready(page);
  await settled(flow, 0);
  expect(flow.requests.map(({ post }) => post.c)).toEqual([undefined, 'E.C.P.1', 'E.C.P.2']);
  await close();
});
