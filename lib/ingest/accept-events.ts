/** POST /v1/events: checks each event of a post, queues the valid ones, and answers with a receipt for every event. */
import type { ConsentMode } from '../events/consent.ts';
import { decodeEvent } from '../events/decode/decode-event.ts';
import type { Destinations } from '../events/destination.ts';
import type { Event } from '../events/event.ts';
import { createIdentifier, noStableId } from '../events/event-id.ts';
import type { FieldIssue } from '../events/issue.ts';
import type { IssueCode } from '../events/issue-codes.ts';
import type { ApiAnswer } from '../http/api-answer.ts';
import { receivedLists } from '../journal/received-lists.ts';
import { exceedsBytes } from '../queue/entries.ts';
import { fairGroup } from '../queue/fair-group.ts';
import { encodeMessage, lifetimeMs, maxMessageBytes } from '../queue/message.ts';
import type { QueueClient } from '../queue/queue-client.ts';
import { reportAwsErrors } from '../telemetry/aws-errors.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { Receipt, RejectedReceipt } from './answer-schemas.ts';
import { eventsOf, type Post } from './read-post.ts';
import { countReceipts, destinationNotAllowed, toAnswer } from './receipts.ts';
import { describeRejected, describeValid } from './received-events.ts';

export interface IngestContext {
  readonly settings: {
    readonly destinations: Destinations;
    readonly queueUrl: string;
    readonly consent?: ConsentMode;
  };
  readonly clients: { readonly queue: QueueClient; readonly telemetry: Telemetry };
  /** A fresh UUID, for an event that has nothing to derive an id from. */
  readonly random: () => string;
}

/** An event that is ready for the queue. */
interface Ready {
  readonly index: number;
  readonly status: 'ready';
  readonly event_id: string;
  readonly orderId: string | undefined;
  readonly name: string;
  readonly omissions: readonly FieldIssue[];
  readonly warnings: readonly FieldIssue[];
  readonly message: string;
  readonly destination: string;
}

/** @throws RejectedInput (422) when the post has no events, too many, or something other than events */
export async function acceptEvents(post: Post, context: IngestContext): Promise<ApiAnswer> {
  const { settings, clients } = context;
  const inputs = eventsOf(post.body);
  const checked = inputs.map(createChecker(post, context));
  const ready = checked.filter((item) => item.status === 'ready');
  const names = Object.keys(settings.destinations);
  const { stored, errors } = await clients.queue.send(
    settings.queueUrl,
    ready.map(({ message, destination }) => ({ body: message, groupId: fairGroup(destination, names) })),
  );
  const queued = new Set(ready.filter((_, position) => stored[position] === true));
  const receipts = checked.map((item) =>
    item.status === 'ready' ? toReceipt(item, queued.has(item)) : item,
  );
  countReceipts(receipts, clients.telemetry);
  reportAwsErrors(clients.telemetry, 'send', errors, { trace: post.trace });
  const { response, log } = toAnswer(receipts, post.preference);
  const events = checked.map((item, position) =>
    item.status === 'ready'
      ? describeValid(item, queued.has(item))
      : describeRejected(inputs[position], item.errors),
  );
  return { response, log: { source: 'api', ...log, api_key: post.apiKey.id, ...receivedLists(events) } };
}

const toReceipt = ({ index, event_id, omissions, warnings }: Ready, isQueued: boolean): Receipt => ({
  index,
  event_id,
  status: isQueued ? 'accepted' : 'retry',
  warnings: [...omissions, ...warnings],
});

function createChecker(
  post: Post,
  { settings: { destinations, consent }, random }: IngestContext,
): (input: unknown, index: number) => Ready | RejectedReceipt {
  const { receivedAtMs, trace, apiKey, idempotencyKey } = post;
  const identify = createIdentifier(
    { keyId: apiKey.id, idempotencyKey },
    receivedAtMs,
    () => `tg-${random()}`,
  );
  const received_at = new Date(receivedAtMs).toISOString();
  const not_after = new Date(receivedAtMs + lifetimeMs).toISOString();
  const context = { receivedAtMs, destinations, consent };

  const toMessage = (parsed: Event, destination: string) => {
    const { event, isStable } = identify(parsed);
    const message = encodeMessage({ v: 1, event, destination, source: 'api', received_at, not_after, trace });
    return { message, event_id: event.event_id, isStable };
  };

  return (input, index) => {
    const parsed = decodeEvent(input, context, post.preference);
    if (!parsed.ok) return { index, status: 'rejected', errors: parsed.errors };
    if (!mayUse(apiKey, parsed.destinationName))
      return { index, status: 'rejected', errors: [destinationNotAllowed] };
    const { message, event_id, isStable } = toMessage(parsed.event, parsed.destinationName);
    if (exceedsBytes(message, maxMessageBytes)) return { index, status: 'rejected', errors: [eventTooLarge] };
    return {
      index,
      status: 'ready',
      event_id,
      orderId: parsed.event.order_id,
      name: parsed.event.event_name,
      omissions: parsed.omissions,
      warnings: isStable ? parsed.warnings : [...parsed.warnings, noStableId],
      message,
      destination: parsed.destinationName,
    };
  };
}

const mayUse = ({ destinations }: Post['apiKey'], name: string): boolean =>
  destinations.includes('*') || destinations.includes(name);

const eventTooLarge: FieldIssue<IssueCode> = {
  field: '',
  code: 'event_too_large',
  message: 'the event is larger than 1 MB: shorten its lists and texts',
};
