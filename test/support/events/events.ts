/** Builders of events and the destinations they are checked against. */

import { type DecodedEvent, decodeEvent } from '../../../lib/events/decode/decode-event.ts';
import type { Destination, Destinations } from '../../../lib/events/destination.ts';
import type { Event, IdentifiedEvent } from '../../../lib/events/event.ts';
import type { FieldIssue } from '../../../lib/events/issue.ts';
import { toTrackEvent } from '../../../lib/tiktok/track-event.ts';

/** 2026-06-01T12:00:00Z: the receipt of every event in these tests. */
export const receivedAtMs = 1_780_315_200_000;
export const receivedAt = receivedAtMs / 1000;

export const web: Destination = { pixelCode: 'PIXEL', eventSource: 'web' };
export const destinations: Destinations = {
  default: web,
  shop: { pixelCode: 'SHOP', eventSource: 'web', currency: 'EUR', country: 'DE', testEventCode: 'TEST1' },
  app: { pixelCode: '7001', eventSource: 'app' },
  offline: { pixelCode: '7002', eventSource: 'offline' },
  crm: { pixelCode: '7003', eventSource: 'crm' },
};

/** The least that makes a good event. */
export const least = { event_name: 'Purchase', ttclid: 'E.C.P.1' };

export const parse = (input: unknown, all: Destinations = destinations): DecodedEvent =>
  decodeEvent(input, { receivedAtMs, destinations: all });

/** The canonical event of `fields` put on the least good event. */
export function canonical(fields: Record<string, unknown>): Event {
  const parsed = parse({ ...least, ...fields });
  if (!parsed.ok) throw new Error(`refused: ${JSON.stringify(parsed.errors)}`);
  return parsed.event;
}

/** What is omitted from `fields` put on the least good event. */
export function omissionsOf(fields: Record<string, unknown>): readonly FieldIssue[] {
  const parsed = parse({ ...least, ...fields });
  if (!parsed.ok) throw new Error(`refused: ${JSON.stringify(parsed.errors)}`);
  return parsed.omissions;
}

/** The errors of `fields` put on the least good event, for a caller who prefers strict handling. */
export function strictErrorsOf(fields: Record<string, unknown>): readonly FieldIssue[] {
  const parsed = decodeEvent({ ...least, ...fields }, { receivedAtMs, destinations }, 'strict');
  return parsed.ok ? [] : parsed.errors;
}

/** The warnings about `fields` put on the least good event, but for what TikTok recommends of every purchase. */
export const warningsOf = (fields: Record<string, unknown>): readonly FieldIssue[] =>
  allWarningsOf(fields).filter(({ code }) => code !== 'recommended_missing');

export function allWarningsOf(fields: Record<string, unknown>): readonly FieldIssue[] {
  const parsed = parse({ ...least, ...fields });
  if (!parsed.ok) throw new Error(`refused: ${JSON.stringify(parsed.errors)}`);
  return parsed.warnings;
}

export function errorsOf(fields: Record<string, unknown>): readonly FieldIssue[] {
  const parsed = parse({ ...least, ...fields });
  return parsed.ok ? [] : parsed.errors;
}

/** What leaves for TikTok. */
export function tracked(fields: Record<string, unknown>): {
  user: Record<string, unknown>;
  properties: Record<string, unknown>;
  [name: string]: unknown;
} {
  const parsed = parse({ ...least, event_id: 'id-1', event_time: receivedAt, ...fields });
  if (!parsed.ok) throw new Error(`refused: ${JSON.stringify(parsed.errors)}`);
  const { eventSource, country } = parsed.destination;
  const track = toTrackEvent(parsed.event as IdentifiedEvent, eventSource, country);
  return { user: {}, properties: {}, ...JSON.parse(JSON.stringify(track)) };
}
