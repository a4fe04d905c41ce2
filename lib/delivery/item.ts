/** An item is one message of the batch under delivery; its fate is what shall become of it. */
import type { Destination } from '../events/destination.ts';
import type { MatchKey } from '../events/match-keys.ts';
import type { Outcome } from '../tiktok/verdict.ts';

/** What delivery needs of an SQS record, whichever way its body reads. */
export interface Received {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** How often the message has been received, this time included: from 1. */
  readonly receives: number;
  readonly sentAtMs: number;
  readonly firstReceivedAtMs: number;
}

/** A message that holds a good event for a known destination. */
export interface Item extends Received {
  readonly destinationName: string;
  readonly destination: Destination;
  readonly testEventCode: string | undefined;
  /** The event as JSON text in TikTok's shape. */
  readonly track: string;
  /** Goes into no log: there an event is named by the digest of its id. */
  readonly eventId: string;
  readonly trace: string;
  readonly receivedAtMs: number;
  readonly matchKeys: readonly MatchKey[];
}

export const isItem = (result: Item | Fate): result is Item => 'track' in result;

export type Fate =
  | { readonly kind: 'delivered' }
  | {
      readonly kind: 'retry' | 'hold';
      readonly reason: string;
      readonly outcome: Outcome;
      readonly requestId?: string | undefined;
    }
  | Park;

/** To the dead-letter queue, with the reason. */
export interface Park {
  readonly kind: 'park';
  /** Stable code: `tiktok_40002`, `invalid_event`, `undecodable`, `expired`, … */
  readonly reason: string;
  /** Names of fields and codes only: never a value. */
  readonly detail?: string | undefined;
  readonly outcome: Outcome;
  readonly requestId?: string | undefined;
}
