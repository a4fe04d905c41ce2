/** How far a run is: what is settled is written down every few seconds, and always before the lock is given back. */
import type { Clock } from '../../clock/clock.ts';
import { createPosition, type Entry, type Start } from '../../rows/position.ts';
import type { SyncTable } from './dynamodb.ts';
import type { Lock } from './lock.ts';
import type { SyncRecord } from './record.ts';
import { readSettled, removeSettled, writeSettled } from './settled.ts';

/** The column that tells where a run continues. */
export interface Cursor {
  readonly column: string;
  readonly type: string;
}

export interface ProgressOptions {
  readonly table: SyncTable;
  readonly lock: Lock;
  readonly clock: Clock;
  /** A fresh name for a generation of digests. */
  readonly random: () => string;
  /** undefined for a sync without a cursor. */
  readonly cursor: Cursor | undefined;
  /** Value to start with, without a state. */
  readonly from: string | undefined;
  /** Written with each save. */
  readonly record: SyncRecord;
  /** Writes what must not be lost before the state moves on. */
  readonly beforeSave: () => Promise<void>;
}

export interface Progress {
  readonly start: Start;
  /** Everything up to these entries is settled, in order, except `open` ones, which the next run reads again. */
  settle(entries: readonly Entry[], open: Pick<WeakSet<Entry>, 'has'>): void;
  /** More events after a row that blocks the cursor than can be remembered. */
  isFull(): boolean;
  saveIfDue(): Promise<void>;
  /** Also keeps the lock. */
  save(): Promise<void>;
}

const leastPauseMs = 2_000;
/** Many rows can share a value, such as a day: writing their digests takes at most a small part of the time. */
const pausePerWrite = 20;
/** 40 items of the table, and about 75 MB of memory. */
const maxAhead = 1_000_000;

export async function openProgress(options: ProgressOptions): Promise<Progress> {
  const { table, lock, clock, cursor, record } = options;
  const start = await startOf(options);
  const position = createPosition(start);
  let written = { generation: record.position?.generation, digests: start };
  let isMoved = false;
  let dueMs = clock.now() + leastPauseMs;

  async function save(): Promise<void> {
    const startedMs = clock.now();
    await options.beforeSave();
    const stored = position.stored();
    if (cursor === undefined || !isMoved) await lock.save(record);
    else {
      const before = written;
      const generation = options.random();
      await writeSettled(table, generation, stored);
      record.position = { ...cursor, value: stored.value, generation };
      await lock.save(record);
      written = { generation, digests: stored };
      isMoved = false;
      if (before.generation !== undefined) await removeSettled(table, before.generation, before.digests);
    }
    const endedMs = clock.now();
    dueMs = endedMs + Math.max(leastPauseMs, (endedMs - startedMs) * pausePerWrite);
  }

  return {
    start,
    settle: (entries, open) => {
      for (const entry of entries) {
        if (open.has(entry)) position.stay();
        else position.settle(entry);
      }
      isMoved ||= entries.length > 0;
    },
    isFull: () => position.countAhead() >= maxAhead,
    saveIfDue: async () => {
      if (clock.now() >= dueMs) await save();
    },
    save,
  };
}

/** Another cursor column starts anew: values of two columns cannot be compared. */
async function startOf({ table, cursor, record, from }: ProgressOptions): Promise<Start> {
  const { position } = record;
  const isSame = cursor !== undefined && position?.column === cursor.column;
  if (!isSame) delete record.position;
  const digests = await readSettled(table, isSame ? position.generation : undefined);
  return { value: isSame ? (position.value ?? from) : from, ...digests };
}
