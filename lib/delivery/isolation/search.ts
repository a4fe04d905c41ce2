/** The further calls of one group, and what their answers have proven so far. */
import type { Attempt } from '../attempt.ts';
import type { Disposition, SendableMessage, SettledMessage } from '../message.ts';

export interface Search {
  /** How often SQS has handed out the oldest message of the group. */
  readonly receives: number;
  /** True once TikTok delivered or refused some of the messages: it is up, so other answers depend on what was sent. */
  readonly hasAnswered: () => boolean;
  /**
   * @param calls how many calls share the time that is left, in case this one stalls; by default 1
   * @returns the attempt, or one without calls and with the latest disposition when no further call is made
   */
  readonly send: (part: Messages, latest: Disposition, calls?: number) => Promise<Attempt>;
  /** Makes no more calls. */
  readonly stop: () => void;
}

export type Messages = readonly SendableMessage[];

/** Gives each message of an attempt its disposition, with further calls when some of them may be bad. */
export type Settle = (messages: Messages, attempt: Attempt) => Promise<SettledMessage[]>;

/** An answer that names no event can be an outage: until this receive, time is the better remedy. */
const probedFromReceive = 3;

/**
 * @param first the attempt with all messages of the group
 * @param sendPart gives undefined when the invocation may make no more calls
 */
export function createSearch(
  messages: Messages,
  first: Attempt,
  sendPart: (part: Messages, calls: number) => Promise<Attempt | undefined>,
): Search {
  const receives = Math.max(...messages.map((message) => message.receives));
  /** False when further calls are useless now: after a limit, a refused token, a first sign of an outage. */
  const isWorthMore = (attempt: Attempt): boolean =>
    attempt.fault?.of === 'unknown'
      ? receives >= probedFromReceive
      : attempt.fault !== undefined || isDelivered(attempt);
  let hasAnswered = isAnswer(first);
  let isStopped = !isWorthMore(first);
  return {
    receives,
    hasAnswered: () => hasAnswered,
    async send(part, latest, calls = 1) {
      const attempt = isStopped ? undefined : await sendPart(part, calls);
      isStopped ||= attempt === undefined || !isWorthMore(attempt);
      // Without a call, because time or calls are spent, the latest answer says more about the messages.
      if (attempt === undefined || attempt.calls.length === 0) return { disposition: latest, calls: [] };
      hasAnswered ||= isAnswer(attempt);
      return attempt;
    },
    stop: () => {
      isStopped = true;
    },
  };
}

export const isDelivered = ({ disposition }: Attempt): boolean => disposition.kind === 'delivered';

const isAnswer = (attempt: Attempt): boolean => isDelivered(attempt) || attempt.fault?.of === 'content';

export const settleAll = (messages: Messages, disposition: Disposition): SettledMessage[] =>
  messages.map((message) => ({ message, disposition }));

/** @returns two parts; the first has one message more when the number is odd */
export function halvesOf(messages: Messages): readonly [Messages, Messages] {
  const middle = Math.ceil(messages.length / 2);
  return [messages.slice(0, middle), messages.slice(middle)];
}
