/**
 * What the lines of the journal said about one event. Each fact is a first, a last or a set of times, so that the same
 * lines give the same facts in any order, and twice the same line changes nothing.
 */
import type { AnsweredLine, OperatorLine, ParkedLine } from './line.ts';

export interface Origin {
  readonly atMs: number;
  readonly source: string;
  readonly topic: string | undefined;
  readonly channel: string | undefined;
  readonly name: string | undefined;
  readonly orders: readonly string[];
  readonly warnings: readonly string[];
}

/** An event on its way. */
export interface Progress {
  /** An `accepted` counts from 10 s before its time, so that it never hides the delivery of the same message. */
  readonly effectiveMs: number;
  readonly outcome: 'accepted' | 'waiting' | 'held' | 'delivered';
  readonly reason: string | undefined;
  readonly detail: string | undefined;
  readonly nextAttemptMs: number | undefined;
}

export interface Failure extends Origin {
  readonly outcome: 'rejected' | 'skipped';
  readonly reason: string | undefined;
  readonly detail: string | undefined;
}

export interface EventFacts {
  readonly event: string | undefined;
  firstMs: number;
  /** The first time it was accepted. */
  receipt?: Origin;
  failure?: Failure;
  progress?: Progress;
  /** The first delivery. */
  delivery?: { readonly atMs: number };
  /** The last dead letter. */
  park?: ParkedLine;
  /** The last replay or discard. */
  finish?: OperatorLine;
  /** The last call. */
  answer?: AnsweredLine;
  destination?: { readonly atMs: number; readonly name: string };
  readonly receiptTimes: Set<number>;
  readonly attemptTimes: Set<number>;
  readonly parkTimes: Set<number>;
  readonly finishTimes: Set<number>;
}

export const createFacts = (event: string | undefined): EventFacts => ({
  event,
  firstMs: Number.POSITIVE_INFINITY,
  receiptTimes: new Set(),
  attemptTimes: new Set(),
  parkTimes: new Set(),
  finishTimes: new Set(),
});

/** A message is received 113 times at most; this bounds the memory for an id that is sent again without end. */
const maxTimes = 1_000;

export function remember(times: Set<number>, atMs: number): void {
  if (times.size < maxTimes) times.add(atMs);
}

const ranks = ['accepted', 'waiting', 'held', 'delivered'] as const;

export function advance(facts: EventFacts, progress: Progress): void {
  const known = facts.progress;
  const isLater =
    known === undefined ||
    progress.effectiveMs > known.effectiveMs ||
    (progress.effectiveMs === known.effectiveMs && compareProgress(progress, known) > 0);
  if (isLater) facts.progress = progress;
}

const compareProgress = (one: Progress, other: Progress): number =>
  ranks.indexOf(one.outcome) - ranks.indexOf(other.outcome) || compareText(one, other);

/** Of two facts of the same millisecond, the same one must win whichever came first. */
const compareText = (one: object, other: object): number =>
  JSON.stringify(one) > JSON.stringify(other) ? 1 : -1;

const compare = <Fact extends { readonly atMs: number }>(one: Fact, other: Fact): number =>
  one.atMs - other.atMs || compareText(one, other);

export const firstOf = <Fact extends { readonly atMs: number }>(known: Fact | undefined, fact: Fact): Fact =>
  known === undefined || compare(fact, known) < 0 ? fact : known;

export const lastOf = <Fact extends { readonly atMs: number }>(known: Fact | undefined, fact: Fact): Fact =>
  known === undefined || compare(fact, known) > 0 ? fact : known;
