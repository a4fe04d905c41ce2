/** The single entry to every mapping: a verified webhook becomes events, or codes that say why not. */
import type { MappedEvents } from '../mapping/apply-mapping.ts';
import { asId, asObject, asText, isPayload } from '../payload/values.ts';
import type { PreparedSource } from './prepare-source.ts';
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
  /** Id of the order, checkout or customer, where the body has one; log its digest only. */
  readonly subject?: string | undefined;
  readonly content: { readonly kind: 'payload'; readonly payload: unknown } | SkippedWebhook;
}

export interface MappedWebhook extends Omit<OpenedWebhook, 'content'> {
  /** At least one. */
  readonly outcomes: readonly WebhookOutcome[];
}

/** Never throws, whatever the body. */
export function openWebhook({ source, headers, body }: Webhook): OpenedWebhook {
  const { platform, settings } = source;
  const { topicOf = () => '', complianceTopics } = platform;
  const headerTopic = topicOf(headers, undefined);
  if (complianceTopics?.has(headerTopic)) return { topic: headerTopic, content: skip('compliance_topic') };
  const shop = platform.shopOf?.(headers)?.toLowerCase();
  if (settings.shops?.length && (shop === undefined || !settings.shops.includes(shop)))
    return { topic: headerTopic, content: skip('shop_not_allowed', 'shops') };
  const read = platform.readBody(headers, body);
  if (!read.ok) return { topic: headerTopic, content: skip(read.reason, read.detail) };
  const { payload } = read;
  return {
    topic: topicOf(headers, payload),
    subject: (isPayload(payload) ? platform.subjectOf?.(payload) : undefined) ?? subjectOf(payload),
    content: { kind: 'payload', payload },
  };
}

/** Some platforms wrap the object in an event. */
function subjectOf(payload: unknown): string | undefined {
  const body = asObject(payload);
  const data = asObject(body.data);
  return asId(asObject(data.object).id) ?? asId(body.id) ?? asId(body.token) ?? asId(data.id);
}

/** Never throws, whatever the payload. */
export function mapWebhook(webhook: Webhook, { topic, subject, content }: OpenedWebhook): MappedWebhook {
  if (content.kind === 'skipped') return { topic, subject, outcomes: [content] };
  try {
    return { topic, subject, outcomes: mapPayload(webhook, topic, content.payload) };
  } catch {
    // A body that nobody foresaw, such as one that is nested too deeply, is skipped: a retry would fail the same way.
    return { topic, subject, outcomes: [skip('unexpected_body')] };
  }
}

function mapPayload(webhook: Webhook, topic: string, payload: unknown): WebhookOutcome[] {
  const { platform } = webhook.source;
  if (platform.map === undefined)
    return finishMapped({ ...webhook, mapped: overridesOf(webhook, payload) ?? asEvents(payload) });
  if (!isPayload(payload)) return [skip('unexpected_body')];
  const { headers, nowMs, country } = webhook;
  const overrides = overridesOf(webhook, payload);
  const outcome = platform.map({ topic, payload, headers, nowMs, country, consent: overrides?.consent });
  return [overrides === undefined ? outcome : applyOverrides(outcome, overrides)];
}

function overridesOf(webhook: Webhook, payload: unknown): MappedEvents | undefined {
  return webhook.source.map?.(payload, {
    header: (name) => headerValue(webhook.headers, name),
    query: (name) => webhook.query?.[name],
    country: webhook.country,
  });
}

/** The fields of the stage file's mapping override those of the built-in mapping. */
function applyOverrides(outcome: WebhookOutcome, mapped: MappedEvents): WebhookOutcome {
  if (outcome.kind === 'skipped') return outcome;
  const [missed] = mapped.skipped;
  if (missed !== undefined) return skip(missed.reason, missed.detail);
  // A source sends to its own destination only.
  const { destination } = outcome.event;
  return {
    ...outcome,
    event: { ...outcome.event, ...mapped.events[0], destination },
    fallbackId: asText(outcome.event.event_id),
    omitted: [...outcome.omitted, ...(mapped.omissions[0] ?? [])],
  };
}
