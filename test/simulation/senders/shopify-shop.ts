/**
 * A Shopify shop: two topics for each order, whole orders, an HMAC of the body, and eight repeats of the same body in four
 * hours. Any answer but 2xx within 5 s is a failure (shopify.dev, "Troubleshoot webhooks").
 */
import { createHmac } from 'node:crypto';
import { natureOf, writeMark } from '../marks.ts';
import type { SentEvent, Surroundings } from '../world-parts.ts';
import type { HttpRequest } from './api-gateway.ts';
import { type DeliveryHabits, deliver } from './deliveries.ts';
import { drawFlaw, type FlawShares } from './event-maker.ts';
import { shopSecret } from './keys.ts';
import { guarded, pause } from './pause.ts';

export interface ShopifySettings extends Pick<DeliveryHabits, 'gateway' | 'repeats'> {
  /** The id of its first order: no other shop has ids near it. */
  readonly firstOrder: number;
  readonly orders: number;
  readonly pauseMs: number;
  readonly shares: Omit<FlawShares, 'large'>;
  /** How long after its order a payment comes, at most. */
  readonly longestPaymentMs: number;
}

/** Shopify names no single pauses, only their number and their sum. */
export const shopifyScheduleMs = [1, 3, 7, 15, 30, 45, 60, 79].map((minutes) => minutes * 60_000);

/** @returns when every delivery is over */
export async function runShopifyShop(surroundings: Surroundings, settings: ShopifySettings): Promise<void> {
  const { random } = surroundings;
  const { firstOrder, orders, pauseMs, longestPaymentMs } = settings;
  const habits = { ...settings, scheduleMs: shopifyScheduleMs };
  const running: Promise<void>[] = [];
  for (let number = firstOrder; number < firstOrder + orders; number += 1) {
    const order = placeOrder(number, surroundings, settings);
    const send = (topic: string, waitMs: number) =>
      guarded(`shop ${number} ${topic}`, surroundings, async () => {
        await pause(waitMs, surroundings);
        const request = toRequest(order, topic, surroundings.scheduler.now());
        const events = topic === ignoredTopic ? [] : [order.sent];
        await deliver({ events, request: () => request }, habits, surroundings);
      });
    running.push(
      send('orders/create', 0),
      send('orders/paid', random.between(1, longestPaymentMs)),
      send(ignoredTopic, random.between(1, longestPaymentMs)),
    );
    await pause(pauseMs, surroundings);
  }
  await Promise.all(running);
}

const ignoredTopic = 'orders/updated';

interface Order {
  readonly number: number;
  readonly sent: SentEvent;
  readonly title: string;
  readonly isTest: boolean;
}

function placeOrder(number: number, surroundings: Surroundings, { shares }: ShopifySettings): Order {
  const { random, scheduler } = surroundings;
  const drawn = drawFlaw({ ...shares, large: 0 }, random);
  // An order has no test code.
  const flaw = drawn === 'refused-test-code' ? 'refused-silent' : drawn;
  // A test order is skipped, whatever its topic.
  const isTest = random.isHit(shares.invalid);
  const sent: SentEvent = {
    key: String(number),
    source: 'webhook',
    destination: 'default',
    nature: isTest ? 'invalid' : natureOf(flaw),
    isStable: true,
    atMs: scheduler.now(),
  };
  return { number, sent, title: writeMark({ destination: 'default', flaw }), isTest };
}

/** The members of an order that the mapping reads; a real one is 10 times as long. */
function toRequest({ number, sent, title, isTest }: Order, topic: string, nowMs: number): HttpRequest {
  const placedAt = new Date(sent.atMs).toISOString();
  const body = JSON.stringify({
    id: number,
    admin_graphql_api_id: `gid://shopify/Order/${number}`,
    name: `#${number}`,
    order_number: number,
    checkout_token: `checkout-${number}`,
    email: `buyer${number}@example.com`,
    test: isTest,
    created_at: placedAt,
    processed_at: placedAt,
    updated_at: new Date(nowMs).toISOString(),
    financial_status: topic === 'orders/create' ? 'pending' : 'paid',
    cancelled_at: null,
    source_name: 'web',
    currency: 'EUR',
    total_price: '49.90',
    line_items: [{ id: 1, variant_id: 37319198802069, title, quantity: 1, price: '49.90' }],
    customer: { id: 4206822293653, email: `buyer${number}@example.com` },
  });
  return {
    path: '/v1/webhooks/shop',
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': topic,
      'x-shopify-shop-domain': 'example.myshopify.com',
      'x-shopify-webhook-id': `${topic}-${number}`,
      'x-shopify-hmac-sha256': createHmac('sha256', shopSecret).update(body).digest('base64'),
    },
    body,
    timeoutMs: 5_000,
  };
}
