/** The snippets of the recipes run: what they hand to the sender comes back in the webhook, and the pixel sends the same id. */
import { createContext, runInContext } from 'node:vm';
import { afterEach, expect, test, vi } from 'vitest';
import { webhookReceiver, webhookRequest } from '../../support/webhooks/receive-webhooks.ts';
import { eventOf, type Json, nowMs } from '../../support/webhooks/webhook-bodies.ts';
import { fencedBlocks, readPage } from '../pages.ts';
import { changed, readRecipe } from './guide.ts';

const snippets = (guide: string): string[] => fencedBlocks(readPage(`docs/sources/${guide}.md`), 'js');
const [firstLemon = ''] = snippets('lemon-squeezy');
const [firstPaddle = ''] = snippets('paddle');
const [polarCheckout = '', polarThanks = ''] = snippets('polar');
const [ownBackend = ''] = snippets('own-backend');

/** What a page has, for a visitor who came from an ad. */
function page(search: string, own: Json) {
  const tracked: unknown[][] = [];
  const context = createContext({
    document: { cookie: 'theme=dark; ttclid=E.C.P.cookie; _ttp=browser-1' },
    location: { search },
    navigator: { userAgent: 'Mozilla/5.0 (iPhone)' },
    ttq: { track: (...call: unknown[]) => tracked.push(call) },
    crypto,
    URL,
    URLSearchParams,
    ...own,
  });
  return { run: (code: string): unknown => runInContext(code, context), tracked };
}

/** The event of the first body of a guide with other custom data in it. */
const eventWith = (guide: string, changes: Json) => {
  const { settings, headers, examples } = readRecipe(guide);
  return eventOf({ settings, headers, body: changed(JSON.parse(examples[0]?.body ?? ''), changes) });
};

const visitor = { ttp: 'browser-1', user_agent: 'Mozilla/5.0 (iPhone)' };

test.each([
  ['?ttclid=E.C.P.url', 'E.C.P.url'],
  ['', 'E.C.P.cookie'],
])(
  'the Lemon Squeezy snippet on a page with the query "%s" sends the click id %s with the event id of the pixel',
  async (search, ttclid) => {
    const opened: string[] = [];
    let handler: (event: Json) => void = () => undefined;
    const LemonSqueezy = {
      Setup: (setup: { eventHandler: typeof handler }) => (handler = setup.eventHandler),
      Url: { Open: (address: string) => opened.push(address) },
    };
    const { run, tracked } = page(search, { LemonSqueezy });
    run(`${firstLemon}; buy('https://shop.lemonsqueezy.com/checkout/buy/1?media=0', 9.99, 'USD')`);
    const { searchParams } = new URL(opened[0] ?? '');
    const custom = Object.fromEntries(
      [...searchParams].flatMap(([name, value]) => {
        const [, field] = name.match(/^checkout\[custom\]\[(\w+)\]$/) ?? [];
        return field === undefined ? [] : [[field, value]];
      }),
    );
    expect(searchParams.get('media')).toBe('0');
    handler({ event: 'Checkout.Success', data: {} });
    handler({ event: 'Checkout.ViewCart' });
    expect(tracked).toEqual([['Purchase', { value: 9.99, currency: 'USD' }, { event_id: custom.event_id }]]);
    const event = await eventWith('lemon-squeezy', { 'meta.custom_data': custom });
    expect(event).toMatchObject({ ...visitor, ttclid, event_id: custom.event_id });
  },
);

test('each checkout that the Lemon Squeezy snippet opens has an event id of its own', () => {
  const opened: string[] = [];
  const LemonSqueezy = { Setup: () => undefined, Url: { Open: (address: string) => opened.push(address) } };
  const { run } = page('', { LemonSqueezy });
  run(`${firstLemon}; for (const n of [1, 2]) buy('https://shop.lemonsqueezy.com/checkout/buy/1', n, 'USD')`);
  const ids = opened.map((address) => new URL(address).searchParams.get('checkout[custom][event_id]'));
  expect(new Set(ids).size).toBe(2);
});

test('the Paddle snippet hands over what the page knows, and the pixel sends the id of the transaction', async () => {
  const opened: Json[] = [];
  const Paddle = { Checkout: { open: (options: Json) => opened.push(options) } };
  const { run, tracked } = page('?ttclid=E.C.P.url', { Paddle });
  run(`${firstPaddle}; buy([{ priceId: 'pri_1', quantity: 1 }], 'ada@example.com')`);
  run(`buy([{ priceId: 'pri_1', quantity: 1 }])`);
  expect(opened[0]).toMatchObject({ items: [{ priceId: 'pri_1', quantity: 1 }] });
  expect(opened[1]?.customData).not.toHaveProperty('email');
  const data = { transaction_id: 'txn_1', currency_code: 'USD', totals: { total: 543.28 } };
  run(`onPaddleEvent(${JSON.stringify({ name: 'checkout.loaded', data })})`);
  run(`onPaddleEvent(${JSON.stringify({ name: 'checkout.completed', data })})`);
  expect(tracked).toEqual([['Purchase', { value: 543.28, currency: 'USD' }, { event_id: 'txn_1' }]]);
  const event = await eventWith('paddle', { 'data.id': 'txn_1', 'data.custom_data': opened[0]?.customData });
  expect(event).toMatchObject({
    ...visitor,
    ttclid: 'E.C.P.url',
    email: 'ada@example.com',
    event_id: 'txn_1',
  });
});

test('the Polar snippets hand over the visitor, and the pixel sends the id of the checkout', async () => {
  const created: Json[] = [];
  const { run, tracked } = page('?checkout_id=co-1', {
    polar: { checkouts: { create: (options: Json) => created.push(options) } },
    productId: 'p-1',
    cookies: { ttclid: 'E.C.P.cookie', _ttp: 'browser-1' },
    request: { ip: '203.0.113.9', headers: { 'user-agent': 'Mozilla/5.0 (iPhone)' } },
    value: 10,
    currency: 'EUR',
  });
  await run(`(async () => { ${polarCheckout} })()`);
  run(polarThanks);
  expect(tracked).toEqual([['Purchase', { value: 10, currency: 'EUR' }, { event_id: 'co-1' }]]);
  const event = await eventWith('polar', {
    'data.checkout_id': 'co-1',
    'data.metadata': created[0]?.metadata,
  });
  expect(event).toMatchObject({
    ...visitor,
    ttclid: 'E.C.P.cookie',
    ip: '203.0.113.9',
    event_id: 'co-1',
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('the gateway accepts what the snippet of your own back end signs', async () => {
  vi.useFakeTimers({ now: nowMs, toFake: ['Date'] });
  const { settings, examples } = readRecipe('own-backend');
  const { receive, sent } = await webhookReceiver({ settings, secrets: [['s3cret']] });
  vi.stubGlobal(
    'fetch',
    async (address: string, request: { headers: Record<string, string>; body: string }) => {
      expect(address).toBe('https://gateway.example/v1/webhooks/backend');
      return (await receive(webhookRequest(request.body, request.headers))).response;
    },
  );
  const { post } = await import(`data:text/javascript,${encodeURIComponent(ownBackend)}`);
  const payload: unknown = JSON.parse(examples[0]?.body ?? '');
  const send = (secret: string) => post('https://gateway.example/v1/webhooks/backend', secret, payload);
  expect(await send('s3cret')).toMatchObject({ statusCode: 200 });
  expect(await send('another')).toMatchObject({ status: 401 });
  expect(sent).toHaveLength(1);
});
