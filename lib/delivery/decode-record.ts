/** Makes an item of an SQS record, or says at once what becomes of a record that cannot be sent. */
import type { SQSRecord } from 'aws-lambda';
import { decodeEvent } from '../events/decode-event.ts';
import type { Destinations } from '../events/destination.ts';
import type { IdentifiedEvent } from '../events/event.ts';
import { loggableField } from '../events/fields/loggable-field.ts';
import type { FieldIssue } from '../events/issue.ts';
import { matchKeys } from '../events/match-keys.ts';
import { decodeMessage, type ReceivedMessage } from '../queue/message.ts';
import { toTrackEvent } from '../tiktok/track-event.ts';
import type { Outcome } from '../tiktok/verdict.ts';
import type { Fate, Item, Received } from './item.ts';

export interface DecodeContext {
  readonly destinations: Destinations;
  readonly nowMs: number;
}

export interface Decoded {
  readonly received: Received;
  /** Where the event is meant to go; undefined when that cannot be read, or is not configured. */
  readonly destinationName: string | undefined;
  /** Leads back to the request, also from a message that cannot be sent. */
  readonly trace: string;
  readonly result: Item | Fate;
}

/** Never throws; a record that makes no item has its fate. */
export function decodeRecord(record: SQSRecord, context: DecodeContext): Decoded {
  const received = toReceived(record);
  const message = decodeMessage(received);
  if ('undecodable' in message) {
    const result = park('undecodable', message.undecodable);
    return { received, destinationName: undefined, trace: received.messageId, result };
  }
  return {
    received,
    destinationName: configuredName(message, context.destinations),
    trace: message.trace,
    result: decode(message, received, context),
  };
}

/** A name that is not configured is not repeated: a producer may have written anything there. */
function configuredName(message: ReceivedMessage, destinations: Destinations): string | undefined {
  const name = message.destination ?? (message.event as { destination?: unknown }).destination ?? 'default';
  return typeof name === 'string' && Object.hasOwn(destinations, name) ? name : undefined;
}

function toReceived({ messageId, receiptHandle, body, attributes }: SQSRecord): Received {
  return {
    messageId,
    receiptHandle,
    body,
    receives: Number(attributes.ApproximateReceiveCount),
    sentAtMs: Number(attributes.SentTimestamp),
    firstReceivedAtMs: Number(attributes.ApproximateFirstReceiveTimestamp),
  };
}

function decode(
  message: ReceivedMessage,
  received: Received,
  { destinations, nowMs }: DecodeContext,
): Item | Fate {
  // An event received before may have reached TikTok although no answer said so.
  if (nowMs > message.notAfterMs)
    return park('expired', undefined, received.receives > 1 ? 'unknown' : 'refused');
  const { receivedAtMs } = message;
  const parsed = decodeEvent(message.event, { receivedAtMs, destinations, destination: message.destination });
  if (!parsed.ok) return refuse(parsed.errors);
  const { destination, destinationName } = parsed;
  // decodeMessage gave the event its id and time.
  const event = parsed.event as IdentifiedEvent;
  const track = JSON.stringify(toTrackEvent(event, destination.eventSource, destination.country));
  return {
    ...received,
    destinationName,
    destination,
    testEventCode: event.test_event_code ?? destination.testEventCode,
    track,
    eventId: event.event_id,
    trace: message.trace,
    receivedAtMs,
    matchKeys: matchKeys(event, destination.eventSource),
  };
}

/**
 * A destination that is not configured is the stage's fault, not the event's: it waits for the next deployment.
 * @param errors one at least
 */
function refuse(errors: readonly FieldIssue[]): Fate {
  if (errors[0]?.code === 'unknown_destination')
    return { kind: 'hold', reason: 'unknown_destination', outcome: 'refused' };
  return park(
    'invalid_event',
    errors.map(({ field, code }) => `${loggableField(field)}: ${code}`).join('; '),
  );
}

const maxDetail = 512;

const park = (reason: string, detail?: string, outcome: Outcome = 'refused'): Fate => ({
  kind: 'park',
  reason,
  detail: detail?.slice(0, maxDetail),
  outcome,
});
