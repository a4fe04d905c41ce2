/** The one entrance to every mapping: a verified webhook comes to events, or to the codes that say why not. */

import type { MappedEvents } from '../mapping/compile-mapping.ts';
import { readPayload } from '../payload/read-payload.ts';
import { asId, asObject, isPayload } from '../payload/values.ts';
import type { MapInput } from './map-input.ts';
import { asEvents, finishMapped } from './mapped-events.ts';
import { omitUnusable, type Surroundings } from './omit-unusable.ts';
import type { PreparedSource } from './prepare-source.ts';
import { mapShopify } from './shopify/map.ts';
import { complianceTopics } from './shopify/settings.ts';
import type { SettingsOf } from './source-settings.ts';
import { mapStripe } from './stripe/map.ts';
import { headerValue, type WebhookHeaders } from './webhook-headers.ts';
import { skip, type WebhookOutcome } from './webhook-outcome.ts';
import { isShopAllowed, webhookTopic } from './webhook-topic.ts';
import { mapWooCommerce } from './woocommerce/map.ts';

export interface VerifiedWebhook {
  readonly source: PreparedSource;
  readonly headers: WebhookHeaders;
  readonly body: Uint8Array;
  /** The query of the webhook's own address. */
  readonly query?: Readonly<Record<string, string | undefined>> | undefined;
  readonly nowMs: number;
  /** The destination's default country (ISO 3166-1 alpha-2), for phones without any. */
  readonly country?: string | undefined;
  /** The destination's default currency (ISO 4217), for a value without any. */
  readonly currency?: string | undefined;
}

export interface MappedWebhook {
  /** Such as `orders/paid`; empty where the platform has none. Not always signed: for logs, once checked. */
  readonly topic: string;
  /** Id of the order, checkout or customer, where the body has one; log its digest only. */
  readonly subject?: string | undefined;
  /** At least one. */
  readonly outcomes: readonly WebhookOutcome[];
}

/** Whatever the body, it never throws. */
export function mapWebhook(webhook: VerifiedWebhook): MappedWebhook {
  const { settings } = webhook.source;
  const headerTopic = webhookTopic(settings, webhook.headers, undefined);
  if (settings.platform === 'shopify' && complianceTopics.has(headerTopic))
    return { topic: headerTopic, outcomes: [skip('compliance_topic')] };
  if (!isShopAllowed(settings, webhook.headers))
    return { topic: headerTopic, outcomes: [skip('shop_not_allowed', 'shops')] };
  const read = readPayload(webhook.body);
  if (!read.ok) return { topic: headerTopic, outcomes: [skip(read.reason)] };
  const topic = webhookTopic(settings, webhook.headers, read.payload);
  const subject = subjectOf(read.payload);
  try {
    return { topic, subject, outcomes: mapPayload(webhook, topic, read.payload) };
  } catch {
    // A body that nobody foresaw, such as one nested beyond the stack, is no event; the sender must not repeat it.
    return { topic, subject, outcomes: [skip('unexpected_body')] };
  }
}

/** Stripe wraps its object in an event. */
function subjectOf(payload: unknown): string | undefined {
  const wrapped = asObject(asObject(asObject(payload).data).object);
  return asId(wrapped.id) ?? asId(asObject(payload).id) ?? asId(asObject(payload).token);
}

function mapPayload(webhook: VerifiedWebhook, topic: string, payload: unknown): WebhookOutcome[] {
  const { settings } = webhook.source;
  if (settings.platform === 'standard' || settings.platform === 'custom') {
    const mapped = overlayOf(webhook, payload) ?? asEvents(payload);
    return finishMapped({ ...webhook, settings, mapped });
  }
  if (!isPayload(payload)) return [skip('unexpected_body')];
  const { headers, nowMs, country } = webhook;
  const overlay = overlayOf(webhook, payload);
  const consent = overlay?.consent;
  const outcome = mapBuiltIn({ settings, topic, payload, headers, nowMs, country, consent });
  return [overlay === undefined ? outcome : layOver(outcome, overlay, webhook)];
}

type BuiltIn = 'shopify' | 'woocommerce' | 'stripe';
type BuiltInInput = Omit<MapInput<BuiltIn>, 'settings'> & { readonly settings: SettingsOf<BuiltIn> };

function mapBuiltIn({ settings, ...rest }: BuiltInInput): WebhookOutcome {
  if (settings.platform === 'shopify') return mapShopify({ ...rest, settings });
  if (settings.platform === 'woocommerce') return mapWooCommerce({ ...rest, settings });
  return mapStripe({ ...rest, settings });
}

function overlayOf(webhook: VerifiedWebhook, payload: unknown): MappedEvents | undefined {
  return webhook.source.map?.(payload, {
    header: (name) => headerValue(webhook.headers, name),
    query: (name) => webhook.query?.[name],
    country: webhook.country,
  });
}

/** On a built-in platform the fields of a mapping are laid over those of the built-in one. */
function layOver(outcome: WebhookOutcome, overlay: MappedEvents, surroundings: Surroundings): WebhookOutcome {
  if (outcome.kind === 'skipped') return outcome;
  const [missed] = overlay.skipped;
  if (missed !== undefined) return skip(missed.reason, missed.detail);
  const { event, omitted } = omitUnusable({ ...outcome.event, ...overlay.events[0] }, surroundings);
  event.event_id ??= outcome.event.event_id;
  const forgiven = overlay.omitted[0] ?? [];
  // A source sends to its own destination only.
  event.destination = outcome.event.destination;
  return { ...outcome, event, omitted: [...outcome.omitted, ...forgiven, ...omitted] };
}
