/** Consent in the page: nothing leaves and nothing is kept before the grant, and a revocation ends it at once. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { launch } from '../launch.ts';
import { usualPage } from './shop/pages.ts';
import { type Shop, startShop } from './shop/shop.ts';
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

const stored = (page: Page) => page.evaluate('[document.cookie, sessionStorage.length, localStorage.length]');
const open = async (calls: string, settings: { consent?: 'always' | 'require'; path?: string } = {}) => {
  const flow = await shop.flow({ html: usualPage(calls, 'blocked'), consent: settings.consent ?? 'require' });
  const visited = await visit(browser, `${flow.url}${settings.path ?? '/'}`);
  await ready(visited.page);
  return { flow, ...visited };
};

test.concurrent.each(['ttq', 'tiktokEvents'])(
  'sends, sets and keeps nothing before grantConsent of %s, then all with ids and times of the calls',
  async (object) => {
    const { flow, page, close } = await open(
      "ttq.track('One', {}, { event_id: '1' }); ttq.track('Two', {})",
      {
        path: '/?ttclid=E.C.P.wall',
      },
    );
    const calledBy = Date.now();
    await page.evaluate("ttq.identify({ external_id: 7 }); tiktokEvents.track('Three', {})");
    await settled(flow, 0);
    expect([flow.attempts, await stored(page)]).toEqual([0, ['', 0, 0]]);
    await page.evaluate("history.replaceState(null, '', location.pathname)");
    await page.evaluate(`${object}.grantConsent()`);
    await settled(flow, 3);
    expect(flow.events().map(({ n, m }) => [n, m])).toEqual([
      ['One', undefined],
      ['Two', undefined],
      ['Three', { external_id: 7 }],
    ]);
    expect(flow.requests).toHaveLength(1);
    expect(flow.requests[0]?.post.c).toBe('E.C.P.wall');
    expect(
      Math.max(
        ...flow
          .events()
          .slice(0, 2)
          .map(({ t }) => t ?? 0),
      ),
    ).toBeLessThanOrEqual(calledBy);
    await close();
  },
);

test.concurrent.each(['ttq', 'tiktokEvents'])(
  'drops what waits, deletes both cookies and stays silent after revokeConsent of %s',
  async (object) => {
    const { flow, page, cookies, close } = await open("ttq.grantConsent(); ttq.track('One', {})", {
      path: '/?ttclid=E.C.P.1',
    });
    await settled(flow, 1);
    await eventually(async () => Object.keys(await cookies()).length === 2);
    // A cookie of the host alone, as a stage without cookieDomain sets it.
    await page.context().addCookies([{ name: '_ttp', value: 'host', url: flow.url }]);
    flow.state = 503;
    await page.evaluate("ttq.track('Waits', {})");
    await eventually(() => flow.attempts === 2);
    flow.state = 204;
    await page.evaluate(`${object}.revokeConsent(); ttq.track('Later', {})`);
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    expect([flow.attempts, await stored(page)]).toEqual([2, ['', 0, 0]]);
    await page.evaluate(`${object}.grantConsent(); ttq.track('Again', {})`);
    await settled(flow, 2);
    expect(flow.events().map(({ n }) => n)).toEqual(['One', 'Again']);
    await close();
  },
);

test.concurrent('deletes the cookies that a late answer sets after the revocation', async () => {
  const { flow, page, cookies, close } = await open('');
  flow.answerDelayMs = 500;
  const send = "ttq.grantConsent(); ttq.track('One', {}); ttq.revokeConsent()";
  const hasCookies = async (count: number) => Object.keys(await cookies()).length === count;
  await page.evaluate(send);
  await eventually(() => flow.attempts === 2);
  await new Promise((resolve) => setTimeout(resolve, 800));
  expect([await cookies(), await stored(page)]).toEqual([{}, ['', 0, 0]]);
  // The answer finds another page. Its consent manager says again that the visitor does not agree.
  await page.evaluate(`${send}; location.href = '${flow.url}/next'`);
  await page.waitForURL('**/next');
  await ready(page);
  await eventually(() => hasCookies(1));
  await page.evaluate('tiktokEvents.revokeConsent()');
  expect([await cookies(), await stored(page)]).toEqual([{}, ['', 0, 0]]);
  await close();
});

test.concurrent('sends nothing of before a revocation after the next grant', async () => {
  const { flow, page, close } = await open('');
  flow.answerDelayMs = 300;
  await page.evaluate("ttq.grantConsent(); ttq.track('One', {})");
  await eventually(() => flow.attempts === 2);
  await page.evaluate("ttq.revokeConsent(); ttq.grantConsent(); ttq.track('Two', {}, { event_id: '2' })");
  await settled(flow, 2);
  expect(flow.events().map(({ n }) => n)).toEqual(['One', 'Two']);
  expect(flow.attempts).toBe(4);
  await close();
});

test.concurrent('holds events with holdConsent where the stage needs no consent', async () => {
  const { flow, page, close } = await open("ttq.holdConsent(); ttq.track('Held', {})", { consent: 'always' });
  await settled(flow, 0);
  expect([flow.attempts, await stored(page)]).toEqual([0, ['', 0, 0]]);
  await page.evaluate('ttq.grantConsent()');
  await settled(flow, 1);
  await close();
});

test.concurrent('sends the click id of the landing when the grant comes a page later', async () => {
  const { flow, page, cookies, close } = await open("ttq.track('ViewContent', {})", {
    path: '/?ttclid=E.C.P.page1',
  });
  await page.evaluate("location.href = 'next'");
  await page.waitForURL('**/next');
  await ready(page);
  await page.evaluate('ttq.grantConsent()');
  await settled(flow, 1);
  expect(flow.requests[0]?.post).toMatchObject({ c: 'E.C.P.page1', u: `${flow.url}/next` });
  await eventually(async () => (await cookies())._tte === 'E.C.P.page1');
  await close();
});
