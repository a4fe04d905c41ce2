/** What went in must have come out: the books of a run, checked as Jepsen checks a queue. */
import { canaries } from './events.ts';

export interface Books {
  /** Ids that were sent at all, answered or not. */
  readonly attempted: ReadonlySet<string>;
  /** Ids that the gateway answered as accepted. */
  readonly acknowledged: ReadonlySet<string>;
  /** Ids that TikTok took, with how often. */
  readonly delivered: ReadonlyMap<string, number>;
  /** Ids in the dead-letter queue, with their reason; undefined when it has none. */
  readonly parked: ReadonlyMap<string, string | undefined>;
}

export interface Findings {
  /** Acknowledged, but neither delivered nor parked. */
  readonly lost: readonly string[];
  /** Delivered or parked, but never sent. */
  readonly unexpected: readonly string[];
  /** Parked without a reason. */
  readonly unexplained: readonly string[];
  /** Parked although nothing was wrong with them. */
  readonly wronglyParked: readonly string[];
  /** Copies beyond the first: TikTok drops them by `event_id`. */
  readonly duplicates: number;
}

export function checkBooks({ attempted, acknowledged, delivered, parked }: Books): Findings {
  const isOut = (id: string): boolean => delivered.has(id) || parked.has(id);
  const copies = [...delivered.values()].reduce((sum, count) => sum + count, 0);
  return {
    lost: [...acknowledged].filter((id) => !isOut(id)),
    unexpected: [...delivered.keys(), ...parked.keys()].filter((id) => !attempted.has(id)),
    unexplained: [...parked].flatMap(([id, reason]) => (reason === undefined ? [id] : [])),
    wronglyParked: [...parked.keys()].filter((id) => !id.endsWith('-poison')),
    duplicates: copies - delivered.size,
  };
}

/** @returns the canaries found in `text`, each with a little of what stands around it */
export function findCanaries(text: string): string[] {
  const lower = text.toLowerCase();
  return canaries.flatMap((canary) => {
    const at = lower.indexOf(canary);
    return at < 0 ? [] : [`${canary} in: …${text.slice(Math.max(0, at - 60), at + 60)}…`];
  });
}
