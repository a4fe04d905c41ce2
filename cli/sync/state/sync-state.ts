/**
 * Where the next sync continues. The state contains the greatest cursor value up to which everything is settled, and
 * digests of the settled events at and after this value. The next run starts with the value and leaves these events out, so
 * none is lost or sent twice, whenever a run ended. The value never passes now, or a row that was rejected for its time.
 */
import { createPosition, createSettledCheck, type Entry } from '../../../lib/rows/position.ts';
import { writePrivateFile } from './private-file.ts';
import { type StateOptions, startingState } from './stored-state.ts';

export interface SyncState {
  /** The value to start with; undefined on the first run. */
  readonly from: string | undefined;
  /** True when no more events after the value can be remembered. */
  isFull(): boolean;
  /** True for what an earlier run has settled. */
  isSettled(entry: Entry): boolean;
  /**
   * Everything up to these entries is settled, in order, except `open` ones: the next run reads them again, and the value
   * stays before the first of them. Written now and then, and on `flush`.
   */
  advance(entries: readonly Entry[], open: Pick<WeakSet<Entry>, 'has'>): void;
  flush(): void;
}

const leastPauseMs = 500;
/** Many rows can share a value, such as a day: writing them takes at most a small part of the time. */
const pausePerWrite = 20;
/** 27 MB in the file, and about 75 MB of memory. */
const maxAhead = 1_000_000;

export function openSyncState(options: StateOptions): SyncState {
  const { file, target, column } = options;
  const start = startingState(options);
  const position = createPosition(start);
  let isDirty = false;
  let dueAt = 0;

  function flush(): void {
    if (!isDirty) return;
    const startedAt = performance.now();
    const state = { version: 1, target, column, ...position.stored() };
    writePrivateFile(file, `${JSON.stringify(state)}\n`);
    isDirty = false;
    const endedAt = performance.now();
    dueAt = endedAt + Math.max(leastPauseMs, (endedAt - startedAt) * pausePerWrite);
  }

  return {
    from: start.value,
    isFull: () => position.countAhead() >= maxAhead,
    isSettled: createSettledCheck(start),
    advance: (entries, open) => {
      for (const entry of entries) {
        if (open.has(entry)) position.stay();
        else position.settle(entry);
      }
      isDirty ||= entries.length > 0;
      if (performance.now() >= dueAt) flush();
    },
    flush,
  };
}
