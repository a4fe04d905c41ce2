/** Turns the events of a webhook into messages and queues them; what cannot become one is told by a code. */
import { decodeEvent } from '../events/decode-event.ts';
import { createIdentifier } from '../events/event-id.ts';
import { loggableField } from '../events/fields/loggable-field.ts';
import { matchKeyNotTaken } from '../events/match-keys.ts';
import { fingerprint } from '../privacy/sha256.ts';
import { exceedsBytes } from '../queue/entries.ts';
import { encodeMessage, maxMessageBytes } from '../queue/message.ts';
import type { PreparedSource } from './prepare-source.ts';
import type { WebhookContext } from './webhook-context.ts';
import type { SkipReason, WebhookEvent } from './webhook-outcome.ts';

export interface Receipt {
  readonly receivedAtMs: number;
  readonly trace: string;
}

export type Encoded =
  | { readonly message: string; readonly event: string; readonly destination: string }
  | { readonly reason: SkipReason; readonly detail: string };

/** @returns a message for the queue, and the digest that names its event in the logs */
export function encodeEvent(
  outcome: WebhookEvent,
  source: PreparedSource,
  receipt: Receipt,
  { settings, random }: Pick<WebhookContext, 'settings' | 'random'>,
): Encoded {
  const { receivedAtMs, trace } = receipt;
  const parsed = decodeEvent(outcome.event, { receivedAtMs, destinations: settings.destinations });
  if (!parsed.ok) {
    const [issue] = parsed.errors;
    const isUnmatched = issue?.code === 'no_match_key';
    return {
      reason: isUnmatched ? 'no_match_key' : 'invalid_event',
      detail: `${loggableField(issue?.field ?? '')}: ${issue?.code}`,
    };
  }
  // On the API the caller is warned; here nobody reads it, and an event that matches nobody is worth nothing.
  if (parsed.warnings.some(({ code }) => code === matchKeyNotTaken))
    return { reason: 'no_match_key', detail: `email: ${matchKeyNotTaken}` };
  const identify = createIdentifier({ keyId: source.name, idempotencyKey: undefined }, receivedAtMs, random);
  const { event } = identify(parsed.event);
  const message = encodeMessage({
    v: 1,
    event,
    destination: parsed.destinationName,
    source: source.name,
    received_at: new Date(receivedAtMs).toISOString(),
    not_after: new Date(outcome.notAfterMs).toISOString(),
    trace,
  });
  if (exceedsBytes(message, maxMessageBytes))
    return { reason: 'event_too_large', detail: 'the message would be larger than 1 MB' };
  return { message, event: fingerprint(event.event_id), destination: parsed.destinationName };
}
