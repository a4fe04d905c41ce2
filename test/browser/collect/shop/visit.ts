/** Opens pages of the shop in Chromium, each visitor in a context of its own, and waits for what leaves them. */
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { eventually } from '../../../support/eventually.ts';
import type { Flow } from './shop.ts';

/** Nothing leaves this machine; names below localhost are this machine without a resolver. */
export const offline = ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE *.localhost, EXCLUDE 127.0.0.1'];

export interface Visit {
  readonly page: Page;
  readonly errors: readonly string[];
  readonly cookies: () => Promise<Record<string, string>>;
  readonly close: () => Promise<void>;
}

export async function visit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.goto(url);
  return {
    page,
    errors,
    cookies: async () =>
      Object.fromEntries((await context.cookies()).map(({ name, value }) => [name, value])),
    close: () => context.close(),
  };
}

/** Waits until the browser script runs: it takes the queue of the snippet. */
export const ready = (page: Page): Promise<unknown> =>
  page.waitForFunction('window.tiktokEvents && !Array.isArray(window.tiktokEvents.q)');

/** Waits for as many events, then a little longer, in which none more must come. */
export async function settled(flow: Flow, events: number, copies = 0): Promise<void> {
  await eventually(
    () => ({ events: flow.events().map(({ n }) => n), copies: flow.copies.map(({ event }) => event) }),
    (seen) => seen.events.length >= events && seen.copies.length >= copies,
    25_000,
  );
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(flow.problems).toEqual([]);
}
