/** Bodies of platforms for tests: recorded ones, moved to the present and made ordinary, with parts changed on demand. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Destination } from '../../../lib/events/destination.ts';
import { mapWebhook, openWebhook } from '../../../lib/webhooks/map-webhook.ts';
import { type PreparedSource, prepareSources } from '../../../lib/webhooks/prepare-source.ts';
import { parseSources } from '../../../lib/webhooks/source-settings.ts';
import { type ToleratedEvent, tolerate } from '../../../lib/webhooks/tolerate.ts';
import type { SkippedWebhook, WebhookEvent } from '../../../lib/webhooks/webhook-outcome.ts';

export type Json = Record<string, unknown>;

/** The moment of every test: 2026-11-20T12:00:00Z. */
export const nowMs = Date.UTC(2026, 10, 20, 12);
export const nowSeconds = nowMs / 1000;
/** ISO 8601 in UTC, so many hours ago. */
export const hoursAgo = (hours: number): string =>
  new Date(nowMs - hours * 3_600_000).toISOString().replace('.000Z', '+00:00');
/** As WooCommerce writes it: UTC without a zone. */
export const wooHoursAgo = (hours: number): string => hoursAgo(hours).slice(0, 19);
const unixHoursAgo = (hours: number): number => Math.floor(nowSeconds - hours * 3600);

export const fixture = (name: string): Json =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/webhooks', `${name}.json`), 'utf8'));

/** A paid order of the online store, one hour old. */
export const shopifyOrder = (changes: Json = {}): Json => ({
  ...fixture('shopify-order'),
  test: false,
  created_at: hoursAgo(1),
  processed_at: hoursAgo(1),
  updated_at: hoursAgo(1),
  ...changes,
});

export const shopifyCheckout = (changes: Json = {}): Json => ({
  ...fixture('shopify-checkout'),
  email: 'robin.walker@example.com',
  created_at: hoursAgo(1),
  updated_at: hoursAgo(1),
  ...changes,
});

export const wooOrder = (changes: Json = {}): Json => ({
  ...fixture('woocommerce-order'),
  created_via: 'checkout',
  customer_ip_address: '203.0.113.9',
  customer_user_agent: 'Mozilla/5.0 Test',
  date_created_gmt: wooHoursAgo(2),
  date_paid_gmt: wooHoursAgo(1),
  ...changes,
});

export const wooCustomer = (changes: Json = {}): Json => ({
  ...fixture('woocommerce-customer'),
  date_created_gmt: wooHoursAgo(1),
  ...changes,
});

/** @param session changes to the session; `envelope` to the event around it */
export const stripeEvent = (session: Json = {}, envelope: Json = {}): Json => {
  const recorded = fixture('stripe-session');
  const object = (recorded.data as Json).object as Json;
  return {
    ...recorded,
    livemode: true,
    created: unixHoursAgo(1),
    ...envelope,
    data: { object: { ...object, livemode: true, created: unixHoursAgo(1), ...session } },
  };
};

/** The settings that a shop must choose. */
export const choices: Readonly<Record<string, Json>> = {
  shopify: { platform: 'shopify', contentId: 'variant_id' },
  woocommerce: { platform: 'woocommerce', contentId: 'sku_or_product_id' },
  stripe: { platform: 'stripe' },
  standard: { platform: 'standard' },
};

const topicHeaders = (platform: unknown, topic: string): Record<string, string> => {
  if (platform === 'shopify')
    return { 'x-shopify-topic': topic, 'x-shopify-shop-domain': 'shop.myshopify.com' };
  if (platform === 'woocommerce')
    return { 'x-wc-webhook-topic': topic, 'x-wc-webhook-source': 'https://shop.example/' };
  return {};
};

export interface Delivery {
  readonly settings: Json;
  readonly topic?: string;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
  readonly country?: string;
  readonly currency?: string;
}

/** The source `shop` with these settings. */
export async function prepareSource(settings: Json): Promise<PreparedSource> {
  const source = (await prepareSources(parseSources({ shop: settings }))).get('shop');
  if (source === undefined) throw new Error('no source');
  return source;
}

/** A mapped webhook whose events are judged as before they are queued. */
export interface JudgedWebhook {
  readonly topic: string;
  readonly subject?: string | undefined;
  readonly outcomes: readonly (JudgedEvent | SkippedWebhook)[];
}

type JudgedEvent = Omit<ToleratedEvent, 'destinationName'> & Pick<WebhookEvent, 'notAfterMs'>;

/** Maps and judges a body as if its signature had been right. */
export async function deliver(delivery: Delivery): Promise<JudgedWebhook> {
  const source = await prepareSource(delivery.settings);
  const { body, country, currency, settings, topic = '', headers = {} } = delivery;
  const webhook = {
    source,
    headers: { ...topicHeaders(settings.platform, topic), ...headers },
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    nowMs,
    country,
  };
  const mapped = mapWebhook(webhook, openWebhook(webhook));
  const destination: Destination = {
    pixelCode: 'P',
    eventSource: 'web',
    ...(country && { country }),
    ...(currency && { currency }),
  };
  const context = {
    receivedAtMs: nowMs,
    destinations: { [source.settings.destination]: destination },
    consent: source.settings.consent,
  };
  const outcomes = mapped.outcomes.map((outcome): JudgedEvent | SkippedWebhook => {
    if (outcome.kind === 'skipped') return outcome;
    const judged = tolerate(outcome, context);
    if (judged.kind === 'skipped') return judged;
    const { destinationName: _, ...rest } = judged;
    return { ...rest, notAfterMs: outcome.notAfterMs };
  });
  return { ...mapped, outcomes };
}

/** The one event of a delivery; fails the test when it came to something else. */
export async function eventOf(delivery: Delivery): Promise<Json> {
  return (await outcomeOf(delivery)).event;
}

export async function outcomeOf(delivery: Delivery): Promise<JudgedEvent> {
  const { outcomes } = await deliver(delivery);
  const [outcome] = outcomes;
  if (outcome?.kind !== 'event') throw new Error(`skipped: ${outcome?.reason} ${outcome?.detail ?? ''}`);
  return outcome;
}

/** The code of a delivery that came to nothing. */
export async function reasonOf(delivery: Delivery): Promise<string> {
  const [outcome] = (await deliver(delivery)).outcomes;
  return outcome?.kind === 'skipped' ? (outcome as SkippedWebhook).reason : 'event';
}

/** Of an event the fields that a test speaks of; `undefined` in the expectation means that the field is absent. */
export const partOf = (event: Json, expected: Json): Json =>
  Object.fromEntries(Object.keys(expected).map((name) => [name, event[name]]));
