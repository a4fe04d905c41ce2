/** Encodes an event of a webhook as a queue message, or returns the code that says why it cannot. */
import { createIdentifier } from '../events/event-id.ts';
import type { Omission } from '../events/issue.ts';
import { asId } from '../payload/values.ts';
import { fingerprint } from '../privacy/sha256.ts';
import { exceedsBytes } from '../queue/entries.ts';
import { encodeMessage, maxMessageBytes } from '../queue/message.ts';
import type { PreparedSource } from './prepare-source.ts';
import { tolerate } from './tolerate.ts';
import type { WebhookContext } from './webhook-context.ts';
import type { SkipReason, WebhookEvent } from './webhook-outcome.ts';

/** When and under which trace a webhook arrived. */
export interface Arrival {
  readonly receivedAtMs: number;
  readonly trace: string;
}

export type Encoded =
  | {
      readonly message: string;
      readonly event: string;
      /** The id of its order, where it has one: log its fingerprint only. */
      readonly orderId: string | undefined;
      readonly destination: string;
      readonly omitted: readonly Omission[];
      /** As it is sent; logged only where no person can have written it. */
      readonly name: string;
      /** The names of its fields. */
      readonly fields: readonly string[];
      /** What was expected where something was omitted. */
      readonly hints: readonly string[];
    }
  | {
      readonly reason: SkipReason;
      readonly detail: string;
      readonly channel?: string | undefined;
      readonly hints?: readonly string[];
      readonly orderId?: string | undefined;
    };

/** @returns a message for the queue with the digest that names its event in the logs, or why there is none */
export function encodeEvent(
  outcome: WebhookEvent,
  source: PreparedSource,
  { receivedAtMs, trace }: Arrival,
  { settings, random }: Pick<WebhookContext, 'settings' | 'random'>,
): Encoded {
  const { destinations } = settings;
  const { consent } = source.settings;
  const tolerated = tolerate(outcome, { receivedAtMs, destinations, consent });
  if (tolerated.kind === 'skipped') {
    const { reason, detail = '', hint } = tolerated;
    const orderId = asId(outcome.event.order_id);
    return { reason, detail, hints: hint === undefined ? [] : [hint], orderId };
  }
  const { destinationName: destination, omitted, hints = [] } = tolerated;
  const identify = createIdentifier({ keyId: source.name, idempotencyKey: undefined }, receivedAtMs, random);
  const { event } = identify(tolerated.event);
  const message = encodeMessage({
    v: 1,
    event,
    destination,
    source: source.name,
    received_at: new Date(receivedAtMs).toISOString(),
    not_after: new Date(outcome.notAfterMs).toISOString(),
    trace,
    logged: true,
  });
  if (exceedsBytes(message, maxMessageBytes))
    return {
      reason: 'event_too_large',
      detail: 'the message would be larger than 1 MB',
      orderId: event.order_id,
    };
  return {
    message,
    event: fingerprint(event.event_id),
    orderId: event.order_id,
    destination,
    omitted,
    name: event.event_name,
    fields: Object.entries(event).flatMap(([field, value]) => (value === undefined ? [] : [field])),
    hints,
  };
}
