/** Follows the journal of the stage until every event of a run is delivered or parked, or the time is over. */
import type { AnsweredLine, JournalLine, ParkedLine, WaitsLine } from '../../../lib/journal/line.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Followed } from './followed.ts';

/** One reason, and how many events it parked. */
export interface ParkedReason {
  readonly reason: string;
  readonly detail: string | null;
  count: number;
}

export interface DeliveryEnd {
  /** Events with the same id count once. */
  readonly events: number;
  readonly delivered: number;
  readonly parked: number;
  /** Neither, when the time was over. */
  readonly unknown: number;
  /** Events after the first 1,000,000 of the run. */
  readonly not_followed: number;
  readonly parked_reasons: readonly ParkedReason[];
  /** Why the last of the others waits; null when nothing says it. */
  readonly waiting_reason: string | null;
}

export interface WaitOptions {
  readonly followed: Followed;
  /** Lines before are about earlier runs. */
  readonly fromMs: number;
  readonly onProgress: (settled: number) => void;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
}

/** Reasons are codes of TikTok and our own. */
const maxReasons = 50;

export async function waitForDelivery(
  journal: Pick<Journal, 'follow'>,
  { followed, fromMs, onProgress, signal }: WaitOptions,
): Promise<DeliveryEnd> {
  const reasons = new Map<string, ParkedReason>();
  let waiting: string | null = null;
  const isDone = (): boolean => settledOf(followed) >= followed.counts().events;
  const lines = isDone() ? [] : journal.follow(fromMs, signal);
  for await (const line of lines) {
    if (isDelivery(line)) for (const event of line.events) followed.settle(event, 'delivered');
    if (line.kind === 'parked') park(line, followed, reasons);
    if (isWaitOf(line, followed)) waiting = line.reason;
    onProgress(settledOf(followed));
    if (isDone()) break;
  }
  const parked_reasons = [...reasons.values()].toSorted((one, other) => other.count - one.count);
  const end = deliveryEnd(followed);
  return { ...end, parked_reasons, waiting_reason: end.unknown > 0 ? waiting : null };
}

/** The counts alone. */
export function deliveryEnd(followed: Followed): DeliveryEnd {
  const { events, delivered, parked, notFollowed: not_followed } = followed.counts();
  const unknown = events - delivered - parked;
  return { events, delivered, parked, unknown, not_followed, parked_reasons: [], waiting_reason: null };
}

const isDelivery = (line: JournalLine): line is AnsweredLine =>
  line.kind === 'answered' && line.verdict === 'delivered';

const isWaitOf = (line: JournalLine, followed: Followed): line is WaitsLine =>
  line.kind === 'waits' &&
  line.events.some(({ event }) => event !== undefined && followed.isUnsettled(event));

function settledOf(followed: Followed): number {
  const { delivered, parked } = followed.counts();
  return delivered + parked;
}

function park(
  { event, reason, detail }: ParkedLine,
  followed: Followed,
  reasons: Map<string, ParkedReason>,
): void {
  if (event === undefined || !followed.settle(event, 'parked')) return;
  const key = `${reason} ${detail ?? ''}`;
  const known = reasons.get(key);
  if (known !== undefined) known.count += 1;
  else if (reasons.size < maxReasons) reasons.set(key, { reason, detail: detail ?? null, count: 1 });
}
