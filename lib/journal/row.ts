/** The current state of one event, or of one request that became no event, from what its lines of the journal said. */
import type { EventFacts, Progress } from './row-facts.ts';

export const outcomes = [
  'accepted',
  'waiting',
  'held',
  'delivered',
  'dead-letter',
  'rejected',
  'skipped',
  'discarded',
] as const;
export type Outcome = (typeof outcomes)[number];

export interface EventRow {
  /** The fingerprint of the event; of its line for an event without one, and for a request that became no event. */
  readonly id: string;
  /** When it was received first; for an event whose receipt is not in the lines, its first line. Unix milliseconds. */
  readonly atMs: number;
  readonly event: string | undefined;
  readonly orders: readonly string[];
  readonly name: string | undefined;
  /** `api`, `queue`, `collect` or a webhook source or a sync; `unknown` when its receipt is not in the lines. */
  readonly source: string;
  readonly topic: string | undefined;
  readonly channel: string | undefined;
  readonly destination: string | undefined;
  readonly outcome: Outcome;
  /** A stable code such as `tiktok_40105`, `test_order`, `email:invalid_email`. */
  readonly reason: string | undefined;
  readonly detail: string | undefined;
  readonly deliveredAtMs: number | undefined;
  /** From receipt to the first delivery. */
  readonly tookMs: number | undefined;
  /** Of an event that waits. */
  readonly nextAttemptMs: number | undefined;
  /** Calls to TikTok that contained it. */
  readonly attempts: number;
  /** How often it was accepted: 2 or more are duplicates, which TikTok counts once. */
  readonly receipts: number;
  readonly warnings: readonly string[];
  /** Of a dead letter that nobody has replayed or discarded yet. */
  readonly deadLetterId: string | undefined;
  readonly requestId: string | undefined;
}

export function rowOf(id: string, facts: EventFacts): EventRow {
  const { receipt, park, delivery } = facts;
  const isOpen = facts.parkTimes.size > facts.finishTimes.size;
  const state = stateOf(facts, isOpen);
  const origin = receipt ?? facts.failure;
  return {
    id,
    atMs: origin?.atMs ?? facts.firstMs,
    event: facts.event,
    orders: origin?.orders ?? park?.orders ?? [],
    name: origin?.name ?? park?.name,
    source: origin?.source ?? park?.source ?? 'unknown',
    topic: origin?.topic,
    channel: origin?.channel,
    destination: facts.destination?.name,
    ...state,
    deliveredAtMs: delivery?.atMs,
    tookMs: delivery && receipt && Math.max(0, delivery.atMs - receipt.atMs),
    attempts: facts.attemptTimes.size,
    receipts: facts.receiptTimes.size,
    warnings: receipt?.warnings ?? [],
    deadLetterId: isOpen ? park?.messageId : undefined,
    requestId: facts.answer?.requestId,
  };
}

type State = Pick<EventRow, 'outcome' | 'reason' | 'detail' | 'nextAttemptMs'>;

const state = (outcome: Outcome, cause?: Partial<Omit<State, 'outcome'>>): State => ({
  outcome,
  reason: cause?.reason,
  detail: cause?.detail,
  nextAttemptMs: cause?.nextAttemptMs,
});

/**
 * An event that was sent again after its dead letter shows what happened since. Otherwise the numbers of parks and of
 * finished dead letters decide, because the clock of the operator who replays can differ from Lambda's.
 */
function stateOf(facts: EventFacts, isOpen: boolean): State {
  const { park, finish, progress, failure } = facts;
  if (park !== undefined && !isAfter(progress, park.atMs)) {
    if (isOpen) return state('dead-letter', park);
    return state(finish?.kind === 'discarded' ? 'discarded' : 'accepted', finish);
  }
  if (progress !== undefined) return state(progress.outcome, progress);
  if (finish !== undefined) return state(finish.kind === 'discarded' ? 'discarded' : 'accepted', finish);
  return state(failure?.outcome ?? 'accepted', failure);
}

const isAfter = (progress: Progress | undefined, atMs: number): boolean =>
  progress !== undefined && progress.effectiveMs > atMs;
