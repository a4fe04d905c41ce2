/** The plan of a run: everything that chance decides before it starts. */
import type { Destinations, SenderPlan } from './crowd.ts';
import type { Trouble } from './trouble.ts';

export type PlanClass = 'quiet' | 'brief failure' | 'bad events' | 'long outage' | 'everything';

export interface Plan {
  readonly seed: number;
  readonly class: PlanClass;
  readonly destinations: Destinations;
  readonly senders: readonly SenderPlan[];
  /** The most receives that a good event may need among the bad ones, when nothing else is wrong. */
  readonly mostReceives: number;
  /** In the order in which they start; all end before `healedMs`. */
  readonly troubles: readonly Trouble[];
  /** Share of the events of which the pixel sends a copy. */
  readonly pixelShare: number;
  /** TikTok answers within these milliseconds when nothing is wrong. */
  readonly latencyMs: number;
  /** Runs of the consumer at once, in place of prod's: fewer runs have fuller batches. */
  readonly maximumConcurrency?: number | undefined;
  /** The most messages that SQS has in flight. */
  readonly maxInFlight: number;
  /** Milliseconds after the start at which no trouble is left. */
  readonly healedMs: number;
}

/** What a class decides. */
export type Draft = Omit<Plan, 'seed' | 'class' | 'healedMs'>;
