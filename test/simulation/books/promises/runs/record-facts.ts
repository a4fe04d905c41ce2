/** What the journal must say about a message, from its body alone. */
import { isDerivedId } from '../../../../../lib/events/event-id.ts';
import { loggableEventName } from '../../../../../lib/events/standard-events.ts';
import { fingerprint } from '../../../../../lib/privacy/sha256.ts';
import { decodeMessage, type ReceivedMessage } from '../../../../../lib/queue/message.ts';
import type { ReportedRecord } from '../../run-report.ts';

export interface RecordFacts {
  /** Fingerprint of the event's id. */
  readonly event: string | undefined;
  /** Fingerprint of the order's id. */
  readonly order: string | undefined;
  readonly name: string | undefined;
  readonly source: string;
  readonly trace: string;
  /** As the message says it; `default` when it says nothing, and undefined when nobody can read it. */
  readonly destination: string | undefined;
  readonly isForeign: boolean;
  readonly hasOwnId: boolean;
  readonly happenedAtMs: number;
  readonly notAfterMs: number;
}

const known = new WeakMap<ReportedRecord, RecordFacts>();

export function factsOfRecord(record: ReportedRecord): RecordFacts {
  const facts = known.get(record) ?? read(record);
  known.set(record, facts);
  return facts;
}

function read(record: ReportedRecord): RecordFacts {
  const message = decodeMessage(record);
  return 'undecodable' in message ? { ...unreadable, trace: record.messageId } : readMessage(message);
}

const unreadable = {
  event: undefined,
  order: undefined,
  name: undefined,
  source: 'queue',
  destination: undefined,
  isForeign: true,
  hasOwnId: false,
  happenedAtMs: 0,
  notAfterMs: Number.POSITIVE_INFINITY,
};

function readMessage(message: ReceivedMessage): RecordFacts {
  const { event, source, trace, isForeign, hasOwnId, receivedAtMs, notAfterMs } = message;
  const id = String(event.event_id);
  const { order_id: order, event_name: name } = event;
  return {
    event: fingerprint(id),
    order: typeof order === 'string' ? fingerprint(order) : undefined,
    name: typeof name === 'string' ? loggableEventName(name.trim()) : undefined,
    source: mayBeLogged(source) ? source : 'queue',
    trace,
    destination: String(message.destination ?? event.destination ?? 'default'),
    isForeign,
    hasOwnId: hasOwnId && !isDerivedId(id),
    happenedAtMs: Math.min(Number(event.event_time) * 1_000, receivedAtMs),
    notAfterMs,
  };
}

/** A name of a stage file, and no phone. */
const mayBeLogged = (source: string): boolean => /^[a-z][\w-]*$/i.test(source) && !/\d{7}/.test(source);
