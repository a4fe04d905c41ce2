/** Webhooks that contain only ids, sent to the process of `npm start`: a developer without an account can try them. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { platformNamed } from '../../../lib/webhooks/platforms.ts';
import { eventually } from '../../support/eventually.ts';
import { type GatewayProcess, startGatewayProcess } from '../../support/gateway/gateway-process.ts';
import type { Json } from '../../support/webhooks/webhook-bodies.ts';
import { order as bigcommerceOrder, hook, products } from '../../unit/webhooks/bigcommerce/bodies.ts';
import { order as nuvemshopOrder } from '../../unit/webhooks/nuvemshop/bodies.ts';

let gateway: GatewayProcess;
beforeAll(async () => {
  gateway = await startGatewayProcess();
});
afterAll(async () => {
  expect(await gateway.stop(), 'stops cleanly').toBe(0);
});
beforeEach(async () => {
  await fetch(`${gateway.url}/_sandbox/platform-api`, { method: 'DELETE' });
});

const nowSeconds = Math.floor(Date.now() / 1000);
const justNow = new Date((nowSeconds - 60) * 1000).toISOString();

/** Posts a webhook as the platform signs it for the source of the stage `local`. */
async function send(platform: string, body: Json) {
  const { bind, local } = platformNamed(platform);
  const text = JSON.stringify(body);
  const secret = `local-${platform}-secret`;
  const headers = bind({ platform, ...local?.settings }).sign({
    secret,
    body: Buffer.from(text),
    nowSeconds,
  });
  const response = await fetch(`${gateway.url}/v1/webhooks/${platform}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: text,
  });
  return { status: response.status, body: (await response.json()) as Json };
}

const store = (path: string, document: unknown, query = '') =>
  fetch(`${gateway.url}/_sandbox/platform-api/${path}${query}`, {
    method: 'PUT',
    body: JSON.stringify(document),
  });

const delivered = (id: string) =>
  eventually(
    async () =>
      (await gateway.requests()).flatMap(({ body }) => body.data).filter((event) => event.event_id === id),
    (events) => events.length > 0,
  );

const paidHook = (id: number): Json =>
  hook(
    'store/order/statusUpdated',
    { type: 'order', id, status: { previous_status_id: 0, new_status_id: 11 } },
    { created_at: nowSeconds - 60 },
  );

test('delivers the order of BigCommerce that is stored with its products', async () => {
  await store('bigcommerce/stores/abc123/v2/orders/41', bigcommerceOrder({ id: 41, date_created: justNow }));
  await store('bigcommerce/stores/abc123/v2/orders/41/products', products());
  expect(await send('bigcommerce', paidHook(41))).toEqual({
    status: 200,
    body: { accepted: 1, skipped: [] },
  });
  expect(await delivered('41')).toMatchObject([
    { event: 'Purchase', properties: { value: 54.95, contents: [{ content_id: '178' }] } },
  ]);
});

test('delivers the order of Nuvemshop that is stored', async () => {
  const times = { created_at: justNow, paid_at: justNow };
  await store('nuvemshop/v1/123456/orders/42', nuvemshopOrder({ id: 42, ...times }));
  const webhook = { store_id: 123456, event: 'order/paid', id: 42 };
  expect(await send('nuvemshop', webhook)).toEqual({ status: 200, body: { accepted: 1, skipped: [] } });
  expect(await delivered('42')).toMatchObject([
    { event: 'Purchase', properties: { value: 5400, currency: 'BRL' } },
  ]);
});

test('says that an order is neither stored nor to be had from the real API', async () => {
  expect(await send('nuvemshop', { store_id: 123456, event: 'order/paid', id: 43 })).toMatchObject({
    status: 503,
    body: {
      type: 'urn:tiktok-events:problem:platform_unreachable',
      detail: expect.stringContaining('not in the local platform API, and the real API'),
    },
  });
});

test.each([
  [429, 503, 'platform_throttled'],
  [500, 503, 'platform_error'],
  [401, 503, 'platform_unauthorized'],
])('answers to a stored %s with %s and the code %s', async (stored, status, code) => {
  await store('nuvemshop/v1/123456/orders/44', {}, `?status=${stored}`);
  expect(await send('nuvemshop', { store_id: 123456, event: 'order/paid', id: 44 })).toMatchObject({
    status,
    body: { type: `urn:tiktok-events:problem:${code}` },
  });
});
