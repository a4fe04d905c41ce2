/** The demo shop of `npm start` in Chromium: what a visitor does arrives at TikTok's sandbox, under the ids of the pixel's copies. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RowsAnswer, StoryAnswer } from '../../../console/api.ts';
import { spawnGateway } from '../../support/gateway/gateway-process.ts';
import { launch } from '../launch.ts';
import { offline } from '../shopify-shop.ts';

let browser: Browser;
let gateway: ReturnType<typeof spawnGateway>;
let url = '';
let page: Page;
const errors: string[] = [];
const hosts = new Set<string>();

beforeAll(async () => {
  gateway = spawnGateway({ LOCAL_API_KEY: '', TIKTOK_API_URL: '' });
  url = /http:\S+/.exec(await gateway.ready())?.[0] ?? '';
  browser = await launch(offline);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  gateway?.process.kill('SIGKILL');
});
afterEach(async () => {
  await page?.context().close();
  await choose(usual);
  expect(errors.splice(0)).toEqual([]);
  expect([...hosts]).toEqual([new URL(url).host]);
});

const usual = { pixel: 'loads', manner: 'methods', singlePage: false, askConsent: false, panel: true };

async function choose(settings: Readonly<Record<string, string | boolean>>): Promise<void> {
  const response = await fetch(`${url}/shop/settings`, { method: 'POST', body: JSON.stringify(settings) });
  expect(response.status).toBe(204);
}

/** A visitor who comes from an ad. */
async function visit(
  settings: Readonly<Record<string, string | boolean>> = {},
  path = '/shop?ttclid=E.C.P.1',
) {
  await choose({ ...usual, ...settings });
  hosts.clear();
  page = await (await browser.newContext()).newPage();
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  since = Date.now();
  await page.goto(url + path);
}

let since = 0;

interface Seen {
  readonly name: string;
  readonly id: string;
  readonly pixelMs?: number;
  readonly gatewayMs?: number;
  readonly state: string;
}

/** What left the pages of this visit but page views, oldest first. */
async function seen(): Promise<Seen[]> {
  const { events } = (await (await fetch(`${url}/shop/copies`)).json()) as { events: Seen[] };
  return events
    .filter(
      ({ name, pixelMs = 0, gatewayMs = 0 }) => name !== 'Pageview' && Math.max(pixelMs, gatewayMs) >= since,
    )
    .toReversed();
}
const states = async () => (await seen()).map(({ name, state }) => `${name} ${state}`);
const soon = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 15_000 });

interface SentEvent {
  readonly event: string;
  readonly event_id: string;
  readonly user: Readonly<Record<string, string>>;
  readonly page?: { readonly url?: string };
}

/** What TikTok's sandbox received under these ids. */
async function delivered(ids: readonly string[]): Promise<SentEvent[]> {
  const answer = await fetch(`${url}/_sandbox/requests`);
  const { requests } = (await answer.json()) as { requests: { body?: { data?: SentEvent[] } }[] };
  return requests.flatMap(({ body }) => body?.data ?? []).filter(({ event_id }) => ids.includes(event_id));
}

async function walkToCheckout(): Promise<void> {
  await page.getByRole('link', { name: 'Morning mug' }).click();
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByRole('link', { name: 'See your cart' }).click();
  await page.getByRole('link', { name: 'Check out' }).click();
  await page.getByRole('button', { name: 'Place order' }).waitFor();
}

const funnel = ['ViewContent', 'AddToCart', 'InitiateCheckout'];
const merged = funnel.map((name) => `${name} merged`);

