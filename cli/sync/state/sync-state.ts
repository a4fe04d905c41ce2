/**
 * Where the next sync continues. The state contains the greatest cursor value up to which everything is settled, and
 * digests of the settled events at and after this value. The next run starts with the value and leaves these events out, so
 * none is lost or sent twice, whenever a run ended. The value never passes now, or a row that was rejected for its time.
 */
import type { FieldIssue } from '../../../lib/events/issue.ts';
import { writePrivateFile } from './private-file.ts';
import { type Start, type StateOptions, startingState } from './stored-state.ts';

/** An event, or a row without one, in the order of the cursor. */
export interface Entry {
  readonly cursor: string;
  /** undefined for a row that the mapping filters: a second look at it changes nothing. */
  readonly digest: string | undefined;
  /** Why the cursor cannot move to this entry: it is later than now. */
  readonly fault: FieldIssue | undefined;
}

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

function createSettledCheck(start: Start): SyncState['isSettled'] {
  const settled = new Set(start.settled);
  const ahead = new Set(start.ahead);
  return ({ cursor, digest = '' }) => (cursor === start.value && settled.has(digest)) || ahead.has(digest);
}

function createPosition(start: Start) {
  let { value } = start;
  let settled = new Set(start.settled);
  const ahead = new Set(start.ahead);
  let canMove = true;
  return {
    /** From here on, the value stays where it is. */
    stay: (): void => {
      canMove = false;
    },
    settle: ({ cursor, digest, fault }: Entry): void => {
      if (!canMove || fault !== undefined) {
        if (digest !== undefined) ahead.add(digest);
        return;
      }
      if (cursor !== value) settled = new Set();
      value = cursor;
      if (digest === undefined) return;
      settled.add(digest);
      ahead.delete(digest);
    },
    countAhead: (): number => ahead.size,
    stored: (): Start => ({ value, settled: [...settled], ahead: [...ahead] }),
  };
}
