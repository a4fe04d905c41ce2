/** A shop page at Shopify in a real Chromium: a local server, Shopify's objects, and TikTok's script as a recorder. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Browser, Frame, Page } from 'playwright-core';
import { closeServer, listenOnLoopback } from '../../local/loopback-server.ts';

/** No name is resolved, so that nothing leaves this machine. */
export const offline = ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'];

type Answer = (request: IncomingMessage, body: string) => { type: string; body: string };

/** Answers every request on a port of its own. */
export async function serve(answer: Answer): Promise<{ url: string; close: () => Promise<void> }> {
  const server: Server = createServer(async (request, response) => {
    const { type, body } = answer(request, await text(request));
    response.writeHead(200, { 'content-type': type }).end(body);
  });
  const url = await listenOnLoopback(server, 0);
  return { url, close: () => closeServer(server) };
}

/** Takes over the list of calls as TikTok's script does, and keeps each call. */
const recorder = `
  const ttq = window[window.TiktokAnalyticsObject];
  window.recorded = [...ttq];
  ttq.push = (...calls) => window.recorded.push(...calls);
`;

export type Call = [method: string, ...values: unknown[]];

export interface PixelPage {
  readonly page: Page;
  readonly frame: Frame;
  /** Addresses that the page asked TikTok for. */
  readonly requests: readonly string[];
  readonly errors: readonly string[];
  /** Calls that reached TikTok's script. */
  readonly calls: () => Promise<Call[]>;
  /** Publishes a customer event, as the checkout does. */
  readonly publish: (name: string, checkout: unknown) => Promise<void>;
  /** Publishes the visitor's choice. */
  readonly consent: (customerPrivacy: unknown) => Promise<void>;
}

export async function openPixel(browser: Browser, url: string, privacy: unknown): Promise<PixelPage> {
  const page = await browser.newPage();
  const requests: string[] = [];
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.route('https://analytics.tiktok.com/**', (route) => {
    requests.push(route.request().url());
    return route.fulfill({ contentType: 'text/javascript', body: recorder });
  });
  await page.goto(`${url}/?${new URLSearchParams({ privacy: JSON.stringify(privacy) })}`);
  const frame = page.frames().find((candidate) => candidate !== page.mainFrame());
  if (frame === undefined) throw new Error('no sandbox');
  await frame.waitForFunction('window.isReady === true');
  const run = (name: string, value: unknown) =>
    frame.evaluate(`publish(${JSON.stringify(name)}, ${JSON.stringify(value)})`) as Promise<void>;
  return {
    page,
    frame,
    requests,
    errors,
    calls: async () => {
      await frame.waitForFunction('window.ttq === undefined || window.recorded !== undefined');
      return frame.evaluate<Call[]>('window.recorded ?? []');
    },
    publish: (name, checkout) => run(name, { name, data: { checkout } }),
    consent: (customerPrivacy) => run('visitorConsentCollected', { customerPrivacy }),
  };
}

/**
 * A custom pixel runs in a sandboxed frame, whose origin is nobody's. Shopify wraps its code in a function of `api` and
 * gives it analytics, browser and init of that object (shopify.dev/docs/api/web-pixels-api).
 */
export const sandboxPages =
  (code: string): Answer =>
  (request) => {
    const { pathname, search, searchParams } = new URL(request.url ?? '', 'http://shop.example');
    if (pathname !== '/sandbox')
      return {
        type: 'text/html',
        body: `<iframe sandbox="allow-scripts allow-forms" src="/sandbox${search}">`,
      };
    return { type: 'text/html', body: sandbox(code, searchParams.get('privacy') ?? '{}') };
  };

const sandbox = (code: string, privacy: string): string => `<!doctype html><script>
  const listeners = {};
  const subscribe = (name, listener) => {
    (listeners[name] ??= []).push(listener);
    return Promise.resolve();
  };
  window.publish = (name, event) => (listeners[name] ?? []).forEach((listener) => listener(event));
  const nothing = { get: async () => '', getItem: async () => null };
  (function (api) {
    var analytics = api.analytics, browser = api.browser, init = api.init;
    ${code}
  })({
    analytics: { subscribe },
    browser: { cookie: nothing, localStorage: nothing, sessionStorage: nothing },
    init: { context: {}, data: { customer: null, cart: null }, customerPrivacy: ${privacy} },
    customerPrivacy: { subscribe },
  });
  window.isReady = true;
</script>`;