test('a visit from an ad arrives at TikTok with the ids of the pixel, the click id, the browser id, address and user agent', async () => {
  await visit();
  await walkToCheckout();
  await soon(states).toEqual(merged);
  const ids = (await seen()).map(({ id }) => id);
  expect(new Set(ids).size).toBe(3);
  await soon(async () => (await delivered(ids)).map(({ event }) => event).sort()).toEqual(funnel.toSorted());
  const events = await delivered(ids);
  const cookies = Object.fromEntries(
    (await page.context().cookies()).map(({ name, value }) => [name, value]),
  );
  for (const { user } of events)
    expect(user).toMatchObject({
      ttclid: 'E.C.P.1',
      ttp: cookies._ttp,
      ip: '203.0.113.1',
      user_agent: expect.stringContaining('Chrome'),
    });
  expect(cookies._tte).toBe('E.C.P.1');
  const viewed = events.find(({ event }) => event === 'ViewContent');
  expect(viewed?.page?.url).toBe(`${url}/shop/products/morning-mug`);
});

test.each(['methods', 'object', 'property', 'replay'])(
  'both copies merge when the pixel takes over by the manner %s',
  async (manner) => {
    await visit({ manner });
    await walkToCheckout();
    await soon(states).toEqual(merged);
  },
);

test("the gateway's copy arrives alone when the pixel is blocked", async () => {
  await visit({ pixel: 'blocked' });
  await walkToCheckout();
  await soon(states).toEqual(funnel.map((name) => `${name} gateway`));
});

test('the shop sends by tiktokEvents when the pixel is not in the page', async () => {
  await visit({ pixel: 'absent' });
  expect(await page.evaluate('window.ttq')).toBeUndefined();
  await walkToCheckout();
  await soon(states).toEqual(funnel.map((name) => `${name} gateway`));
});

test('a single-page shop sends the address of each view, and never loads a page', async () => {
  await visit({ singlePage: true });
  await page.evaluate('window.isFirstPage = true');
  await walkToCheckout();
  expect(await page.evaluate('[window.isFirstPage, location.pathname]')).toEqual([true, '/shop/checkout']);
  await soon(states).toEqual(merged);
  const ids = (await seen()).map(({ id }) => id);
  await soon(async () =>
    (await delivered(ids)).map(({ page }) => page?.url?.replace(url, '')).sort(),
  ).toEqual(['/shop/cart', '/shop/products/morning-mug', '/shop/products/morning-mug']);
  await page.goBack();
  await page.getByRole('link', { name: 'Check out' }).waitFor();
});

test('a purchase leaves with the id of the order, and without a copy of the collector', async () => {
  await visit();
  await walkToCheckout();
  await page.getByRole('button', { name: 'Place order' }).click();
  await page.getByText('Thank you!').waitFor();
  const order = new URL(page.url()).searchParams.get('order');
  await soon(async () => (await seen()).find(({ name }) => name === 'Purchase')).toMatchObject({
    id: order,
    state: 'webhook',
  });
  await page.reload();
  await page.getByText('Thank you!').waitFor();
  expect((await states()).filter((text) => text.startsWith('Purchase'))).toHaveLength(1);
});

test('a search is an event', async () => {
  await visit();
  await page.getByRole('link', { name: 'Search' }).click();
  await page.getByLabel('What are you looking for?').fill('soup');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Noon bowl' }).waitFor();
  await soon(states).toEqual(['Search merged']);
});

describe('a shop that asks for consent', () => {
  test('sends and stores nothing before the visitor agrees, then what waited', async () => {
    await visit({ askConsent: true });
    await page.getByRole('link', { name: 'Morning mug' }).click();
    await page.getByRole('button', { name: 'Add to cart' }).waitFor();
    expect(await states()).toEqual([]);
    expect(await page.evaluate('document.cookie')).toBe('');
    await page.getByRole('button', { name: 'Agree' }).click();
    await soon(states).toEqual(['ViewContent merged']);
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await soon(states).toEqual(['ViewContent merged', 'AddToCart merged']);
  });

  test('sends nothing on any page when the visitor declines', async () => {
    await visit({ askConsent: true });
    await page.getByRole('button', { name: 'Decline' }).click();
    await walkToCheckout();
    expect(await states()).toEqual([]);
  });

  test('deletes both cookies of the collector when the visitor revokes', async () => {
    await visit({ askConsent: true, pixel: 'blocked' });
    await page.getByRole('button', { name: 'Agree' }).click();
    await soon(() => page.evaluate<string>('document.cookie')).toMatch(/_ttp=.*_tte=|_tte=.*_ttp=/);
    await page.getByRole('button', { name: 'Revoke' }).click();
    expect(await page.evaluate('document.cookie')).not.toMatch(/_ttp|_tte/);
  });
});

