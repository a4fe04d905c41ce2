/** What the books know about one event. */
import type { SentEvent } from '../world-parts.ts';

export interface Account {
  readonly key: string;
  /** Undefined when nobody tried to send it. */
  event: SentEvent | undefined;
  attempts: number;
  /** Of these, the attempts without an id that an answer gave: each can get an id of its own. */
  firstAttempts: number;
  acceptedAtMs: number | undefined;
  rejectedAtMs: number | undefined;
  /** When SQS stored the first message with it. */
  queuedAtMs: number | undefined;
  /** How many messages with it SQS stored. */
  copies: number;
  /** The ids of its messages that are in the queue. */
  readonly messages: Set<string>;
  firstTakenAtMs: number | undefined;
  takings: number;
  /** The ids under which the API accepted it, and those under which TikTok took it. */
  readonly acceptedIds: Set<string>;
  readonly takenIds: Set<string>;
  /** How often TikTok counted it, the pixel's copy included. */
  counted: number;
  /** The most receives of one of its messages before TikTok took it. */
  receives: number;
  calls: number;
  /** The answers to calls that contained no other event. */
  readonly answersAlone: Set<string>;
  readonly letters: Letter[];
}

export interface Letter {
  readonly atMs: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly keptUntilMs: number;
}

export const createAccount = (key: string): Account => ({
  key,
  event: undefined,
  attempts: 0,
  firstAttempts: 0,
  acceptedAtMs: undefined,
  rejectedAtMs: undefined,
  queuedAtMs: undefined,
  copies: 0,
  messages: new Set(),
  firstTakenAtMs: undefined,
  takings: 0,
  acceptedIds: new Set(),
  takenIds: new Set(),
  counted: 0,
  receives: 0,
  calls: 0,
  answersAlone: new Set(),
  letters: [],
});

/** True while the event is in the queue, parked or at TikTok. */
export const isSomewhere = ({ messages, letters, takings }: Account): boolean =>
  messages.size > 0 || letters.length > 0 || takings > 0;

export const isGood = ({ event }: Account): boolean => event?.nature === 'good';
