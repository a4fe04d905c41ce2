/** Every page of the demo shop, at both widths and in both color schemes, judged by all rules of axe-core, and by keyboard alone. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFindings } from '../../support/console/axe-findings.ts';
import { type GatewayProcess, startGatewayProcess } from '../../support/gateway/gateway-process.ts';
import { launch } from '../launch.ts';

let browser: Browser;
let gateway: GatewayProcess;

beforeAll(async () => {
  gateway = await startGatewayProcess({ LOCAL_API_KEY: '', TIKTOK_API_URL: '' });
  browser = await launch();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await gateway?.stop();
});

const widths = { desk: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const;
const looks = (['desk', 'phone'] as const).flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
);

const choose = (settings: object) =>
  fetch(`${gateway.url}/shop/settings`, { method: 'POST', body: JSON.stringify(settings) });

test.each(looks)(
  'axe-core finds nothing on any page ($width, $colorScheme)',
  async ({ width, colorScheme }) => {
    const page = await (await browser.newContext({ viewport: widths[width], colorScheme })).newPage();
    await choose({ panel: false, askConsent: false });
    await page.goto(`${gateway.url}/shop/products/noon-bowl`);
    await page.getByRole('button', { name: 'Add to cart' }).click();
    for (const path of [
      '',
      '/products/noon-bowl',
      '/search?q=mug',
      '/cart',
      '/checkout',
      '/thanks?order=1',
      '/nothing',
    ]) {
      await page.goto(`${gateway.url}/shop${path}`);
      await page.locator('main h1').waitFor();
      expect(await axeFindings(page), path).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), path).toBe(true);
    }
    await page.context().close();
  },
);

test.each(looks)(
  'axe-core finds nothing in the panel and in the question of consent ($width, $colorScheme)',
  async ({ width, colorScheme }) => {
    const page = await (await browser.newContext({ viewport: widths[width], colorScheme })).newPage();
    await choose({ panel: true, askConsent: true });
    await page.goto(`${gateway.url}/shop/products/noon-bowl`);
    await page.locator('#copies li').first().waitFor();
    await page.locator('#consent').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.context().close();
  },
);

test('a visitor with a keyboard opens a product, fills the cart and checks out', async () => {
  const page = await (await browser.newContext()).newPage();
  await choose({ panel: false, askConsent: false });
  await page.goto(`${gateway.url}/shop`);
  const press = async (name: string) => {
    const target = page.getByRole('link', { name }).or(page.getByRole('button', { name }));
    for (let count = 0; count < 40; count += 1) {
      if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
  };
  await press('Noon bowl');
  await page.getByRole('button', { name: 'Add to cart' }).waitFor();
  await press('Add to cart');
  await page.getByText('Noon bowl is in your cart.').waitFor();
  await press('See your cart');
  await press('Check out');
  await page.getByRole('button', { name: 'Place order' }).waitFor();
  await press('Place order');
  await page.getByText('Thank you!').waitFor();
  await page.context().close();
});
