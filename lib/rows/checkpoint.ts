/** Batches end in any order. A sync can continue only from a point before which everything is settled. */
import type { Batch } from './batches.ts';

export interface Checkpoint {
  /** Marks a batch as done; `advance` is called for each batch up to the first open one. */
  settle(batch: Batch): void;
}

export function createCheckpoint(advance: (batch: Batch) => void): Checkpoint {
  const waiting = new Map<number, Batch>();
  let next = 1;
  return {
    settle: (batch) => {
      waiting.set(batch.number, batch);
      for (let ready = waiting.get(next); ready !== undefined; ready = waiting.get(next)) {
        waiting.delete(next);
        next += 1;
        advance(ready);
      }
    },
  };
}
