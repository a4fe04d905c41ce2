/** The journal line of a post: fingerprints, names and codes of its events, never a value. */
import { issueLabels } from '../events/fields/loggable-field.ts';
import { loggableEventName } from '../events/standard-events.ts';
import type { ReceivedEvent } from '../journal/line.ts';
import { notQueued, receivedLists } from '../journal/received-lists.ts';
import { asText } from '../payload/values.ts';
import { fingerprint, fingerprintsOf } from '../privacy/sha256.ts';
import { isObject } from '../schema/is-object.ts';
import type { LogFields } from '../telemetry/telemetry.ts';
import type { EncodedEvent, SkippedEvent } from './encode-event.ts';

/** An event of a post, and what became of it. */
export interface Taken {
  readonly input: unknown;
  readonly result: EncodedEvent | SkippedEvent;
}

export function describeCollected(taken: readonly Taken[], isStored: boolean): LogFields {
  const accepted = taken.filter(({ result }) => 'messages' in result).length;
  const [first] = taken.flatMap(({ result }) => ('reason' in result ? [result] : []));
  return {
    source: 'collect',
    accepted: isStored ? accepted : 0,
    rejected: taken.length - accepted,
    not_queued: isStored ? undefined : accepted,
    reason: first?.reason,
    detail: first?.detail || undefined,
    ...receivedLists(taken.map((item) => describe(item, isStored))),
  };
}

function describe({ input, result }: Taken, isStored: boolean): ReceivedEvent {
  if ('messages' in result)
    return {
      event: fingerprint(result.eventId),
      orders: fingerprintsOf(result.orderId),
      name: loggableEventName(result.name),
      warnings: issueLabels(result.warnings),
      errors: isStored ? [] : notQueued,
    };
  const { event_id, order_id, event_name } = isObject(input) ? input : {};
  return {
    event: fingerprintsOf(asText(event_id))[0],
    orders: fingerprintsOf(asText(order_id)),
    name: typeof event_name === 'string' ? loggableEventName(event_name.trim()) : undefined,
    warnings: [],
    errors: [`:${result.reason}`],
  };
}
