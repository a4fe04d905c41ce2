/** The list of events in a real browser: 10,000 rows, the keyboard, filters, and what new events must not do. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { fingerprint } from '../../../lib/privacy/sha256.ts';
import { emptyData } from '../../support/console/console-data.ts';
import { fullData } from '../../support/console/full-data.ts';
import { startVisits } from '../../support/console/open-page.ts';
import { nowMs, sampleRow, sampleRows } from '../../support/console/sample-rows.ts';
import { launch } from '../launch.ts';

let browser: Browser;
const visits = startVisits(() => browser);

/** Seconds, since a busy machine draws late. */
const soon = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 10_000 });

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());
afterEach(async () => {
  await visits.close();
  expect(visits.complaints.splice(0)).toEqual([]);
});

/** Ids of the rows that a person can see, from top to bottom. */
const seen = (page: Page): Promise<string[]> =>
  page.evaluate(
    `[...document.querySelectorAll('.row')]
      .map((row) => ({ id: row.dataset.row, box: row.getBoundingClientRect() }))
      .filter(({ box }) => box.bottom > 0 && box.top < innerHeight)
      .sort((one, other) => one.box.top - other.box.top)
      .map(({ id }) => id)`,
  );
const renderedRows = (page: Page) => page.locator('.row').count();
const focusedRow = (page: Page) => page.evaluate('document.activeElement?.dataset.row');
const manyRows = (count: number) => ({ ...emptyData(), rows: sampleRows(count) });

test('keeps fewer than 200 rows in the document while 10,000 scroll through', async () => {
  const { page } = await visits.open(manyRows(10_000));
  await page.waitForSelector('.row');
  expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('10001');
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  expect(height).toBeGreaterThan(10_000 * 40);
  for (let step = 1; step <= 20; step += 1) {
    await page.evaluate(`scrollTo(0, ${(height * step) / 20})`);
    await page.evaluate(
      'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))',
    );
    expect(await renderedRows(page)).toBeLessThan(200);
    const ids = (await seen(page)).map((id) => Number(id.replace('row-', '')));
    expect(ids.length).toBeGreaterThan(10);
    expect(ids).toEqual(ids.map((_, index) => (ids[0] ?? 0) + index));
  }
  expect((await seen(page)).at(-1)).toBe('row-9999');
});

test('moves with arrows and j and k, opens with Enter, and closes with Escape', async () => {
  const { page } = await visits.open(fullData());
  await page.waitForSelector('.row');
  await page.keyboard.press('j');
  await soon(() => focusedRow(page)).toBe('row-0');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('j');
  await soon(() => focusedRow(page)).toBe('row-2');
  await page.keyboard.press('k');
  await soon(() => focusedRow(page)).toBe('row-1');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'What happened' }).waitFor();
  expect(page.url()).toContain('#/events/row-1');
  await page.keyboard.press('ArrowDown');
  await soon(() => page.url()).toContain('#/events/row-2');
  await page.keyboard.press('Escape');
  await soon(() => page.locator('.detail').count()).toBe(0);
  await soon(() => focusedRow(page)).toBe('row-2');
  await page.keyboard.press('End');
  await soon(() => focusedRow(page)).toBe('row-399');
  expect(await seen(page)).toContain('row-399');
  await page.keyboard.press('Home');
  await soon(() => focusedRow(page)).toBe('row-0');
});

test('shows the story of an event on a telephone as a sheet with a way back', async () => {
  const { page } = await visits.open(fullData(), { viewport: { width: 390, height: 844 } });
  await page.locator('.row').nth(2).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByText('held: TikTok answered 40105').first().waitFor();
  await sheet.getByRole('button', { name: 'Back' }).click();
  await sheet.waitFor({ state: 'detached' });
  expect(page.url()).not.toContain('row-2');
});

test('finds an order by its number as people write it, and sends only its fingerprint', async () => {
  const order = { ...sampleRow(3), orders: [fingerprint('1001')] };
  const { page, console } = await visits.open({ ...emptyData(), rows: [...sampleRows(3), order] });
  await page.waitForSelector('.row');
  await page.keyboard.press('/');
  await page.keyboard.type(' #1001 ');
  await soon(() => seen(page)).toEqual(['row-3']);
  expect(console.asked.map(({ url }) => url)).toContain(`/_console/rows?find=${fingerprint('1001')}`);
  expect(console.asked.some(({ url }) => url.includes('%231001'))).toBe(false);
  await page.getByRole('button', { name: 'Clear' }).click();
  await soon(async () => (await seen(page)).length).toBe(4);
});

test('filters by source, event and result', async () => {
  const { page } = await visits.open(fullData(40));
  await page.getByLabel('Result').selectOption('skipped');
  await soon(() => seen(page)).toEqual(['row-4', 'row-14', 'row-24', 'row-34']);
  await page.getByLabel('Source').selectOption('api');
  await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByRole('button', { name: /rejected/ }).click();
  await soon(() => seen(page)).toEqual(['row-7', 'row-17', 'row-27', 'row-37']);
});

test('lets no new event move the list while you read it', async () => {
  const { page, console } = await visits.open(manyRows(200));
  await page.waitForSelector('.row');
  await page.evaluate('scrollTo(0, 1200)');
  await page.waitForTimeout(50);
  const before = await seen(page);
  console.data.changes.push(
    ...[1, 2, 3].map((number) => ({ ...sampleRow(0), id: `new-${number}`, atMs: nowMs + number })),
    { ...sampleRow(25), outcome: 'delivered', text: 'changed in its place' },
  );
  const waiting = page.getByRole('button', { name: '3 new' });
  await waiting.waitFor();
  expect(await seen(page)).toEqual(before);
  await waiting.click();
  await soon(async () => (await seen(page)).slice(0, 4)).toEqual(['new-3', 'new-2', 'new-1', 'row-0']);
});

test('adds a new event at the top while nobody reads the list', async () => {
  const { page, console } = await visits.open(manyRows(5));
  await page.waitForSelector('.row');
  console.data.changes.push({ ...sampleRow(0), id: 'new', atMs: nowMs + 1 });
  await soon(async () => (await seen(page))[0]).toBe('new');
});
