/** How old events are when TikTok takes them: from the time at which SQS stored them, which is their arrival. */
import type { Fact } from '../world-parts.ts';

export interface Ages {
  readonly witness: (fact: Fact) => void;
  /** @returns how many events were stored, and the ages at TikTok in seconds, the youngest first */
  readonly all: () => { readonly arrived: number; readonly seconds: Float64Array };
}

export function createAges(now: () => number): Ages {
  const arrivedAtMs = new Map<string, number>();
  const agesMs = new Map<string, number>();
  return {
    witness(fact) {
      if (fact.kind === 'queued') arrivedAtMs.set(fact.key, now());
      if (fact.kind !== 'taken' || agesMs.has(fact.key)) return;
      agesMs.set(fact.key, now() - (arrivedAtMs.get(fact.key) ?? Number.NaN));
    },
    all: () => ({
      arrived: arrivedAtMs.size,
      seconds: Float64Array.from(agesMs.values(), (ms) => ms / 1000).sort(),
    }),
  };
}
