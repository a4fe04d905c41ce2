/**
 * The message: an event with its metadata as it travels in the queue. The decoder also reads bare events of other
 * producers, and takes both out of the envelopes of AWS.
 */
import type * as z from 'zod/mini';
import type { IdentifiedEvent } from '../events/event.ts';
import { isAbsent } from '../schema/is-absent.ts';
import { isObject } from '../schema/is-object.ts';
import { withoutBlanks } from '../schema/without-blanks.ts';
import { millisecondsOf, type Opened, openEnvelopes } from './envelope.ts';
import { escapeForSqs } from './escape-for-sqs.ts';
import { checkEnvelope } from './message-schema.ts';

/** A message that the gateway writes, version 1. Times are ISO 8601 in UTC. */
export interface QueueMessage {
  readonly v: 1;
  readonly event: IdentifiedEvent;
  /** Name of a configured destination. */
  readonly destination: string;
  /** `api`, or the name of a webhook source. */
  readonly source: string;
  readonly received_at: string;
  /** After this time the event is not sent any more: TikTok deduplicates for 48 hours only. */
  readonly not_after: string;
  /** Correlates the request, the message and the call to TikTok in the logs. */
  readonly trace: string;
  /** The journal says that the event was received: the consumer logs a message of any other writer. The API needs no mark. */
  readonly logged?: true;
}

/** The source of messages from the API, which logs each event that it receives. */
const apiSource = 'api';

/** The source of a message that names none: another producer wrote it. */
export const foreignSource = 'queue';

/** How long after its receipt an event may be sent: one hour less than TikTok's deduplication window. */
export const lifetimeMs = 47 * 3_600_000;

/** The largest message that the gateway writes: SQS accepts 1,048,576 bytes with attributes, a call to TikTok 1 MB. */
export const maxMessageBytes = 1_000_000;

/** @returns the JSON text of the message, without characters that SQS refuses */
export const encodeMessage = (message: QueueMessage): string => escapeForSqs(JSON.stringify(message));

/** A decoded message. `event` has not been checked against the schema of events. */
export interface ReceivedMessage {
  readonly event: Record<string, unknown>;
  /** False when the sender gave no event id, and the event has that of its message. */
  readonly hasOwnId: boolean;
  readonly destination: string | undefined;
  readonly source: string;
  /** Another producer wrote it, with or without a source of its own: nobody has logged that it was received. */
  readonly isForeign: boolean;
  readonly receivedAtMs: number;
  readonly notAfterMs: number;
  readonly trace: string;
}

export interface RawMessage {
  readonly body: string;
  readonly messageId: string;
  readonly sentAtMs: number;
}

/** @returns the message, or why the body cannot be decoded, without any of its content. Never throws. */
export function decodeMessage(raw: RawMessage): ReceivedMessage | { readonly undecodable: string } {
  const opened = openEnvelopes(raw.body);
  const { content } = opened;
  if (!isObject(content)) return { undecodable: 'not a JSON object' };
  if (!('v' in content)) return bareEvent(content, raw, opened);
  const envelope = checkEnvelope(withoutBlanks(content));
  if (!envelope.success) return { undecodable: `not a message of version 1: ${fieldOf(envelope.error)}` };
  const { event, destination, source, received_at, not_after, trace, logged } = envelope.data;
  const receivedAtMs = received_at == null ? raw.sentAtMs : millisecondsOf(received_at);
  if (receivedAtMs === undefined) return { undecodable: 'not a message of version 1: received_at' };
  return {
    event: withIdentity(event, raw, received_at == null ? opened : { ...opened, sentAtMs: receivedAtMs }),
    hasOwnId: !isAbsent(event.event_id),
    destination: destination ?? undefined,
    source: source ?? foreignSource,
    isForeign: source !== apiSource && logged !== true,
    receivedAtMs,
    notAfterMs: millisecondsOf(not_after) ?? receivedAtMs + lifetimeMs,
    trace: traceOf(trace, raw),
  };
}

/** A UUID, an id of API Gateway or X-Ray, or a job with its number, such as `job-42`: too short for a name or a phone. */
const loggableTrace =
  /^(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\w+/-]{15}=|1-[\da-f]{8}-[\da-f]{24}|[a-z]{1,8}-\d{1,4})$/i;

/** The trace is logged, so the message id replaces a trace that does not look like an id, such as a phone number. */
const traceOf = (given: string | null | undefined, { messageId }: RawMessage): string =>
  given != null && loggableTrace.test(given) ? given : messageId;

function bareEvent(event: Record<string, unknown>, raw: RawMessage, opened: Opened): ReceivedMessage {
  return {
    event: withIdentity(event, raw, opened),
    hasOwnId: !isAbsent(event.event_id),
    destination: undefined,
    source: foreignSource,
    isForeign: true,
    receivedAtMs: raw.sentAtMs,
    notAfterMs: raw.sentAtMs + lifetimeMs,
    trace: raw.messageId,
  };
}

/**
 * An event without id or time takes those of its envelope or, without one, of its SQS message: they are the same on every
 * receive. Nothing happened after its message was sent, whatever the clock of the sender says.
 */
function withIdentity(
  event: Record<string, unknown>,
  raw: RawMessage,
  { id = raw.messageId, sentAtMs = raw.sentAtMs }: Pick<Opened, 'id' | 'sentAtMs'>,
): Record<string, unknown> {
  const { event_id, event_time } = event;
  if (!isAbsent(event_id) && !isAbsent(event_time)) return event;
  return {
    ...event,
    event_id: isAbsent(event_id) ? id : event_id,
    event_time: isAbsent(event_time) ? Math.floor(Math.min(sentAtMs, raw.sentAtMs) / 1000) : event_time,
  };
}

/* v8 ignore next -- the content is an object here, so every issue names one of its fields */
const fieldOf = (error: z.core.$ZodError): string => String(error.issues[0]?.path[0] ?? 'body');
