/** A time that is there and cannot be read is never the same as none: no old order becomes one of today. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isUnreadableTime } from '../../../lib/webhooks/rules/freshness.ts';
import {
  choices,
  deliver,
  type Json,
  nowMs,
  nowSeconds,
  shopifyCheckout,
  shopifyOrder,
  stripeEvent,
  wooOrder,
} from '../../support/webhooks/webhook-bodies.ts';
import { delivery as shoplazza } from '../../unit/webhooks/shoplazza/order.ts';

type Build = (time: unknown) => {
  settings: Json;
  topic?: string;
  body: unknown;
  headers?: Record<string, string>;
};

const shopify = (topic: string, changes: Json) => ({
  settings: choices.shopify ?? {},
  topic,
  body: shopifyOrder(changes),
});
const checkout = (changes: Json) => ({
  settings: choices.shopify ?? {},
  topic: 'checkouts/update',
  body: shopifyCheckout(changes),
});
const account = (changes: Json) => ({
  settings: choices.shopify ?? {},
  topic: 'customers/enable',
  body: { ...(shopifyOrder().customer as Json), state: 'enabled', ...changes },
});
const woo = (topic: string, changes: Json) => ({
  settings: choices.woocommerce ?? {},
  topic,
  body: wooOrder(changes),
});
const stripe = (session: Json, envelope: Json = {}) => ({
  settings: choices.stripe ?? {},
  body: stripeEvent(session, envelope),
});

const places: [string, Build][] = [
  ['processed_at of Shopify', (time) => shopify('orders/paid', { processed_at: time })],
  ['created_at of Shopify', (time) => shopify('orders/create', { created_at: time })],
  ['updated_at of Shopify', (time) => shopify('orders/paid', { updated_at: time })],
  ['created_at of a Shopify checkout', (time) => checkout({ created_at: time })],
  ['updated_at of a Shopify account', (time) => account({ updated_at: time })],
  ['date_paid_gmt of WooCommerce', (time) => woo('order.updated', { date_paid_gmt: time })],
  ['date_created_gmt of WooCommerce', (time) => woo('order.created', { date_created_gmt: time })],
  ['created of a Stripe session', (time) => stripe({ created: time })],
  ['created of a Stripe event', (time) => stripe({}, { created: time })],
  ['placed_at of Shoplazza', (time) => shoplazza({ placed_at: time })],
  ['updated_at of Shoplazza', (time) => shoplazza({ updated_at: time })],
];

const value = fc.oneof(
  fc.string(),
  fc.jsonValue(),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.date({ noInvalidDate: true }).map(String),
  fc.double(),
  fc.constantFrom('yesterday', '20.11.2026', '11/20/2026 10:00', '2026-11-31T10:00:00Z', 'NaN', '-', '10:00'),
);

describe.each(places)('%s', (place, build) => {
  test(`skips an order as no_time for any unreadable ${place}`, async () => {
    const unreadable = value.filter((time) =>
      isUnreadableTime(JSON.parse(JSON.stringify(time) ?? 'null'), nowMs),
    );
    await fc.assert(
      fc.asyncProperty(unreadable, async (time) => {
        const { outcomes } = await deliver(build(time));
        expect(outcomes).toMatchObject([{ kind: 'skipped', reason: 'no_time' }]);
      }),
      { numRuns: 60 },
    );
  });

  test(`sends no order in its future, and none later than 47 hours from now, for any ${place}`, async () => {
    await fc.assert(
      fc.asyncProperty(value, async (time) => {
        const { outcomes } = await deliver(build(time));
        for (const outcome of outcomes) {
          if (outcome.kind === 'skipped') continue;
          expect(outcome.event.event_time).toBeLessThanOrEqual(nowSeconds);
          expect(outcome.notAfterMs).toBeLessThanOrEqual(nowMs + 47 * 3_600_000);
          expect(outcome.notAfterMs).toBeGreaterThan(nowMs);
        }
      }),
      { numRuns: 60 },
    );
  });
});
