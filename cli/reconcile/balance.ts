/** The balance of a stage: every event that came in was delivered, waits, or is a dead letter. Pure. */
import type { FlowSum } from '../journal/journal.ts';
import { plural } from '../terminal/plural.ts';
import { isDrift } from './compare.ts';

export interface Balance {
  /** From the API, webhooks, and other producers of the queue. */
  readonly accepted: number;
  /** Dead letters that were put back: they come in a second time. */
  readonly replayed: number;
  readonly delivered: number;
  /** In the queue now, also those in flight. */
  readonly waiting: number;
  /** Every parked message; replayed and discarded ones are among them. */
  readonly parked: number;
  readonly discarded: number;
  /** What came in less what became of it: 0 when all is accounted for. */
  readonly remainder: number;
  /** `lost`: more came in than can be explained by what is under way. */
  readonly verdict: 'balanced' | 'explained' | 'lost';
}

/** @param waiting messages in the queue now */
export function balanceOf(flow: readonly FlowSum[], delivered: number, waiting: number): Balance {
  const total = (name: Exclude<keyof FlowSum, 'day'>) => flow.reduce((sum, day) => sum + day[name], 0);
  const [accepted, replayed, parked] = [total('accepted'), total('replayed'), total('parked')];
  const remainder = accepted + replayed - delivered - waiting - parked;
  return {
    accepted,
    replayed,
    delivered,
    waiting,
    parked,
    discarded: total('discarded'),
    remainder,
    verdict: verdictOf(remainder, accepted + replayed),
  };
}

function verdictOf(remainder: number, received: number): Balance['verdict'] {
  if (remainder === 0) return 'balanced';
  return remainder > 0 && isDrift(remainder, received) ? 'lost' : 'explained';
}

/** @returns a sentence about the remainder; undefined when there is none */
export function explainRemainder({ remainder, verdict }: Balance): string | undefined {
  const events = plural(Math.abs(remainder), 'event');
  if (verdict === 'balanced') return undefined;
  if (verdict === 'lost')
    return `${events} came in, and no line says what became of them. Look for errors in the logs of the function deliver, and for dead letters that were moved outside of these commands.`;
  if (remainder > 0)
    return `Not settled yet: ${events}. They are being sent right now, their log lines are on the way, or SQS, which counts approximately, missed them.`;
  return `${events} more went out than came in: accepted before the first day, replayed before it, or delivered twice because SQS handed a message out twice (TikTok counts such a copy once).`;
}
