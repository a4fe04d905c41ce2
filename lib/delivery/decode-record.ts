/** Decodes SQS records. Never throws: a message that cannot be sent has its disposition. */
import type { SQSRecord } from 'aws-lambda';
import type { ConsentMode } from '../events/consent.ts';
import { type AcceptedEvent, decodeEvent } from '../events/decode/decode-event.ts';
import type { Destinations } from '../events/destination.ts';
import type { IdentifiedEvent } from '../events/event.ts';
import { isDerivedId } from '../events/event-id.ts';
import { describeIssues } from '../events/fields/loggable-field.ts';
import type { FieldIssue } from '../events/issue.ts';
import type { CoverageCount } from '../journal/line.ts';
import { decodeMessage, foreignSource, type ReceivedMessage } from '../queue/message.ts';
import { decodeReplay, replayAttribute } from '../queue/replay-mark.ts';
import { type TrackEvent, toTrackEvent } from '../tiktok/track-event.ts';
import type { Acknowledgement } from '../tiktok/verdict.ts';
import { factsOf, undecodableFacts } from './journal/facts.ts';
import type { OutgoingEvent, Park, SendableMessage, SettledMessage, Wait } from './message.ts';

export interface DecodeContext {
  readonly destinations: Destinations;
  readonly nowMs: number;
  readonly consent?: ConsentMode | undefined;
}

/** @returns a message that can be sent, or one that cannot with its disposition */
export function decodeRecord(record: SQSRecord, context: DecodeContext): SendableMessage | SettledMessage {
  const { messageId, receiptHandle, body, attributes, messageAttributes } = record;
  const receives = Number(attributes.ApproximateReceiveCount);
  const firstReceivedAtMs = Number(attributes.ApproximateFirstReceiveTimestamp);
  const replay = decodeReplay(messageAttributes?.[replayAttribute]?.stringValue);
  const received = { messageId, receiptHandle, body, receives, firstReceivedAtMs, replay };
  const content = decodeMessage({ body, messageId, sentAtMs: Number(attributes.SentTimestamp) });
  if ('undecodable' in content) {
    const facts = undecodableFacts;
    const message = { ...received, trace: messageId, facts, destinationName: undefined, event: undefined };
    return { message, disposition: park('undecodable', content.undecodable) };
  }
  const { trace } = content;
  const decoded = decodeContent(content, receives, context);
  if ('parsed' in decoded) {
    const { parsed } = decoded;
    const facts = factsOf(content, { warnings: [...parsed.omissions, ...parsed.warnings] });
    const event = toOutgoingEvent(parsed, content);
    return { ...received, trace, facts, destinationName: parsed.destinationName, event };
  }
  const { disposition, errors } = decoded;
  const destinationName = configuredName(content, context.destinations);
  const facts = factsOf(content, { errors });
  return { message: { ...received, trace, facts, destinationName, event: undefined }, disposition };
}

type Unsendable = { readonly disposition: Wait | Park; readonly errors: readonly FieldIssue[] };

function decodeContent(
  content: ReceivedMessage,
  receives: number,
  { destinations, nowMs, consent }: DecodeContext,
): { readonly parsed: AcceptedEvent } | Unsendable {
  // TikTok may have an event that was received before, although no answer said so.
  if (nowMs > content.notAfterMs)
    return { disposition: park('expired', undefined, receives > 1 ? 'unknown' : 'refused'), errors: [] };
  const parsed = decodeEvent(content.event, {
    receivedAtMs: content.receivedAtMs,
    destinations,
    destination: content.destination,
    // The functions that receive events decide before they queue them; other producers leave it to the consumer.
    ...(content.source === foreignSource && { consent }),
  });
  return parsed.ok ? { parsed } : { disposition: dispositionOf(parsed.errors), errors: parsed.errors };
}

function toOutgoingEvent(
  { event: decoded, destination }: AcceptedEvent,
  { receivedAtMs, hasOwnId }: ReceivedMessage,
): OutgoingEvent {
  // decodeMessage gave the event its id and time.
  const event = decoded as IdentifiedEvent;
  const track = toTrackEvent(event, destination.eventSource, destination.country);
  return {
    destination,
    testEventCode: event.test_event_code ?? destination.testEventCode,
    trackJson: JSON.stringify(track),
    receivedAtMs,
    happenedAtMs: Math.min(event.event_time * 1000, receivedAtMs),
    canonical: event,
    coverage: coverageOf(track, hasOwnId && !isDerivedId(event.event_id)),
  };
}

function coverageOf({ properties }: TrackEvent, hasOwnId: boolean): CoverageCount[] {
  const counts: CoverageCount[] = [];
  if (properties?.value !== undefined) counts.push('value');
  if (properties?.content_ids !== undefined) counts.push('content_ids');
  if (hasOwnId) counts.push('own_id');
  return counts;
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
