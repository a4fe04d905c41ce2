import { expect, test } from 'vitest';
import { type ApiGateway, createApiGateway } from './api-gateway.ts';
import { createEventMaker } from './event-maker.ts';
import { createSmallProduct, createSmallWorld, type SmallWorld } from './small-product.ts';
import { runStandardSender, type StandardSettings } from './standard-sender.ts';

interface Course {
  readonly settings?: Partial<StandardSettings>;
  readonly invalid?: number;
  readonly disturb?: (gateway: ApiGateway, world: SmallWorld) => void;
}

/** Sends five deliveries. */
async function run({ settings, invalid = 0, disturb }: Course = {}) {
  const world = createSmallWorld();
  const { queue, webhook } = createSmallProduct(world.scheduler);
  const gateway = createApiGateway(world, { invoke: webhook });
  disturb?.(gateway, world);
  const make = createEventMaker({
    random: world.random,
    now: world.scheduler.now,
    source: 'webhook',
    prefix: 'b',
    destinations: ['default'],
    shares: { refused: 0, poison: 0, large: 0, invalid },
  });
  let isDone = false;
  void runStandardSender(world, {
    gateway,
    make,
    name: 'msg',
    deliveries: 5,
    eventsPerDelivery: 1,
    pauseMs: 1_000,
    repeats: 0,
    ...settings,
  }).then(() => {
    isDone = true;
  });
  await world.scheduler.run(world.scheduler.now() + 86_400_000);
  const ids = queue.sent.map(({ message }): string => JSON.parse(message.body).event.event_id);
  return { world, ids, isDone };
}

test('a sender of Standard Webhooks gives an event the id of its delivery', async () => {
  const { world, ids, isDone } = await run();
  expect(isDone).toBe(true);
  expect(ids).toEqual(['msg-1', 'msg-2', 'msg-3', 'msg-4', 'msg-5']);
  expect(world.keysOf('accepted')).toEqual(['b1', 'b2', 'b3', 'b4', 'b5']);
});

test('a sender of Standard Webhooks signs each attempt anew, under the same id', async () => {
  const { world, ids } = await run({
    settings: { deliveries: 1, eventsPerDelivery: 3 },
    disturb: ({ trouble }, { scheduler }) => {
      trouble.losesAnswer = 1;
      scheduler.after(3_600_000, () => {
        trouble.losesAnswer = 0;
      });
    },
  });
  expect(ids).toHaveLength(5 * 3);
  expect(new Set(ids)).toEqual(new Set(['msg-1-1', 'msg-1-2', 'msg-1-3']));
  expect(world.keysOf('accepted')).toEqual(['b1', 'b2', 'b3']);
});

test('a sender of Standard Webhooks gives up after six attempts', async () => {
  const { world, isDone } = await run({
    settings: { deliveries: 1 },
    disturb: ({ trouble }) => {
      trouble.losesRequest = 1;
    },
  });
  expect(isDone).toBe(true);
  expect(world.keysOf('attempted')).toHaveLength(6);
});

test('a sender of Standard Webhooks reads that an event without a name is skipped', async () => {
  const { world } = await run({ settings: { eventsPerDelivery: 5 }, invalid: 0.4 });
  expect(world.keysOf('rejected').length).toBeGreaterThan(0);
  expect(world.keysOf('accepted').length + world.keysOf('rejected').length).toBe(25);
});