test('uses localhost for everything when the visitor opens localhost', async () => {
  await choose(usual);
  const port = new URL(url).port;
  hosts.clear();
  const local = await launch();
  try {
    const other = await local.newPage();
    const asked = new Set<string>();
    other.on('request', (request) => asked.add(new URL(request.url()).host));
    since = Date.now();
    await other.goto(`http://localhost:${port}/shop/products/ember-cup?ttclid=E.C.P.2`);
    await soon(states).toEqual(['ViewContent merged']);
    expect([...asked]).toEqual([`localhost:${port}`]);
    await soon(async () => (await other.context().cookies()).map(({ name }) => name)).toContain('_tte');
  } finally {
    await local.close();
  }
  hosts.add(new URL(url).host);
});

test('the panel shows each event with its id, and keeps the choices', async () => {
  await visit({}, '/shop/products/noon-bowl');
  const item = page.locator('#copies li', { hasText: 'ViewContent' }).first();
  await item.getByText('TikTok counts them once').waitFor();
  expect(await item.locator('code').textContent()).toBe((await seen())[0]?.id);
  await page.getByLabel('TikTok’s pixel').selectOption('absent');
  await page.waitForLoadState();
  await soon(() => page.evaluate<string>('typeof window.ttq')).toBe('undefined');
  await page.getByRole('button', { name: 'Close' }).click();
  expect(await page.getByRole('button', { name: 'What leaves the page' }).getAttribute('aria-expanded')).toBe(
    'false',
  );
});

test('a new visitor has no cookie, and a fresh click id', async () => {
  await visit();
  await soon(() => page.evaluate<string>('document.cookie')).toContain('_tte=E.C.P.1');
  const before = await page.evaluate<string>('document.cookie');
  await page.getByRole('button', { name: 'New visitor from an ad' }).click();
  await page.waitForURL(/ttclid=E\.C\.P\.demo-/);
  await soon(() => page.evaluate<string>('document.cookie')).toMatch(/_tte=E\.C\.P\.demo-/);
  const visitor = (text: string) => /_ttp=([^;]+)/.exec(text)?.[1];
  expect(visitor(await page.evaluate<string>('document.cookie'))).not.toBe(visitor(before));
});

test('the console shows that the event came from the browser, both copies, and that they merge', async () => {
  await visit({}, '/shop/products/ember-cup?ttclid=E.C.P.3');
  await soon(states).toEqual(['ViewContent merged']);
  const [{ id } = { id: '' }] = await seen();
  const rows = async () => ((await (await fetch(`${url}/_console/rows`)).json()) as RowsAnswer).rows;
  await soon(async () => (await rows()).find(({ eventId }) => eventId === id)?.outcome).toBe('delivered');
  const row = (await rows()).find(({ eventId }) => eventId === id);
  expect(row?.source).toBe('collect');
  const story = (await (await fetch(`${url}/_console/stories/${row?.id}`)).json()) as StoryAnswer;
  expect(story.copies).toMatchObject({ merge: true, pixel: { name: 'ViewContent' } });
  await page.goto(`${url}/#/events/${row?.id}`);
  const detail = page.locator('.detail');
  await detail.getByText('Both copies').waitFor();
  await detail.getByText('TikTok counts them once').waitFor();
  expect(await detail.getByText('from the browser').count()).toBeGreaterThan(0);
});
