/**
 * Envelopes that AWS puts around a message on its way into the queue: SNS notifications, EventBridge events, and records
 * of a queue that EventBridge Pipes moves here.
 */
import { fields } from '../events/fields/table.ts';
import { readTime } from '../events/time/read-time.ts';
import { isObject } from '../schema/is-object.ts';
import { parseJson } from '../schema/parse-json.ts';

export interface Opened {
  /** The message: an event, or the long form. */
  readonly content: unknown;
  /**
   * The id of the innermost envelope. AWS delivers at least once, and each delivery gets a new id from the envelopes
   * around; only the one next to the message stays the same.
   */
  readonly id: string | undefined;
  /** When the innermost envelope was sent, in Unix milliseconds. */
  readonly sentAtMs: number | undefined;
}

/** More envelopes than any path through AWS has: a body cannot keep the consumer busy. */
const maxDepth = 5;

/** @param parse parses JSON text. Undefined for any other text */
export function openEnvelopes(body: string, parse: (text: string) => unknown = parseJson): Opened {
  let opened: Opened = { content: parse(body), id: undefined, sentAtMs: undefined };
  for (let depth = 0; depth < maxDepth; depth += 1) {
    const envelope = isObject(opened.content) ? open(opened.content) : undefined;
    if (envelope === undefined) break;
    const { inner, id, time } = envelope;
    opened = {
      content: typeof inner === 'string' ? parse(inner) : inner,
      id: eventId(id) ?? opened.id,
      sentAtMs: millisecondsOf(time) ?? opened.sentAtMs,
    };
  }
  return opened;
}

interface Envelope {
  readonly inner: unknown;
  readonly id: unknown;
  readonly time: unknown;
}

function open(content: Record<string, unknown>): Envelope | undefined {
  const { Type, Message, MessageId, Timestamp } = content;
  if (Type === 'Notification' && typeof Message === 'string')
    return { inner: Message, id: MessageId, time: Timestamp };
  if (typeof content['detail-type'] === 'string' && 'detail' in content)
    return { inner: content.detail, id: content.id, time: content.time };
  const { eventSource, body, messageId, attributes } = content;
  if (eventSource === 'aws:sqs' && (typeof body === 'string' || isObject(body)))
    return { inner: body, id: messageId, time: isObject(attributes) ? attributes.SentTimestamp : undefined };
  return undefined;
}

const eventId = (id: unknown): string | undefined =>
  typeof id === 'string' && id.trim() !== '' && id.length <= fields.event_id.maxLength ? id : undefined;

/** @returns Unix milliseconds of an ISO 8601 text with a zone or of Unix time; undefined for anything else */
export function millisecondsOf(time: unknown): number | undefined {
  const reading = typeof time === 'string' || typeof time === 'number' ? readTime(time) : undefined;
  return reading !== undefined && 'ms' in reading ? reading.ms : undefined;
}
