/** The console of the real gateway in a real browser: what you see there is what happened, and its buttons do what they say. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { fingerprint } from '../../../lib/privacy/sha256.ts';
import { type Gateway, startGateway } from '../../../local/gateway.ts';
import { axeFindings } from '../../support/console/axe-findings.ts';
import { launch } from '../launch.ts';

let gateway: Gateway;
let browser: Browser;
let page: Page;
let complaints: string[];
const level = process.env.POWERTOOLS_LOG_LEVEL;
/** A busy machine draws late. */
const timeout = 20_000;

const start = (port: number) => startGateway({ port, sqsPort: 0, mapping: { windowMs: 100 } });

beforeAll(async () => {
  // The console shows what the functions log.
  process.env.POWERTOOLS_LOG_LEVEL = 'INFO';
  [gateway, browser] = await Promise.all([start(0), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await gateway?.stop();
  if (level === undefined) delete process.env.POWERTOOLS_LOG_LEVEL;
  else process.env.POWERTOOLS_LOG_LEVEL = level;
});
beforeEach(async () => {
  complaints = [];
  page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  page.setDefaultTimeout(timeout);
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${gateway.url}/`)) complaints.push(`request to ${request.url()}`);
  });
  await page.goto(gateway.url);
});
afterEach(async () => {
  gateway.sandbox.faults.clear();
  await page.context().close();
  expect(complaints).toEqual([]);
});

const post = (event: object) =>
  fetch(`${gateway.url}/v1/events`, {
    method: 'POST',
    headers: { authorization: 'Bearer local-api-key', 'content-type': 'application/json' },
    body: JSON.stringify({
      event_name: 'Purchase',
      email: 'Ada@Example.com',
      value: 20,
      currency: 'USD',
      ...event,
    }),
  });

/** The row of an event with this result. */
const row = (eventId: string, result: string) =>
  page.locator(`[data-row="${fingerprint(eventId)}"]`, { hasText: eventId }).filter({ hasText: result });

async function expectAccessible(): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await axeFindings(page), colorScheme).toEqual([]);
  }
}

test('shows a signed sample as a delivered row, with its story and what changed on the way', async () => {
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('group', { name: 'shopify' }).getByRole('button', { name: 'orders/paid' }).click();
  await page.getByRole('link', { name: 'Show the event' }).click();
  const story = page.getByRole('region', { name: 'Purchase' });
  await story.getByText('delivered', { exact: true }).first().waitFor();
  await story.getByRole('heading', { name: 'What changed on the way' }).waitFor();
  await story.getByText('SHA-256').first().waitFor();
  await expectAccessible();
});

test('shows an event of your own name under its name, and a rejected post with its reason', async () => {
  await post({ event_name: 'Wishlist <b>', event_id: 'own-1' });
  await row('own-1', 'delivered').getByText('Wishlist <b>').waitFor();
  await post({ value: -1 });
  await page.locator('.row', { hasText: 'rejected' }).getByText('value').first().waitFor();
});

test('says how many events are held, why, and when the next attempt is', async () => {
  await page.getByRole('button', { name: 'Simulate a failure' }).click();
  await page.getByRole('combobox', { name: 'Failure' }).selectOption('No permission for the pixel (40001)');
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.keyboard.press('Escape');
  await post({ event_id: 'held-1' });
  const banner = page.getByRole('region', { name: 'Events that wait' });
  await banner.getByText('1 event is held').waitFor();
  await banner.getByText(/Next attempt (in \d+ s|now)\./).waitFor();
  await row('held-1', 'held')
    .getByText(/attempt \d+, again/)
    .waitFor();
  await expectAccessible();
  gateway.sandbox.faults.clear();
  await row('held-1', 'delivered').waitFor();
  await banner.waitFor({ state: 'detached' });
});

/** By keyboard, with the question before. */
async function replay(eventId: string): Promise<void> {
  await page.getByLabel(`Select Purchase ${eventId}`).focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Replay …' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Replay it' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('1 dead letter replayed.').waitFor();
}

test('shows a dead letter that comes back after a replay, replays another, and discards the first', async () => {
  await fetch(`${gateway.url}/_sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'poison', match: 'poison' }),
  });
  await Promise.all(['poison-1', 'poison-2'].map((event_id) => post({ event_id })));
  await row('poison-1', 'dead letter').waitFor();
  await row('poison-2', 'dead letter').waitFor();
  await page.getByRole('link', { name: /Dead letters/ }).click();
  await replay('poison-1');
  const returned = page.getByRole('row', { name: 'Select Purchase poison-1' });
  await returned.getByText('replayed before').waitFor();
  gateway.sandbox.faults.clear();
  await replay('poison-2');
  await page.getByRole('row', { name: 'Select Purchase poison-2' }).waitFor({ state: 'detached' });
  await page.getByLabel('Select Purchase poison-1').check();
  await expectAccessible();
  await page.getByRole('button', { name: 'Discard …' }).click();
  await page.getByRole('button', { name: 'Discard it' }).click();
  await page.getByText('1 dead letter discarded.').waitFor();
  await page.getByText('No dead letters.').waitFor();

  await page.getByRole('link', { name: 'Events' }).click();
  await row('poison-2', 'delivered').waitFor();
  await row('poison-1', 'discarded').waitFor();
});

test('says that the connection is lost, and shows the new memory of a gateway that was started again, without a reload', async () => {
  await page.locator('.row').first().waitFor();
  await gateway.stop();
  await page.getByText('Connection lost.').waitFor();
  gateway = await start(Number(new URL(gateway.url).port));
  await page.getByText('Connection lost.').waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'No events yet' }).waitFor();
  expect(await page.locator('.row').count()).toBe(0);
  await page.getByText('Live', { exact: true }).waitFor();
});
