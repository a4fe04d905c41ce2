/** Decodes SQS records. Never throws: a message that cannot be sent has its disposition. */
import type { SQSRecord } from 'aws-lambda';
import type { ConsentMode } from '../events/consent.ts';
import { type AcceptedEvent, decodeEvent } from '../events/decode/decode-event.ts';
import type { Destinations } from '../events/destination.ts';
import type { IdentifiedEvent } from '../events/event.ts';
import { describeIssues } from '../events/fields/loggable-field.ts';
import type { FieldIssue } from '../events/issue.ts';
import { matchKeys } from '../events/match-keys.ts';
import { decodeMessage, foreignSource, type ReceivedMessage } from '../queue/message.ts';
import { toTrackEvent } from '../tiktok/track-event.ts';
import type { Acknowledgement } from '../tiktok/verdict.ts';
import type { OutgoingEvent, Park, SendableMessage, SettledMessage, Wait } from './message.ts';

export interface DecodeContext {
  readonly destinations: Destinations;
  readonly nowMs: number;
  readonly consent?: ConsentMode | undefined;
}

/** @returns a message that can be sent, or one that cannot with its disposition */
export function decodeRecord(record: SQSRecord, context: DecodeContext): SendableMessage | SettledMessage {
  const { messageId, receiptHandle, body, attributes } = record;
  const receives = Number(attributes.ApproximateReceiveCount);
  const firstReceivedAtMs = Number(attributes.ApproximateFirstReceiveTimestamp);
  const received = { messageId, receiptHandle, body, receives, firstReceivedAtMs };
  const content = decodeMessage({ body, messageId, sentAtMs: Number(attributes.SentTimestamp) });
  if ('undecodable' in content) {
    const message = { ...received, trace: messageId, destinationName: undefined, event: undefined };
    return { message, disposition: park('undecodable', content.undecodable) };
  }
  const decoded = decodeContent(content, receives, context);
  if ('event' in decoded) {
    const { destinationName, event } = decoded;
    return { ...received, trace: content.trace, destinationName, event };
  }
  const destinationName = configuredName(content, context.destinations);
  const message = { ...received, trace: content.trace, destinationName, event: undefined };
  return { message, disposition: decoded };
}

function decodeContent(
  content: ReceivedMessage,
  receives: number,
  { destinations, nowMs, consent }: DecodeContext,
): Pick<SendableMessage, 'destinationName' | 'event'> | Wait | Park {
  // TikTok may have an event that was received before, although no answer said so.
  if (nowMs > content.notAfterMs) return park('expired', undefined, receives > 1 ? 'unknown' : 'refused');
  const { receivedAtMs } = content;
  const parsed = decodeEvent(content.event, {
    receivedAtMs,
    destinations,
    destination: content.destination,
    // The functions that receive events decide before they queue them; other producers leave it to the consumer.
    ...(content.source === foreignSource && { consent }),
  });
  if (!parsed.ok) return dispositionOf(parsed.errors);
  return { destinationName: parsed.destinationName, event: toOutgoingEvent(parsed, receivedAtMs) };
}

function toOutgoingEvent(
  { event: decoded, destination, omissions }: AcceptedEvent,
  receivedAtMs: number,
): OutgoingEvent {
  // decodeMessage gave the event its id and time.
  const event = decoded as IdentifiedEvent;
  return {
    id: event.event_id,
    destination,
    testEventCode: event.test_event_code ?? destination.testEventCode,
    trackJson: JSON.stringify(toTrackEvent(event, destination.eventSource, destination.country)),
    receivedAtMs,
    matchKeys: matchKeys(event, destination.eventSource),
    omissions,
  };
}

/** A producer can write anything as a destination, so a name that is not configured is not repeated. */
function configuredName({ destination, event }: ReceivedMessage, all: Destinations): string | undefined {
  const name = destination ?? event.destination ?? 'default';
  return typeof name === 'string' && Object.hasOwn(all, name) ? name : undefined;
}

/**
 * A destination that is not configured is the stage's fault, not the event's: the event waits for a deployment.
 * @param errors at least one
 */
function dispositionOf(errors: readonly FieldIssue[]): Wait | Park {
  if (errors[0]?.code === 'unknown_destination')
    return { kind: 'hold', reason: 'unknown_destination', acknowledgement: 'refused' };
  return park('invalid_event', describeIssues(errors));
}

const maxDetail = 512;

const park = (reason: string, detail?: string, acknowledgement: Acknowledgement = 'refused'): Park => ({
  kind: 'park',
  reason,
  detail: detail?.slice(0, maxDetail),
  acknowledgement,
});
