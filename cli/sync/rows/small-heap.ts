/** Keeps the process small: V8 would rather let the heap grow than collect, and a sync makes garbage by the million rows. */
import { setFlagsFromString } from 'node:v8';

/** Costs about a fifth more CPU time and halves the memory: a million rows stay within 300 MB, DuckDB included. */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=20');
}
