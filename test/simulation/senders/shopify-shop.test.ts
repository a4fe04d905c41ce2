import { expect, test } from 'vitest';
import { type ApiGateway, createApiGateway } from './api-gateway.ts';
import { runShopifyShop, type ShopifySettings } from './shopify-shop.ts';
import { createSmallProduct, createSmallWorld, type SmallWorld } from './small-product.ts';

const hourMs = 3_600_000;

interface Course {
  readonly settings?: Partial<ShopifySettings>;
  readonly disturb?: (gateway: ApiGateway, world: SmallWorld) => void;
}

/** Places ten orders, a minute apart. */
async function run({ settings, disturb }: Course = {}) {
  const world = createSmallWorld();
  const { queue, webhook } = createSmallProduct(world.scheduler);
  const gateway = createApiGateway(world, { invoke: webhook });
  disturb?.(gateway, world);
  const sending = runShopifyShop(world, {
    gateway,
    firstOrder: 5_000,
    orders: 10,
    pauseMs: 60_000,
    repeats: 0,
    shares: { refused: 0, poison: 0, invalid: 0 },
    longestPaymentMs: hourMs,
    ...settings,
  });
  let isDone = false;
  void sending.then(() => {
    isDone = true;
  });
  await world.scheduler.run(world.scheduler.now() + 100 * hourMs);
  const events = queue.sent.map(({ message }) => JSON.parse(message.body).event);
  return { world, events, isDone };
}

const keys = Array.from({ length: 10 }, (_, index) => String(5_000 + index));

test('a Shopify shop delivers both topics of an order under one id', async () => {
  const { world, events, isDone } = await run();
  expect(isDone).toBe(true);
  expect(new Set(world.keysOf('accepted'))).toEqual(new Set(keys));
  expect(events).toHaveLength(20);
  const ids = new Set(
    events.map(({ event_name, event_id, order_id }) => `${event_name} ${event_id} ${order_id}`),
  );
  expect(ids).toEqual(new Set(keys.map((key) => `Purchase checkout-${key} ${key}`)));
});

test('a Shopify shop marks its events by the name of the product', async () => {
  const { events } = await run({ settings: { shares: { refused: 1, poison: 0, invalid: 0 } } });
  for (const event of events) expect(event.contents[0].content_name).toMatch(/^to default: refused-/);
});

test('a Shopify shop tries nine times within four hours, and then gives up', async () => {
  const { world, isDone } = await run({
    settings: { orders: 1 },
    disturb: ({ trouble }) => {
      trouble.throttles = 1;
    },
  });
  const attempts = world.keysOf('attempted');
  expect(isDone).toBe(true);
  expect(attempts).toHaveLength(2 * 9);
  expect(world.keysOf('accepted')).toEqual([]);
});

test('a Shopify shop delivers again after an hour without answers', async () => {
  const { world } = await run({
    disturb: ({ trouble }, { scheduler }) => {
      trouble.losesAnswer = 1;
      scheduler.after(hourMs, () => {
        trouble.losesAnswer = 0;
      });
    },
  });
  expect(new Set(world.keysOf('accepted'))).toEqual(new Set(keys));
  expect(world.keysOf('attempted').length).toBeGreaterThan(40);
});

test('a Shopify shop delivers twice what it repeats', async () => {
  const { events } = await run({ settings: { repeats: 1 } });
  expect(events).toHaveLength(40);
});

test('a Shopify shop reads that its test orders are skipped', async () => {
  const { world, events } = await run({ settings: { shares: { refused: 0, poison: 0, invalid: 1 } } });
  expect(events).toEqual([]);
  expect(new Set(world.keysOf('rejected'))).toEqual(new Set(keys));
});

test('a Shopify shop accepts that a payment after 47 hours is skipped', async () => {
  const { world, events, isDone } = await run({ settings: { orders: 40, longestPaymentMs: 71 * hourMs } });
  expect(isDone).toBe(true);
  expect(new Set(world.keysOf('accepted')).size).toBe(40);
  expect(world.keysOf('rejected')).toEqual([]);
  expect(events.length).toBeLessThan(80);
});
