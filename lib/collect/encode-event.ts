/** Encodes an event of a browser as one message for each of its destinations, or returns the code that says why it cannot. */
import { decodeEvent } from '../events/decode/decode-event.ts';
import { createIdentifier } from '../events/event-id.ts';
import { describeIssues } from '../events/fields/loggable-field.ts';
import type { FieldIssue } from '../events/issue.ts';
import { matchKeyNotTaken } from '../events/match-keys.ts';
import { encodeMessage, lifetimeMs } from '../queue/message.ts';
import type { Arrival, CollectContext } from './collect-context.ts';
import type { CollectSkip } from './skip-reasons.ts';

export interface EncodedEvent {
  readonly eventId: string;
  readonly orderId: string | undefined;
  readonly name: string;
  readonly warnings: readonly FieldIssue[];
  readonly messages: readonly { readonly body: string; readonly destination: string }[];
}

export interface SkippedEvent {
  readonly reason: CollectSkip;
  /** Names of fields and codes only. */
  readonly detail?: string;
}

type Input = Readonly<Record<string, unknown>>;

/** @param destinations names of configured destinations, at least one */
export function encodeEvent(
  input: Input,
  destinations: readonly string[],
  arrival: Arrival,
  context: CollectContext,
): EncodedEvent | SkippedEvent {
  const identify = createIdentifier(
    { keyId: 'collect', idempotencyKey: undefined },
    arrival.receivedAtMs,
    context.random,
  );
  let encoded: EncodedEvent | undefined;
  let skipped: SkippedEvent | undefined;
  // Both copies of an event get one id, although only one pixel may have given it.
  let id: unknown = input.event_id;
  for (const destination of destinations) {
    const decoded = decodeFor(destination, { ...input, event_id: id }, arrival, context);
    if ('reason' in decoded) {
      skipped ??= decoded;
      continue;
    }
    const { event } = identify(decoded.event);
    id = event.event_id;
    const body = messageOf(event, destination, arrival);
    encoded = {
      eventId: event.event_id,
      orderId: event.order_id,
      name: event.event_name,
      warnings: encoded?.warnings ?? decoded.issues,
      messages: [...(encoded?.messages ?? []), { body, destination }],
    };
  }
  return encoded ?? skipped ?? { reason: 'destination_not_allowed' };
}

function decodeFor(
  destination: string,
  input: Input,
  { receivedAtMs }: Arrival,
  { settings: { destinations, collect } }: CollectContext,
) {
  const { consent } = collect;
  const decoded = decodeEvent(input, { receivedAtMs, destinations, destination, consent }, 'salvage');
  if (!decoded.ok) return skipFor(decoded.errors);
  const { event, omissions, warnings } = decoded;
  if (warnings.some(({ code }) => code === matchKeyNotTaken)) return { reason: 'no_match_key' } as const;
  return { event, issues: [...omissions, ...warnings] };
}

function skipFor(errors: readonly FieldIssue[]): SkippedEvent {
  const [first, ...others] = errors;
  if (first?.code === 'no_match_key') return { reason: 'no_match_key', detail: describeIssues(others) };
  if (first?.code === 'no_consent') return { reason: 'no_consent' };
  return { reason: 'invalid_event', detail: describeIssues(errors.slice(0, 1)) };
}

type Identified = ReturnType<ReturnType<typeof createIdentifier>>['event'];

function messageOf(event: Identified, destination: string, { receivedAtMs, trace }: Arrival): string {
  const happenedAtMs = Math.min(event.event_time * 1000, receivedAtMs);
  return encodeMessage({
    v: 1,
    event,
    destination,
    source: 'collect',
    received_at: new Date(receivedAtMs).toISOString(),
    // The pixel's copy left when it happened, and TikTok drops a second copy within 48 h of the first only.
    not_after: new Date(happenedAtMs + lifetimeMs).toISOString(),
    trace,
    logged: true,
  });
}
