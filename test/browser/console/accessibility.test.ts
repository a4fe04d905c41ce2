/** Every state of the console's page, at both widths and in both color schemes, judged by all rules of axe-core. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from '../../support/console/axe-findings.ts';
import { type ConsoleData, emptyData } from '../../support/console/console-data.ts';
import { fullData } from '../../support/console/full-data.ts';
import { startVisits } from '../../support/console/open-page.ts';
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

const deployed = (): ConsoleData => {
  const data = fullData(40);
  const problems = ['The log group /aws/lambda/x cannot be read: your role needs logs:FilterLogEvents.'];
  data.state = { ...data.state, stage: 'prod', isLocal: false, sendsTo: 'tiktok', problems };
  return data;
};

interface State {
  readonly name: string;
  readonly data?: () => ConsoleData;
  readonly path?: string;
  readonly reach: (page: Page) => Promise<unknown>;
}

const states: readonly State[] = [
  { name: 'the list of events', reach: (page) => page.waitForSelector('.row') },
  {
    name: 'the story of an event',
    path: '/#/events/row-6',
    reach: (page) => page.waitForSelector('.timeline'),
  },
  { name: 'the dead letters', path: '/#/dead-letters', reach: (page) => page.waitForSelector('.letters') },
  {
    name: 'the question before a replay',
    path: '/#/dead-letters',
    reach: async (page) => {
      await page.getByLabel('Select all').check();
      await page.getByRole('button', { name: 'Replay …' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'the match quality', path: '/#/quality', reach: (page) => page.waitForSelector('.bars') },
  {
    name: 'the syncs with a run and its rejected rows',
    path: '/#/syncs',
    reach: (page) => page.getByText('order-5005').waitFor(),
  },
  {
    name: 'the question before a run',
    data: deployed,
    path: '/#/syncs/customers',
    reach: async (page) => {
      await page.getByRole('button', { name: 'Run now …' }).click();
      await page.getByRole('dialog', { name: 'Run customers now?' }).waitFor();
    },
  },
  {
    name: 'the requests to TikTok',
    path: '/#/requests',
    reach: (page) => page.locator('.request summary').first().click(),
  },
  {
    name: 'the samples',
    reach: async (page) => {
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await page.getByRole('button', { name: 'orders/paid' }).click();
      await page.getByRole('link', { name: 'Show the event' }).waitFor();
    },
  },
  {
    name: 'the editor of an event',
    reach: async (page) => {
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await page.getByRole('button', { name: 'Event of your own …' }).click();
      await page.getByRole('dialog', { name: 'Event of your own' }).waitFor();
    },
  },
  {
    name: 'the failures',
    reach: async (page) => {
      await page.getByRole('button', { name: '1 failure on' }).click();
      await page.getByText('As JSON').click();
    },
  },
  { name: 'a stage without events', data: emptyData, reach: (page) => page.waitForSelector('.empty h3') },
  {
    name: 'a deployed stage with problems',
    data: deployed,
    reach: (page) => page.waitForSelector('.problems'),
  },
];

describe.each([
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
])('at $width pixels', (viewport) => {
  test.each(states)('shows $name without a finding of axe-core or a sideways scroll', async (state) => {
    const { data = () => fullData(20), path = '/', reach } = state;
    const { page } = await visits.open(data(), { viewport, path, reducedMotion: 'reduce' });
    await reach(page);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await axeFindings(page), colorScheme).toEqual([]);
    }
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
  });
});
