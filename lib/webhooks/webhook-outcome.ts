/** The result of a webhook: events to queue, or a stable code that answers "why is my order missing?". */
import type { Omission } from '../events/issue.ts';

/** Closed list: docs/webhooks.md explains each code. */
export const skipReasons = [
  'ping',
  'compliance_topic',
  'ignored_topic',
  'shop_not_allowed',
  'empty_body',
  'not_json',
  'unsupported_format',
  'unexpected_body',
  'test_order',
  'draft_order',
  'pos_order',
  'renewal',
  'channel_not_allowed',
  'cancelled',
  'refunded',
  'completed',
  'unpaid',
  'zero_value',
  'not_registered',
  'late_payment',
  'stale',
  'too_old',
  'no_time',
  'no_consent',
  'no_match_key',
  'filtered',
  'destination_not_allowed',
  'mapping_failed',
  'invalid_event',
  'event_too_large',
  'not_found',
] as const;
export type SkipReason = (typeof skipReasons)[number];

export type WebhookOutcome = WebhookEvent | SkippedWebhook;

export interface WebhookEvent {
  readonly kind: 'event';
  /** An event in the form of the API, not validated yet. */
  readonly event: Readonly<Record<string, unknown>>;
  /** The id to use when the event has none, or an unusable one. */
  readonly fallbackId?: string | undefined;
  /** After this the event may no longer be sent: TikTok drops a second copy only within 48 h of the first. */
  readonly notAfterMs: number;
  /** Why the body may name nobody: the detail of `no_match_key` when no field was omitted. */
  readonly anonymousBecause?: string | undefined;
  /** Fields whose value in the body the mapping could not use. */
  readonly omitted: readonly Omission[];
}

export interface SkippedWebhook {
  readonly kind: 'skipped';
  readonly reason: SkipReason;
  /** Which setting or field decided; never a value of the body. */
  readonly detail?: string;
  /** The channel of an order whose channel decided, such as `pos` or the number of an app. */
  readonly channel?: string | undefined;
  /** What was expected of the field in `detail`. */
  readonly hint?: string | undefined;
}

/** The content of a verified body, or why it cannot be read. */
export type ReadBody =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly reason: SkipReason; readonly detail?: string };

export const skip = (reason: SkipReason, detail?: string): SkippedWebhook =>
  detail === undefined ? { kind: 'skipped', reason } : { kind: 'skipped', reason, detail };
