/** The single entry to every mapping: a verified webhook becomes events, or codes that say why not. */
import type { MappedEvents } from '../mapping/apply-mapping.ts';
import type { MappingNote } from '../mapping/explain/notes.ts';
import { withoutGaps, withoutPrices } from '../payload/contents.ts';
import { codeOf } from '../payload/money.ts';
import { asId, asObject, asText, isPayload, type Payload } from '../payload/values.ts';
import type { BoundPlatform } from './platform.ts';
import type { PreparedSource } from './prepare-source.ts';
import { withBuiltIns, withSubstitutes } from './report/substitutes.ts';
import { asEvents, finishMapped } from './rules/mapped-events.ts';
import { headerValue, type WebhookHeaders } from './webhook-headers.ts';
import { type SkippedWebhook, skip, type WebhookOutcome } from './webhook-outcome.ts';

export interface Webhook {
  readonly source: PreparedSource;
  readonly headers: WebhookHeaders;
  readonly body: Uint8Array;
  /** The query of the webhook URL. */
  readonly query?: Readonly<Record<string, string | undefined>> | undefined;
  readonly nowMs: number;
  /** The destination's default country (ISO 3166-1 alpha-2), for phones without one. */
  readonly country?: string | undefined;
}

/** A webhook with its parsed body, or with the code that says why it is skipped. */
export interface OpenedWebhook {
  /** Such as `orders/paid`; empty where the platform has none. Not always signed, so logs contain it only after a check. */
  readonly topic: string;
  /**
   * The ids of the order, checkout or customer, and an order's number as people know it; log their fingerprints only. Empty
   * where only the mapping in the stage file knows what the body is about.
   */
  readonly orders: readonly string[];
  readonly content: { readonly kind: 'payload'; readonly payload: unknown } | SkippedWebhook;
}

export interface MappedWebhook extends Omit<OpenedWebhook, 'content'> {
  /** At least one. */
  readonly outcomes: readonly WebhookOutcome[];
  /** What the mapping in the stage file did not find in this body, and why. */
  readonly notes: readonly MappingNote[];
}

/** Never throws, whatever the body. */
export function openWebhook({ source, headers, body }: Webhook): OpenedWebhook {
  const { platform, settings } = source;
  const { topicOf = () => '', complianceTopics } = platform;
  const headerTopic = topicOf(headers, undefined);
  const unread = { topic: headerTopic, orders: [] };
  if (complianceTopics?.has(headerTopic)) return { ...unread, content: skip('compliance_topic') };
  const shop = platform.shopOf?.(headers)?.toLowerCase();
  if (settings.shops?.length && (shop === undefined || !settings.shops.includes(shop)))
    return { ...unread, content: skip('shop_not_allowed', 'shops') };
  const read = platform.readBody(headers, body);
  if (!read.ok) return { ...unread, content: skip(read.reason, read.detail) };
  const { payload } = read;
  return {
    topic: topicOf(headers, payload),
    orders: ordersOf(platform, payload),
    content: { kind: 'payload', payload },
  };
}

/** @returns each once; empty where only the mapping in the stage file knows what the body is about */
export function ordersOf(platform: BoundPlatform, payload: unknown): string[] {
  if (platform.map === undefined || !isPayload(payload)) return [];
  const found = platform.ordersOf?.(payload).filter((id) => id !== undefined) ?? [];
  return found.length > 0 ? [...new Set(found)] : usualId(payload);
}

/** Some platforms wrap the object in an event. */
function usualId(body: Payload): string[] {
  const data = asObject(body.data);
  const id = asId(asObject(data.object).id) ?? asId(body.id) ?? asId(data.id);
  return id === undefined ? [] : [id];
}

/** Never throws, whatever the payload. */
export function mapWebhook(webhook: Webhook, { topic, orders, content }: OpenedWebhook): MappedWebhook {
  if (content.kind === 'skipped') return { topic, orders, outcomes: [content], notes: [] };
  try {
    return { topic, orders, ...mapPayload(webhook, topic, content.payload) };
  } catch {
    // A body that nobody foresaw, such as one that is nested too deeply, is skipped: a retry would fail the same way.
    return { topic, orders, outcomes: [skip('unexpected_body')], notes: [] };
  }
}

type Mapped = Pick<MappedWebhook, 'outcomes' | 'notes'>;

function mapPayload(webhook: Webhook, topic: string, payload: unknown): Mapped {
  const { platform } = webhook.source;
  if (platform.map === undefined) {
    const mapped = overridesOf(webhook, payload) ?? asEvents(payload);
    return { outcomes: finishMapped({ ...webhook, mapped }), notes: withSubstitutes(mapped.notes) };
  }
  if (!isPayload(payload)) return { outcomes: [skip('unexpected_body')], notes: [] };
  const { headers, nowMs, country } = webhook;
  const overrides = overridesOf(webhook, payload);
  const outcome = platform.map({ topic, payload, headers, nowMs, country, consent: overrides?.consent });
  return overrides === undefined ? { outcomes: [outcome], notes: [] } : applyOverrides(outcome, overrides);
}

function overridesOf(webhook: Webhook, payload: unknown): MappedEvents | undefined {
  return webhook.source.map?.(payload, {
    header: (name) => headerValue(webhook.headers, name),
    query: (name) => webhook.query?.[name],
    country: webhook.country,
  });
}

/**
 * The fields of the stage file's mapping override those of the built-in mapping. Where an override gives nothing, the
 * built-in value is sent, and where the built-in mapping has nothing to send, the override is: neither was omitted.
 */
function applyOverrides(outcome: WebhookOutcome, mapped: MappedEvents): Mapped {
  const { notes } = mapped;
  // The notes on fields of an event that is not made would only distract from the reason.
  if (outcome.kind === 'skipped') return { outcomes: [outcome], notes: [] };
  const [missed] = mapped.skipped;
  if (missed !== undefined) return { outcomes: [skip(missed.reason, missed.detail)], notes };
  const [overrides = {}] = mapped.events;
  const isBuiltIn = (field: string) => overrides[field] === undefined && outcome.event[field] !== undefined;
  const omitted = [
    ...outcome.omitted.filter(({ field }) => overrides[field] === undefined),
    ...(mapped.omissions[0] ?? []).filter(({ field }) => !isBuiltIn(field)),
  ];
  // A source sends to its own destination only.
  const { destination } = outcome.event;
  const event = { ...pricedFor(overrides.currency, outcome.event), ...overrides, destination };
  const fallbackId = asText(outcome.event.event_id);
  return { outcomes: [{ ...outcome, event, fallbackId, omitted }], notes: withBuiltIns(notes, isBuiltIn) };
}

/** The prices of the lines stay in the order's currency, and would count in the one that the mapping names. */
function pricedFor(currency: unknown, event: Payload): Payload {
  if (currency === undefined || codeOf(currency) === event.currency) return event;
  return withoutGaps({ ...event, contents: withoutPrices(event.contents) });
}
