/**
 * The lines of the journal about one batch: each call, each group of messages that wait, each parked message, and the
 * messages of other producers. Every message that is not delivered is in exactly one line that says so.
 */
import { issueLabels } from '../../events/fields/loggable-field.ts';
import type { Omission } from '../../events/issue.ts';
import type { ReceivedEvent } from '../../journal/line.ts';
import { errorLabels, receivedLists } from '../../journal/received-lists.ts';
import { fingerprint } from '../../privacy/sha256.ts';
import { foreignSource } from '../../queue/message.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import type { Call } from '../attempt.ts';
import type { Message, SettledMessage } from '../message.ts';
import { isParked, type ParkedMessage, type WaitingMessage } from '../settle.ts';

export function logCall(call: Call, telemetry: Telemetry): void {
  const { destinationName, messages, verdict, position, requestId, durationMs } = call;
  const isPartial = verdict.kind === 'delivered' && verdict.isPartial;
  telemetry[verdict.kind === 'delivered' && !isPartial ? 'info' : 'warn']('tiktok answered', {
    destination: destinationName,
    count: messages.length,
    outcome: verdict.kind,
    reason: verdict.reason,
    detail: verdict.kind === 'hold' ? verdict.detail : undefined,
    event: eventsOf(messages),
    position,
    partial: isPartial || undefined,
    duration_ms: durationMs,
    tiktok_request_id: requestId,
    trace: tracesOf(messages),
  });
}

/** One line for each destination, outcome and reason, and for each detail of it. */
export function logWaiting(waiting: readonly WaitingMessage[], telemetry: Telemetry): void {
  const groups = Map.groupBy(waiting, ({ message, disposition: { kind, reason, detail } }) =>
    [message.destinationName, kind, reason, detail].join(' '),
  );
  for (const group of groups.values()) {
    const messages = group.map(({ message }) => message);
    telemetry.warn('message waits', {
      destination: messages[0]?.destinationName,
      outcome: group[0]?.disposition.kind,
      reason: group[0]?.disposition.reason,
      detail: group[0]?.disposition.detail,
      count: group.length,
      event: eventsOf(messages),
      wait_s: group.map(({ seconds }) => seconds).join(' '),
      receives: messages.map(({ receives }) => receives).join(' '),
      trace: tracesOf(messages),
    });
  }
}

export function logParked({ message, disposition }: ParkedMessage, telemetry: Telemetry): void {
  const { facts } = message;
  telemetry.warn('message parked', {
    reason: disposition.reason,
    detail: disposition.detail,
    outcome: disposition.acknowledgement,
    destination: message.destinationName,
    source: facts.source,
    event: facts.event,
    order: facts.orderId && fingerprint(facts.orderId),
    event_name: facts.name,
    message_id: message.messageId,
    receives: message.receives,
    tiktok_request_id: disposition.requestId,
    trace: message.trace,
  });
}

/**
 * Other producers write to the queue, so the consumer logs what they sent, when it gets a message for the first time. A
 * replay is a new message to SQS, and its first life was logged.
 */
export function logForeign(decoded: readonly (Message | SettledMessage)[], telemetry: Telemetry): void {
  const foreign = decoded
    .map(toForeign)
    .filter(({ message }) => message.facts.isForeign && message.receives === 1 && !message.replay);
  if (foreign.length === 0) return;
  const rejected = foreign.filter(({ rejection }) => rejection !== undefined).length;
  telemetry.info('events received', {
    source: foreignSource,
    accepted: foreign.length - rejected,
    rejected,
    ...receivedLists(foreign.map(describeForeign)),
    trace: tracesOf(foreign.map(({ message }) => message)),
  });
}

interface Foreign {
  readonly message: Message;
  /** Why the consumer parks it without a call. */
  readonly rejection: string | undefined;
}

const toForeign = (decoded: Message | SettledMessage): Foreign =>
  'disposition' in decoded
    ? { message: decoded.message, rejection: isParked(decoded) ? decoded.disposition.reason : undefined }
    : { message: decoded, rejection: undefined };

function describeForeign({ message, rejection }: Foreign): ReceivedEvent {
  const { event, orderId, name, warnings, errors } = message.facts;
  return {
    event,
    orders: orderId === undefined ? [] : [fingerprint(orderId)],
    name,
    warnings: issueLabels(warnings),
    errors: rejection === undefined ? [] : labelsOf(rejection, errors),
  };
}

const labelsOf = (reason: string, errors: readonly Omission[]): string[] =>
  errors.length === 0 ? [`:${reason}`] : errorLabels(errors);

const eventsOf = (messages: readonly Message[]): string =>
  messages.map(({ facts }) => facts.event ?? '-').join(' ');

const tracesOf = (messages: readonly Pick<Message, 'trace'>[]): string =>
  [...new Set(messages.map(({ trace }) => trace))].join(' ');
