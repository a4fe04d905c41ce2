/** The view of scheduled syncs in a real browser. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type ConsoleData, emptyData } from '../../support/console/console-data.ts';
import { startVisits } from '../../support/console/open-page.ts';
import { sampleSyncs } from '../../support/console/sample-syncs.ts';
import { launch } from '../launch.ts';

let browser: Browser;
const visits = startVisits(() => browser);

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());
afterEach(async () => {
  await visits.close();
  expect(visits.complaints.splice(0)).toEqual([]);
});

const withSyncs = (state: ConsoleData['state'] = {}): ConsoleData => ({
  ...emptyData(),
  syncs: sampleSyncs(),
  state,
});
const deployed = { stage: 'prod', isLocal: false, sendsTo: 'tiktok' } as const;

test('lists the syncs, and opens the last run of the first one with what it has to say', async () => {
  const { page } = await visits.open(withSyncs());
  await page.getByRole('link', { name: 'Syncs' }).click();
  await page.getByRole('row', { name: /customers cron\(0 6 \* \* \? \*\) Europe\/Berlin paused/ }).waitFor();
  const shown = page.getByRole('region', { name: 'orders', exact: true });
  await shown.getByText('1,240 rows · 1,112 sent · 31 with an omission · 97 rejected').waitFor();
  await shown.getByText('New columns: loyalty_tier').waitFor();
  await shown.getByRole('table', { name: 'Problems, by field and code' }).getByText('too_old').waitFor();
  await shown.getByRole('table', { name: 'Rejected rows' }).getByText('order-5005').waitFor();
});

test('shows another sync and the error of its run, by keyboard', async () => {
  const { page } = await visits.open(withSyncs(), { path: '/#/syncs' });
  await page.getByRole('link', { name: 'refunds' }).focus();
  await page.keyboard.press('Enter');
  const shown = page.getByRole('region', { name: 'refunds' });
  await shown.getByText('COLUMN_NOT_FOUND').waitFor();
  expect(page.url()).toMatch(/#\/syncs\/refunds$/);
  await shown.locator('summary').first().focus();
  await page.keyboard.press('Enter');
  await shown.getByText('COLUMN_NOT_FOUND').waitFor({ state: 'detached' });
});

test('on this machine, runs and pauses a sync at once', async () => {
  const { page, console } = await visits.open(withSyncs(), { path: '/#/syncs' });
  await page.getByRole('button', { name: 'Run now' }).click();
  await page.getByText('Started: its run appears below.').waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Paused. A run in progress ends first.').waitFor();
  const posts = console.asked.filter(({ method }) => method === 'POST');
  expect(posts).toMatchObject([
    { url: '/_console/syncs/run', token: 'local', body: '{"sync":"orders"}' },
    { url: '/_console/syncs/pause', token: 'local', body: '{"sync":"orders"}' },
  ]);
});

test('on a deployed stage, asks first, and Cancel does nothing', async () => {
  const { page, console } = await visits.open(withSyncs(deployed), { path: '/#/syncs/customers' });
  const posts = () => console.asked.filter(({ method }) => method === 'POST');
  await page.getByRole('button', { name: 'Resume …' }).click();
  const question = page.getByRole('dialog', { name: 'Resume customers?' });
  await question.getByText('This changes the deployed stage prod.').waitFor();
  await page.keyboard.press('Enter');
  await question.waitFor({ state: 'detached' });
  expect(posts()).toEqual([]);
  await page.getByRole('button', { name: 'Resume …' }).click();
  await question.getByRole('button', { name: 'Resume' }).click();
  await page.getByText('Resumed.').waitFor();
  expect(posts()).toMatchObject([{ url: '/_console/syncs/resume', body: '{"sync":"customers"}' }]);
});

test('offers no run while one is in progress, and no view without syncs', async () => {
  const { page } = await visits.open(withSyncs(), { path: '/#/syncs/leads' });
  const button = page.getByRole('button', { name: 'Run now' });
  await button.waitFor();
  expect(await button.isDisabled()).toBe(true);
  const { page: other } = await visits.open(emptyData(), { path: '/#/syncs' });
  await other.getByText('This stage has no syncs.').waitFor();
  expect(await other.getByRole('link', { name: 'Syncs' }).count()).toBe(0);
});
