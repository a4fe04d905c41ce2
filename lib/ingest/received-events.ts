/** What the log says about each event of a post: fingerprints, names and codes, never a value. */
import { issueLabels } from '../events/fields/loggable-field.ts';
import type { FieldIssue } from '../events/issue.ts';
import { loggableEventName } from '../events/standard-events.ts';
import type { ReceivedEvent } from '../journal/line.ts';
import { errorLabels, notQueued } from '../journal/received-lists.ts';
import { asText } from '../payload/values.ts';
import { fingerprint, fingerprintsOf } from '../privacy/sha256.ts';
import { isObject } from '../schema/is-object.ts';

interface Valid {
  readonly event_id: string;
  readonly orderId: string | undefined;
  readonly name: string;
  readonly omissions: readonly FieldIssue[];
  readonly warnings: readonly FieldIssue[];
}

const none: readonly string[] = [];

export function describeValid(
  { event_id, orderId, name, omissions, warnings }: Valid,
  isQueued: boolean,
): ReceivedEvent {
  const event = fingerprint(event_id);
  return {
    event,
    // Often the same id. A digest takes 0.6 µs, of the 12 µs that an event has here.
    orders: orderId === event_id ? [event] : fingerprintsOf(orderId),
    name: loggableEventName(name),
    warnings: omissions.length + warnings.length === 0 ? none : issueLabels([...omissions, ...warnings]),
    errors: isQueued ? none : notQueued,
  };
}

/** @param input any JSON: only what is text there can be found again */
export function describeRejected(input: unknown, errors: readonly FieldIssue[]): ReceivedEvent {
  const { event_id, order_id, event_name } = isObject(input) ? input : {};
  const [id] = fingerprintsOf(typeof event_id === 'string' ? event_id : asText(event_id));
  return {
    event: id,
    orders: fingerprintsOf(asText(order_id)),
    name: typeof event_name === 'string' ? loggableEventName(event_name.trim()) : undefined,
    warnings: [],
    errors: errorLabels(errors),
  };
}
