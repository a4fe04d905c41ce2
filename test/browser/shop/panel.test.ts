/** The panel of the demo shop says what became of each event and why nothing leaves the page, and leaves room on a phone. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { spawnGateway } from '../../support/gateway/gateway-process.ts';
import { createStageProject, type StageProject } from '../../support/gateway/stage-project.ts';
import { launch } from '../launch.ts';

let browser: Browser;
let project: StageProject;
let gateway: ReturnType<typeof spawnGateway>;
let url = '';
let page: Page;

beforeAll(async () => {
  project = createStageProject();
  project.write('asks', { collect: { origins: ['https://shop.example'], consent: 'require' } });
  gateway = spawnGateway({ LOCAL_API_KEY: '', TIKTOK_API_URL: '' }, ['--stage', 'asks'], project.gatewayFile);
  url = /http:\S+/.exec(await gateway.ready())?.[0] ?? '';
  browser = await launch();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  gateway?.process.kill('SIGKILL');
  project?.remove();
});
afterEach(() => page.context().close());

const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 900 };

async function open(path: string, viewport = desk): Promise<void> {
  page = await (await browser.newContext({ viewport })).newPage();
  await page.goto(url + path);
}

// First: nobody has opened or closed the panel of this gateway yet.
test('is closed on a phone and open on a desk until somebody chooses, and covers little more than half a phone', async () => {
  await open('/shop', phone);
  expect(await page.locator('#panel').isVisible()).toBe(false);
  expect(await page.locator('body').getAttribute('class')).toBe('');
  await page.context().close();
  await open('/shop');
  expect(await page.locator('#panel').isVisible()).toBe(true);
  await page.context().close();
  await open('/shop', phone);
  const choice = page.waitForResponse((response) => response.url().endsWith('/shop/settings'));
  await page.getByRole('button', { name: 'What leaves the page' }).click();
  const { height = 0 } = (await page.locator('#panel').boundingBox()) ?? {};
  expect(height / phone.height).toBeLessThan(0.6);
  const button = page.getByRole('button', { name: 'New visitor from an ad' });
  await button.scrollIntoViewIfNeeded();
  const { y = 0, height: buttonHeight = 0 } = (await button.boundingBox()) ?? {};
  expect(y + buttonHeight).toBeLessThanOrEqual(phone.height);
  await choice;
});

test('the question of consent covers no part of the footer', async () => {
  await fetch(`${url}/shop/settings`, { method: 'POST', body: '{"panel":false}' });
  for (const viewport of [phone, desk]) {
    await open('/shop', viewport);
    await page.locator('#consent').waitFor();
    await page.evaluate('scrollTo(0, document.body.scrollHeight)');
    const link = await page.getByRole('link', { name: 'Open the console' }).boundingBox();
    const question = await page.locator('#consent').boundingBox();
    expect((link?.y ?? 0) + (link?.height ?? 0)).toBeLessThanOrEqual(question?.y ?? 0);
    await page.getByRole('link', { name: 'Open the console' }).click({ trial: true });
    if (viewport === phone) await page.context().close();
  }
});

test('says that events wait for the consent that the stage requires, and that a refusal stops them', async () => {
  await fetch(`${url}/shop/settings`, { method: 'POST', body: '{"panel":true,"askConsent":false}' });
  await open('/shop/products/noon-bowl');
  const notice = page.locator('#waiting');
  const text = () => notice.textContent();
  await notice.waitFor();
  expect(await text()).toContain('The stage has consent: require. Events wait in the page');
  await page.getByRole('button', { name: 'Grant' }).click();
  await page.locator('#copies li', { hasText: 'ViewContent' }).getByText('TikTok counts them once').waitFor();
  expect(await notice.isVisible()).toBe(false);
  // The choice holds on the next page, although the page does not ask.
  await page.goto(`${url}/shop/products/ember-cup`);
  expect(await notice.isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Hold' }).click();
  expect(await text()).toContain('Events wait in the page');
  await page.getByRole('button', { name: 'Revoke' }).click();
  expect(await text()).toContain('The visitor declined: nothing leaves the page.');
});

test('says which events the gateway skips, and why', async () => {
  await fetch(`${url}/shop/settings`, { method: 'POST', body: '{"panel":true}' });
  await open('/shop');
  const events = [
    { event_name: 'Search', event_id: 'no-choice' },
    { event_name: 'Free', event_id: 'no-name', consent: 'granted' },
    { event_name: 'Search', event_id: 'fine', consent: 'granted' },
  ];
  await page.evaluate((body) => fetch('/v1/collect', { method: 'POST', body }), JSON.stringify({ events }));
  const item = (id: string) => page.locator('#copies li', { hasText: id });
  await item('fine').waitFor();
  expect(await item('fine').locator('.state').textContent()).toBe('gateway only');
  expect(await item('no-choice').textContent()).toMatch(
    /the gateway skips it: no_consent\s+The visitor refused, or the stage needs a consent/,
  );
  expect(await item('no-name').textContent()).toMatch(
    /the gateway skips it: event_not_allowed.*Add the name to collect\.events/s,
  );
  const { events: seen } = (await (await fetch(`${url}/shop/copies`)).json()) as {
    events: { id: string; state: string }[];
  };
  expect(seen.map(({ id, state }) => `${id} ${state}`)).toEqual(
    expect.arrayContaining(['fine gateway', 'no-choice skipped', 'no-name skipped']),
  );
});
