/** POST /v1/events: checks each event of a post, queues those that are right, and tells the fate of every one. */

import { decodeEvent } from '../events/decode-event.ts';
import type { Destinations } from '../events/destination.ts';
import type { Event } from '../events/event.ts';
import { createIdentifier, noStableId } from '../events/event-id.ts';
import type { FieldIssue } from '../events/issue.ts';
import type { ApiAnswer } from '../http/api-handler.ts';
import { exceedsBytes } from '../queue/entries.ts';
import { fairGroup } from '../queue/fair-group.ts';
import { encodeMessage, lifetimeMs, maxMessageBytes } from '../queue/message.ts';
import type { QueueClient } from '../queue/sqs.ts';
import type { ApiKey } from '../secrets/api-key.ts';
import { reportAwsErrors } from '../telemetry/aws-errors.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { eventsOf } from './read-post.ts';
import {
  countReceipts,
  destinationNotAllowed,
  type Receipt,
  type RejectedReceipt,
  toAnswer,
} from './receipts.ts';

export interface AcceptPorts {
  readonly destinations: Destinations;
  readonly queueUrl: string;
  readonly queue: QueueClient;
  readonly telemetry: Telemetry;
  /** A fresh unguessable id for an event that has nothing to derive one from. */
  readonly randomId: () => string;
}

type Sender = Pick<ApiKey, 'id' | 'destinations'>;

export interface Post {
  /** The JSON of the body: one event, a list, or `{"events": […]}`. */
  readonly body: unknown;
  readonly apiKey: Sender;
  readonly idempotencyKey: string | undefined;
  readonly receivedAtMs: number;
  readonly trace: string;
}

/** An event that is ready for the queue. */
interface Ready {
  readonly index: number;
  readonly status: 'ready';
  readonly event_id: string;
  readonly warnings: readonly FieldIssue[];
  readonly message: string;
  readonly destination: string;
}

/** Throws a 422 problem when the post holds no events, too many, or something else than events. */
export async function acceptEvents(post: Post, ports: AcceptPorts): Promise<ApiAnswer> {
  const check = createChecker(post, ports);
  const checked = eventsOf(post.body).map(check);
  const ready = checked.filter((item) => item.status === 'ready');
  const names = Object.keys(ports.destinations);
  const { stored, errors } = await ports.queue.send(
    ports.queueUrl,
    ready.map(({ message, destination }) => ({ body: message, groupId: fairGroup(destination, names) })),
  );
  const fate = new Map(ready.map(({ index }, position) => [index, stored[position] === true]));
  const receipts = checked.map((item) =>
    item.status === 'ready' ? toReceipt(item, fate.get(item.index) === true) : item,
  );
  countReceipts(receipts, ports.telemetry);
  reportAwsErrors(ports.telemetry, 'send', errors, { trace: post.trace });
  return toAnswer(receipts);
}

const toReceipt = ({ index, event_id, warnings }: Ready, isStored: boolean): Receipt => ({
  index,
  event_id,
  status: isStored ? 'accepted' : 'retry',
  warnings,
});

function createChecker(
  post: Post,
  ports: AcceptPorts,
): (input: unknown, index: number) => Ready | RejectedReceipt {
  const { receivedAtMs, trace, apiKey, idempotencyKey } = post;
  const identify = createIdentifier({ keyId: apiKey.id, idempotencyKey }, receivedAtMs, ports.randomId);
  const received_at = new Date(receivedAtMs).toISOString();
  const not_after = new Date(receivedAtMs + lifetimeMs).toISOString();
  const context = { receivedAtMs, destinations: ports.destinations };

  const toMessage = (parsed: Event, destination: string) => {
    const { event, isStable } = identify(parsed);
    const message = encodeMessage({ v: 1, event, destination, source: 'api', received_at, not_after, trace });
    return { message, event_id: event.event_id, isStable };
  };

  return (input, index) => {
    const parsed = decodeEvent(input, context);
    if (!parsed.ok) return { index, status: 'rejected', errors: parsed.errors };
    if (!mayUse(apiKey, parsed.destinationName))
      return { index, status: 'rejected', errors: [destinationNotAllowed] };
    const { message, event_id, isStable } = toMessage(parsed.event, parsed.destinationName);
    if (exceedsBytes(message, maxMessageBytes)) return { index, status: 'rejected', errors: [eventTooLarge] };
    return {
      index,
      status: 'ready',
      event_id,
      warnings: isStable ? parsed.warnings : [...parsed.warnings, noStableId],
      message,
      destination: parsed.destinationName,
    };
  };
}

const mayUse = ({ destinations }: Sender, name: string): boolean =>
  destinations.includes('*') || destinations.includes(name);

const eventTooLarge: FieldIssue = {
  field: '',
  code: 'event_too_large',
  message: 'the event is larger than 1 MB: shorten its lists and texts',
};
