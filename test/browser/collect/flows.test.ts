/**
 * Whole visits: a landing with a click id, ViewContent, AddToCart and leave, InitiateCheckout and leave. Half of the visitors
 * block TikTok. `npm run test:visits` runs the long form.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch } from '../launch.ts';
import { baseCode, head, script } from './shop/pages.ts';
import { type Flow, type Shop, startShop } from './shop/shop.ts';
import { offline, settled, visit } from './shop/visit.ts';

const flows = Number(process.env.COLLECT_FLOWS ?? 50);
const atOnce = 5;

let browser: Browser;
let shop: Shop;
beforeAll(async () => {
  [browser, shop] = await Promise.all([launch(offline), startShop()]);
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
});

const view = "ttq.track('ViewContent', { content_id: '1' })";
const leave = (name: string, path: string) => `ttq.track('${name}', { value: 1 }); location.href = '${path}'`;

async function shopping(index: number): Promise<Flow> {
  const isBlocked = index % 2 === 0;
  const flow = await shop.flow({
    html: (tag, own, path) =>
      head(
        tag,
        script(baseCode(own, isBlocked ? 'blocked' : 'methods')),
        script(path === '/product' ? view : ''),
      ),
  });
  const { page, errors, close } = await visit(browser, `${flow.url}/?ttclid=E.C.P.${index}`);
  await page.goto(`${flow.url}/product`);
  await page.evaluate(leave('AddToCart', `/${flow.id}/cart`));
  await page.waitForURL('**/cart');
  await page.evaluate(leave('InitiateCheckout', `/${flow.id}/thanks`));
  await page.waitForURL('**/thanks');
  await settled(flow, 3);
  expect(errors).toEqual([]);
  await close();
  return flow;
}

test('sends every event of each visit once, with click id, visitor id, user agent and address', async () => {
  let next = 0;
  const done: Flow[] = [];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < flows) done.push(await shopping(next++));
    }),
  );
  const names = ['AddToCart', 'InitiateCheckout', 'ViewContent'];
  for (const flow of done) {
    expect(
      flow
        .events()
        .map(({ n }) => n)
        .sort(),
    ).toEqual(names);
    const ours = new Map(flow.events().map(({ n, i }) => [n, i]));
    for (const { event, event_id } of flow.copies)
      if (event !== 'Pageview') expect(event_id).toBe(ours.get(event));
    const withEvents = flow.requests.filter(({ post }) => post.e.length > 0);
    expect(withEvents.every(({ post }) => /^E\.C\.P\.\d+$/.test(post.c ?? ''))).toBe(true);
    expect(withEvents.every(({ userAgent, ip }) => userAgent?.includes('Chrome') && ip)).toBe(true);
  }
  const blocked = done.filter(({ copies }) => copies.length === 0);
  expect(blocked.filter(({ requests }) => new Set(requests.map(({ post }) => post.p)).size !== 1)).toEqual(
    [],
  );
  console.log(
    `${done.length} visits, ${done.flatMap((flow) => flow.events()).length} events, ${blocked.length} visits without TikTok`,
  );
}, 3_600_000);
