/**
 * Validates the event of a webhook. Nobody reads the answer and fixes the event, so a value that cannot be used is
 * omitted and the event is sent. The API, whose caller can fix the field, rejects the event instead.
 */
import { type DecodedEvent, decodeEvent } from '../events/decode-event.ts';
import type { Destinations } from '../events/destination.ts';
import type { Event } from '../events/event.ts';
import { loggableField } from '../events/fields/loggable-field.ts';
import { fields } from '../events/fields/table.ts';
import { matchKeyNotTaken } from '../events/match-keys.ts';
import type { Omission, OmissionPolicy } from '../events/omission.ts';
import { publicIp } from '../payload/visitor.ts';
import { type SkippedWebhook, skip, type WebhookEvent } from './webhook-outcome.ts';

export interface ToleranceContext {
  readonly receivedAtMs: number;
  readonly destinations: Destinations;
}

/** An event that can be queued once it has its id and time. */
export interface ToleratedEvent {
  readonly kind: 'event';
  readonly event: Event;
  readonly destinationName: string;
  readonly omitted: readonly Omission[];
}

/** Without its time an old event would count as a new one. */
const omitFaults: OmissionPolicy = (_field, code) => code !== 'too_old';

/** @returns the event without the values that cannot be used, or a skip when too little is left */
export function tolerate(outcome: WebhookEvent, context: ToleranceContext): ToleratedEvent | SkippedWebhook {
  const input = withPublicIp(outcome.event);
  const decoded = decodeEvent(input, context, omitFaults);
  if (!decoded.ok) return skipFor(decoded);
  // The API only warns its caller. Here nobody reads warnings, and the event could match nobody.
  if (decoded.warnings.some(({ code }) => code === matchKeyNotTaken))
    return skip('no_match_key', `email: ${matchKeyNotTaken}`);
  const isIpOmitted = outcome.event.ip != null && input.ip === undefined;
  const omitted = new Set<Omission>([
    ...outcome.omitted,
    ...(isIpOmitted ? (['ip'] as const) : []),
    ...decoded.omitted,
  ]);
  const { destinationName } = decoded;
  return { kind: 'event', event: withId(decoded.event, outcome), destinationName, omitted: [...omitted] };
}

function skipFor({ errors: [issue] }: Extract<DecodedEvent, { ok: false }>): SkippedWebhook {
  const reason = issue?.code === 'no_match_key' ? 'no_match_key' : 'invalid_event';
  return skip(reason, `${loggableField(issue?.field ?? '')}: ${issue?.code}`);
}

/** TikTok accepts public addresses only; a private address is the shop's own proxy. */
function withPublicIp(event: WebhookEvent['event']): WebhookEvent['event'] {
  if (event.ip === undefined || event.ip === null) return event;
  return { ...event, ip: publicIp(event.ip) };
}

function withId(event: Event, { fallbackId }: WebhookEvent): Event {
  if (event.event_id !== undefined || fallbackId === undefined) return event;
  return fallbackId.length > fields.event_id.maxLength ? event : { ...event, event_id: fallbackId };
}
