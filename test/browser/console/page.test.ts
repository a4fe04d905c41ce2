/** What holds for the whole page: connection, token, time zone, text of strangers, actions and their failures. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { emptyData } from '../../support/console/console-data.ts';
import { fullData } from '../../support/console/full-data.ts';
import { startVisits } from '../../support/console/open-page.ts';
import { sampleRow } from '../../support/console/sample-rows.ts';
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

test('says that the connection is lost, and is live again when the server answers', async () => {
  const { page } = await visits.open(fullData(20));
  const status = page.locator('.connection');
  await soon(() => status.textContent()).toBe('Live');
  await page.context().setOffline(true);
  await soon(() => status.textContent()).toBe('Connection lost, retrying …');
  await page.getByText('What you see may be old.').waitFor();
  await page.context().setOffline(false);
  await soon(() => status.textContent()).toBe('Live');
  await soon(() => page.getByText('What you see may be old.').count()).toBe(0);
});

test('takes the token out of the address and sends it with every request', async () => {
  const { page, console } = await visits.open(fullData(20), { path: '/#token=secret-of-the-tab' });
  await page.waitForSelector('.row');
  expect(page.url()).toBe(`${console.url}/`);
  await page.reload();
  await page.waitForSelector('.row');
  expect(new Set(console.asked.map(({ token }) => token))).toEqual(new Set(['secret-of-the-tab']));
});

test('shows events where the language of the browser is none that formatters take', async () => {
  const script = "Object.defineProperty(navigator, 'language', { value: 'en-US@posix', configurable: true })";
  const { page } = await visits.open(fullData(20), { script });
  await page.waitForSelector('.row');
});

test('says what to do when the token is wrong', async () => {
  const { page } = await visits.open({ ...emptyData(), isForbidden: true });
  await page.getByText('Open the address that the console command printed.').waitFor();
});

test.each([
  ['Europe/Berlin', '17:49:03', 'Nov 26, 2026, 17:49:03.204 GMT+1'],
  ['America/New_York', '11:49:03', 'Nov 26, 2026, 11:49:03.204 EST'],
])('shows times in the zone %s of the viewer', async (timezoneId, clock, title) => {
  const { page } = await visits.open({ ...emptyData(), rows: [sampleRow(0)] }, { timezoneId });
  const time = page.locator('.row time');
  await soon(() => time.textContent()).toContain(clock);
  expect(await time.getAttribute('title')).toBe(title);
});

test('shows markup of strangers as text everywhere', async () => {
  const evil = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
  const data = fullData(1);
  const row = {
    ...sampleRow(2),
    eventId: evil,
    name: evil,
    source: evil,
    topic: evil,
    text: evil,
    warnings: [evil],
  };
  data.rows = [row];
  data.letters = {
    letters: data.letters.letters.map((letter) => ({ ...letter, text: evil, detail: evil })),
    total: 14,
  };
  data.state = {
    ...data.state,
    problems: [evil],
    held: (data.state.held ?? []).map((held) => ({ ...held, text: evil })),
  };
  data.requests = data.requests.map((request) => ({ ...request, message: evil }));
  const { page } = await visits.open(data);
  await page.locator('.row').click();
  await page.getByRole('heading', { name: evil }).waitFor();
  for (const view of ['dead-letters', 'requests', 'quality', 'events']) {
    await page.goto(`${page.url().split('#')[0]}#/${view}`);
    await page.waitForSelector('main h1');
    expect(await page.locator('main img, main script').count()).toBe(0);
  }
});

test('asks with count and consequence before it discards dead letters, and says what it did', async () => {
  const { page, console } = await visits.open(fullData(20), { path: '/#/dead-letters' });
  await page.getByLabel('Reason').selectOption('timeout');
  await page.getByLabel('Select all').check();
  await page.getByRole('button', { name: 'Discard …' }).click();
  const question = page.getByRole('dialog', { name: 'Discard 4 dead letters?' });
  await question.getByText('You cannot undo this.').waitFor();
  expect(console.asked.some(({ method }) => method === 'POST')).toBe(false);
  await question.getByRole('button', { name: 'Discard 4' }).click();
  await page.getByText('2 dead letters discarded. 1 was left: it expired.').waitFor();
  const sent = console.asked.find(({ method }) => method === 'POST');
  expect(sent?.url).toBe('/_console/dead-letters/discard');
  expect(JSON.parse(sent?.body ?? '')).toEqual({ ids: ['letter-2', 'letter-5', 'letter-8', 'letter-11'] });
});

test('shows the failure of an action as text', async () => {
  const { page } = await visits.open(fullData(20), { path: '/#/dead-letters' });
  await page.getByLabel('Select all').check();
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Replay …' }).click();
  await page.getByRole('button', { name: 'Replay 14' }).click();
  await page.getByRole('alert').getByText('does not answer').waitFor();
});

test('sends a sample, an event of your own, and turns failures on and off', async () => {
  const { page, console } = await visits.open(fullData(20));
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('button', { name: 'checkout.session.completed' }).click();
  await page.getByText('The gateway took it.').waitFor();
  await page.getByRole('link', { name: 'Show the event' }).click();
  await page.getByRole('heading', { name: 'What happened' }).waitFor();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('button', { name: 'Event of your own …' }).click();
  const editor = page.getByRole('dialog', { name: 'Event of your own' });
  await editor.getByLabel('Event as JSON').fill('{"event_name":"Purchase"}');
  await editor.getByRole('button', { name: 'Send' }).click();
  await editor.getByText('The gateway took it.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '1 failure on' }).click();
  await page.getByRole('combobox', { name: 'Failure' }).selectOption('HTTP 503');
  await page.getByLabel('Times').fill('2');
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.getByText('status · status 503 · 2 more times').waitFor();
  await page.getByRole('button', { name: 'Turn all off' }).click();
  await page.getByText('No failure is on.').waitFor();
  const posts = console.asked.filter(({ method }) => method === 'POST').map(({ url, body }) => [url, body]);
  expect(posts).toEqual([
    ['/_console/samples/stripe%3Acheckout.session.completed', '{}'],
    ['/v1/events', '{"event_name":"Purchase"}'],
    ['/_sandbox/faults', '{"kind":"status","status":503,"times":2}'],
  ]);
});
