/** Starts the senders of a plan, each with chance of its own, so that a change of one leaves the draws of the others. */
import { createRandom } from '../support/random.ts';
import type { Machine } from './machine.ts';
import type { SenderPlan } from './plan/crowd.ts';
import type { Plan } from './plan/plan.ts';
import { type ApiGateway, createApiGateway } from './senders/api-gateway.ts';
import { runApiSender } from './senders/api-sender.ts';
import { createEventMaker } from './senders/event-maker.ts';
import { runIntruder } from './senders/intruder/intruder.ts';
import { pause } from './senders/pause.ts';
import { runProducer } from './senders/producer.ts';
import { runShopifyShop } from './senders/shopify-shop.ts';
import { runStandardSender } from './senders/standard-sender.ts';
import type { SentEvent, SqsPart, Surroundings } from './world-parts.ts';

/** Where senders send to. */
export interface Doors {
  readonly api: ApiGateway;
  readonly webhooks: ApiGateway;
  readonly produce: SqsPart['produce'];
}

export const doorsOf = (world: Surroundings, { ingest, webhook, sqs }: Machine): Doors => ({
  api: createApiGateway(world, ingest),
  webhooks: createApiGateway(world, webhook),
  produce: sqs.produce,
});

/** @returns one promise for each sender, which resolves when it will not send again */
export const startSenders = (plan: Plan, world: Surroundings, doors: Doors): Promise<void>[] =>
  plan.senders.map(async (sender, index) => {
    const surroundings = { ...world, random: createRandom(world.random.between(0, 0xffff_ffff)) };
    await pause(sender.fromMs, world);
    await run(sender, index, plan, surroundings, doors);
  });

/** Shares of what a platform delivers again although it read 2xx. */
const repeats = 0.1;
const longestPaymentMs = 600_000;
/** The ids of a shop's orders are its keys: no shop of a plan has as many orders. */
const ordersOfShop = 1_000;
/** Above what the simulated TikTok takes in one call. */
export const largeBytes = 45_000;

function run(
  sender: SenderPlan,
  index: number,
  { destinations }: Plan,
  surroundings: Surroundings,
  { api, webhooks, produce }: Doors,
): Promise<void> {
  const { random, scheduler } = surroundings;
  const { kind, prefix, count, pauseMs, flaws: shares } = sender;
  const maker = (source: SentEvent['source'], to: Plan['destinations']) =>
    createEventMaker({ random, now: scheduler.now, source, prefix, destinations: to, shares, largeBytes });
  switch (kind) {
    case 'api': {
      const { identity, manner, eventsPerPost } = sender;
      const make = maker('api', destinations);
      const posts = { name: prefix, posts: count, eventsPerPost, pauseMs };
      return runApiSender(surroundings, { gateway: api, make, identity, manner, ...posts });
    }
    case 'webhook': {
      const gateway = webhooks;
      if (sender.platform === 'shopify') {
        const shop = { firstOrder: ordersOfShop * (index + 1), orders: count, pauseMs, shares };
        return runShopifyShop(surroundings, { gateway, repeats, longestPaymentMs, ...shop });
      }
      const make = maker('webhook', ['default']);
      const eventsPerDelivery = random.pick([1, 1, 8]);
      const deliveries = Math.ceil(count / eventsPerDelivery);
      const back = { name: prefix, deliveries, eventsPerDelivery, pauseMs: pauseMs * eventsPerDelivery };
      return runStandardSender(surroundings, { gateway, make, repeats, ...back });
    }
    case 'producer':
      return runProducer(surroundings, {
        produce,
        make: maker('producer', destinations),
        messages: count,
        pauseMs,
      });
    case 'intruder':
      return runIntruder(surroundings, { api, webhooks, prefix, requests: count, pauseMs });
  }
}
