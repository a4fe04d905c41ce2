/** Pages of the console in a real browser, with everything that a page must not do written down. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { ConsoleData } from './console-data.ts';
import { type FakeConsole, startFakeConsole } from './fake-console.ts';

export interface OpenedPage {
  readonly page: Page;
  readonly console: FakeConsole;
}

interface VisitOptions extends BrowserContextOptions {
  readonly path?: string;
  /** Runs in the page before its own script. */
  readonly script?: string;
}

export interface Visits {
  /** Starts a console with this data and opens it. */
  open(data: ConsoleData, options?: VisitOptions): Promise<OpenedPage>;
  /** Complaints of the browser, such as a style that the policy forbids, and requests to other hosts. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** Chromium reports each answer of 400 and above, and each connection that is refused; tests cause them. */
const isExpected = (text: string): boolean => text.includes('Failed to load resource');

export function startVisits(browser: () => Browser): Visits {
  const complaints: string[] = [];
  const contexts: BrowserContext[] = [];
  const consoles: FakeConsole[] = [];

  function watch(page: Page, url: string): void {
    page.on('console', (message) => {
      if (message.type() !== 'info' && !isExpected(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
    page.on('request', (request) => {
      const address = request.url();
      if (!address.startsWith(`${url}/`) && address !== 'data:,') complaints.push(`request to ${address}`);
    });
  }

  return {
    complaints,
    open: async (data, { path = '/', script, ...options } = {}) => {
      const console = await startFakeConsole(data);
      consoles.push(console);
      const context = await browser().newContext({
        viewport: { width: 1280, height: 800 },
        timezoneId: 'Europe/Berlin',
        locale: 'en-US',
        ...options,
      });
      contexts.push(context);
      if (script !== undefined) await context.addInitScript(script);
      const page = await context.newPage();
      watch(page, console.url);
      await page.goto(console.url + path);
      return { page, console };
    },
    close: async () => {
      await Promise.all(contexts.splice(0).map((context) => context.close()));
      await Promise.all(consoles.splice(0).map((console) => console.stop()));
    },
  };
}
