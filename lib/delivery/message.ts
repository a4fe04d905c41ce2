/** A queue message in delivery: one shape from decoding to settling, and the disposition that settles it. */
import type { Destination } from '../events/destination.ts';
import type { Event } from '../events/event.ts';
import type { FieldIssue, Omission } from '../events/issue.ts';
import type { CoverageCount } from '../journal/line.ts';
import type { ReplayMark } from '../queue/replay-mark.ts';
import type { Acknowledgement } from '../tiktok/verdict.ts';

export interface Message {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** How often SQS has handed out the message, this time included: from 1. */
  readonly receives: number;
  readonly firstReceivedAtMs: number;
  /** Of a message that was a dead letter before. */
  readonly replay?: ReplayMark | undefined;
  /** The id in the logs that leads back to the request with the event. */
  readonly trace: string;
  readonly facts: MessageFacts;
  /** Undefined when the body does not say it or the stage has no such destination. */
  readonly destinationName: string | undefined;
  /** Undefined when the message cannot be sent. */
  readonly event: OutgoingEvent | undefined;
}

/** What the journal says about a message, as far as its body can be read. */
export interface MessageFacts {
  /** Fingerprint of the event's id. */
  readonly event: string | undefined;
  /** No log contains it: logs show its fingerprint. */
  readonly orderId: string | undefined;
  /** As logs may show it. */
  readonly name: string | undefined;
  readonly source: string;
  /** Nobody has logged that it was received. */
  readonly isForeign: boolean;
  /** What the consumer found in an event of another producer: the gateway's own are checked before. */
  readonly warnings: readonly FieldIssue[];
  readonly errors: readonly Omission[];
}

/** A message with a valid event for a configured destination. */
export interface SendableMessage extends Message {
  readonly destinationName: string;
  readonly event: OutgoingEvent;
}

export interface OutgoingEvent {
  readonly destination: Destination;
  readonly testEventCode: string | undefined;
  /** The event as JSON text in TikTok's shape. */
  readonly trackJson: string;
  /** When the gateway got it; for a message of another producer, when SQS got it. */
  readonly receivedAtMs: number;
  /** When it happened, and not after its receipt, whatever the clock of its sender says. */
  readonly happenedAtMs: number;
  /** In canonical form: its match keys are counted once it is delivered. */
  readonly canonical: Event;
  /** What the event has beside match keys. */
  readonly coverage: readonly CoverageCount[];
}

/** A message and what happens to it when the batch ends. */
export interface SettledMessage {
  readonly message: Message;
  readonly disposition: Disposition;
}

export type Disposition = { readonly kind: 'delivered' } | Wait | Park;

/** The message becomes visible again: soon (`retry`), or later because a person must fix something (`hold`). */
export interface Wait {
  readonly kind: 'retry' | 'hold';
  readonly reason: string;
  /** Names of fields and codes only, never a value. */
  readonly detail?: string | undefined;
  readonly acknowledgement: Acknowledgement;
  readonly requestId?: string | undefined;
}

/** The message moves to the dead-letter queue. */
export interface Park {
  readonly kind: 'park';
  /** Stable code: `tiktok_40002`, `invalid_event`, `undecodable`, `expired`, … */
  readonly reason: string;
  /** Names of fields and codes only, never a value. */
  readonly detail?: string | undefined;
  readonly acknowledgement: Acknowledgement;
  readonly requestId?: string | undefined;
}
