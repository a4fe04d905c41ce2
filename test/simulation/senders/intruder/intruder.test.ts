import { expect, test } from 'vitest';
import { createApiGateway } from '../api-gateway.ts';
import { createSmallProduct, createSmallWorld } from '../small-product.ts';
import { runIntruder } from './intruder.ts';

test('an intruder is rejected whatever it tries, and queues nothing', async () => {
  const world = createSmallWorld();
  const { queue, ingest, webhook } = createSmallProduct(world.scheduler);
  const api = createApiGateway(world, { invoke: ingest });
  const webhooks = createApiGateway(world, { invoke: webhook });
  void runIntruder(world, { api, webhooks, prefix: 'x', requests: 100, pauseMs: 60_000 });
  await world.scheduler.run(world.scheduler.now() + 86_400_000);
  expect(queue.sent).toEqual([]);
  expect(world.keysOf('rejected')).toHaveLength(100);
});

test('an intruder that gets an acceptance ends the run', async () => {
  const world = createSmallWorld();
  const open = createApiGateway(world, { invoke: async () => ({ statusCode: 202, body: '{}' }) });
  void runIntruder(world, { api: open, webhooks: open, prefix: 'x', requests: 1, pauseMs: 1 });
  await expect(world.scheduler.run(world.scheduler.now() + 86_400_000)).rejects.toThrow(/^intruder x1/);
});
