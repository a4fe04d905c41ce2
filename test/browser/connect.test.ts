/** Connecting clicked through in a real browser: link, TikTok's consent page, the way back, and what comes after. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Gateway, startGateway } from '../../local/gateway.ts';
import { axeFindings } from '../support/console/axe-findings.ts';
import { launch } from './launch.ts';

let gateway: Gateway;
let browser: Browser;
let contexts: BrowserContext[] = [];
/** What the browsers complain about, such as a style that the page's own policy forbids. */
let complaints: string[] = [];

beforeAll(async () => {
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  gateway = await startGateway({ port: 0, sqsPort: 0, mapping: { windowMs: 100 } });
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await gateway?.stop();
});
beforeEach(() => {
  complaints = [];
  gateway.secrets.set('tiktok-events/local/destinations/default', '{}');
});
afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  contexts = [];
  expect(complaints).toEqual([]);
});

/** A browser of its own: no cookie is shared. */
async function newPage() {
  const context = await browser.newContext();
  contexts.push(context);
  const page = await context.newPage();
  page.on('console', (message) => {
    // Chromium reports each answer of 400 and above; those are expected here.
    if (message.type() === 'error' && !message.text().includes('the server responded with a status of'))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return page;
}

const notOpen = 'This link has expired, was already used, or was opened in another browser';

const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

async function makeLink(): Promise<string> {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, PORT: new URL(gateway.url).port };
  const child = spawn(process.execPath, [main, 'connect', '--no-wait'], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  await new Promise((resolve) => child.on('close', resolve));
  return output.trim();
}

/** Presses a button of the consent page, and waits until the browser is back. */
async function press(page: Page, name: 'Approve' | 'Deny'): Promise<void> {
  await page.getByRole('button', { name }).click();
  await page.waitForURL(/\/v1\/oauth\/callback\?/);
}

const post = (eventId: string) =>
  fetch(`${gateway.url}/v1/events`, {
    method: 'POST',
    headers: { authorization: 'Bearer local-api-key', 'content-type': 'application/json' },
    body: JSON.stringify({ event_name: 'Purchase', email: 'a@example.com', event_id: eventId }),
  });

const deliveredIds = () =>
  gateway.sandbox.log
    .list()
    .filter(({ code }) => code === 0)
    .flatMap(({ body }) => (body as { data: { event_id: string }[] }).data.map(({ event_id }) => event_id));

const stored = () => JSON.parse(gateway.secrets.get('tiktok-events/local/destinations/default') ?? '{}');

describe('the connect link', () => {
  test.each(['127.0.0.1', 'localhost'])(
    'connects by way of %s, and what waited goes out as well as what comes next',
    async (host) => {
      const page = await newPage();
      await post(`waiting-${host}`);
      await page.goto((await makeLink()).replace('127.0.0.1', host));
      expect(await page.title()).toBe('Connect your ad account');
      await press(page, 'Approve');
      expect(await page.getByRole('heading').textContent()).toBe('TikTok is connected');
      expect(await page.getByRole('listitem').allTextContents()).toEqual([
        'Local shop (7000000000000000001)',
      ]);
      expect(await page.context().cookies()).toEqual([]);

      await post(`next-${host}`);
      await vi.waitFor(
        () => expect(deliveredIds()).toEqual(expect.arrayContaining([`waiting-${host}`, `next-${host}`])),
        { timeout: 25_000, interval: 100 },
      );
      expect(gateway.sandbox.tokens).toContain(stored().access_token);
    },
  );

  test('is still good after the advertiser has declined', async () => {
    const page = await newPage();
    const link = await makeLink();
    await page.goto(link);
    await press(page, 'Deny');
    expect(await page.getByRole('heading').textContent()).toBe('TikTok was not connected');
    expect(stored()).toEqual({});
    await page.goto(link);
    await press(page, 'Approve');
    expect(await page.getByRole('heading').textContent()).toBe('TikTok is connected');
  });

  test('the connect link names the missing permission when it was unticked', async () => {
    const page = await newPage();
    await page.goto(await makeLink());
    await page.getByLabel('Measurement').uncheck();
    await page.getByLabel('Report conversion events').uncheck();
    await press(page, 'Approve');
    expect(await page.getByRole('heading').textContent()).toBe('A permission is missing');
    expect(stored()).toEqual({});
  });

  test('cannot be finished in another browser than the one that began', async () => {
    const page = await newPage();
    await page.goto(await makeLink());
    const form = { ...Object.fromEntries(new URL(page.url()).searchParams), decision: 'approve', scope: '5' };
    const approved = await page.request.post(page.url(), { form, maxRedirects: 0 });
    const other = await newPage();
    await other.goto(approved.headers().location ?? '');
    expect(await other.getByRole('heading').textContent()).toBe(notOpen);
    expect(stored()).toEqual({});
  });

  test('a used connect link is refused, on reload and from the start', async () => {
    const page = await newPage();
    const link = await makeLink();
    await page.goto(link);
    await press(page, 'Approve');
    const first = stored();
    await page.reload();
    expect(await page.getByRole('heading').textContent()).toBe(notOpen);
    expect(await page.textContent('main')).toContain('everything worked');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await axeFindings(page), colorScheme).toEqual([]);
    }
    await page.goto(link);
    expect(await page.getByRole('heading').textContent()).toBe(notOpen);
    expect(stored()).toEqual(first);
  });
});
