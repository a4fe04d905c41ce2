/** Starts the senders of a plan, each with a chance of its own. */
import { createRandom } from '../support/random.ts';
import type { Machine } from './machine.ts';
import type { Plan } from './plan/plan.ts';
import { createApiGateway } from './senders/api-gateway.ts';
import { runApiSender } from './senders/api-sender.ts';
import { createEventMaker } from './senders/event-maker.ts';
import { pause } from './senders/pause.ts';
import { runShopifyShop } from './senders/shopify-shop.ts';
import type { Surroundings } from './world-parts.ts';

/** @returns one promise for each sender, which resolves when it will not send again */
export function startSenders(plan: Plan, world: Surroundings, { ingest, webhook }: Machine): Promise<void>[] {
  const api = createApiGateway(world, ingest);
  const webhooks = createApiGateway(world, webhook);
  return plan.senders.map(async (sender, index) => {
    const random = createRandom(world.random.between(0, 0xffff_ffff));
    const surroundings = { ...world, random };
    const { prefix, fromMs, count, pauseMs, flaws } = sender;
    const { now } = world.scheduler;
    await pause(fromMs, world);
    if (sender.kind === 'webhook')
      return runShopifyShop(surroundings, {
        gateway: webhooks,
        repeats: 0.1,
        firstOrder: 1000 * (index + 1),
        orders: count,
        pauseMs,
        shares: flaws,
        longestPaymentMs: 600_000,
      });
    const make = createEventMaker({
      random,
      now,
      source: 'api',
      prefix,
      destinations: plan.destinations,
      shares: flaws,
    });
    if (sender.kind === 'api')
      return runApiSender(surroundings, { ...sender, gateway: api, make, name: prefix, posts: count });
  });
}
