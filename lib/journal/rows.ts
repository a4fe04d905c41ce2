/**
 * Folds the lines of the journal into one current row an event, as they come and in any order. A request that became no
 * event (a rejected post, a skipped webhook) is a row too. Pure, and bounded: the oldest rows are forgotten.
 */
import { type Change, foldLine } from './fold-line.ts';
import type { JournalLine } from './line.ts';
import { type EventRow, rowOf } from './row.ts';
import { createFacts, type EventFacts } from './row-facts.ts';

export interface Changes {
  /** In the order of their last change. */
  readonly rows: readonly EventRow[];
  /** For the next call of `changed`. */
  readonly cursor: string;
}

export interface Rows {
  /** @returns the ids of the rows that the line changed */
  add(line: JournalLine): readonly string[];
  get(id: string): EventRow | undefined;
  /** All rows, newest first. */
  list(): EventRow[];
  /** @param cursor of an earlier answer; without one, or with one of another fold, every row has changed */
  changed(cursor?: string): Changes;
  /** The number of rows that were forgotten, because there were more than `maxRows`. */
  forgotten(): number;
}

interface Entry {
  readonly facts: EventFacts;
  row: EventRow | undefined;
  revision: number;
}

/** @param maxRows how many are kept; a row takes about 1 kB */
export function createRows({ maxRows = 10_000 }: { readonly maxRows?: number } = {}): Rows {
  const entries = new Map<string, Entry>();
  let revision = 0;
  let forgotten = 0;

  const changeAt =
    (atMs: number, ids: string[]): Change =>
    (id, event, fold) => {
      ids.push(id);
      const entry = entries.get(id) ?? { facts: createFacts(event), row: undefined, revision: 0 };
      revision += 1;
      entry.facts.firstMs = Math.min(entry.facts.firstMs, atMs);
      fold(entry.facts);
      entry.row = undefined;
      entry.revision = revision;
      entries.set(id, entry);
    };
  const show = (id: string, entry: Entry): EventRow => {
    entry.row ??= rowOf(id, entry.facts);
    return entry.row;
  };
  const forget = (): void => {
    // A tenth more than the limit may stay for a while, so that not every line sorts.
    if (entries.size <= maxRows * 1.1) return;
    const byAge = [...entries].sort(([, one], [, other]) => one.facts.firstMs - other.facts.firstMs);
    for (const [id] of byAge.slice(0, entries.size - maxRows)) entries.delete(id);
    forgotten += byAge.length - maxRows;
  };

  return {
    add: (line) => {
      const ids: string[] = [];
      foldLine(line, changeAt(line.atMs, ids));
      forget();
      return ids;
    },
    get: (id) => {
      const entry = entries.get(id);
      return entry && show(id, entry);
    },
    list: () =>
      [...entries]
        .map(([id, entry]) => show(id, entry))
        .sort((one, other) => other.atMs - one.atMs || (one.id < other.id ? -1 : 1)),
    changed: (cursor = '') => {
      const seen = /^\d{1,15}$/.test(cursor) && Number(cursor) <= revision ? Number(cursor) : 0;
      const changed = [...entries].filter(([, entry]) => entry.revision > seen);
      const rows = changed.sort(([, one], [, other]) => one.revision - other.revision);
      return { rows: rows.map(([id, entry]) => show(id, entry)), cursor: String(revision) };
    },
    forgotten: () => forgotten,
  };
}
