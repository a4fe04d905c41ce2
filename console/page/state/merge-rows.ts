/** The rows of the list, newest first. Live changes never move a row that you are reading. */
import type { Row } from '../../api.ts';

/** The server gives at most 10,000 rows; live rows come on top. */
export const maxRows = 20_000;

export interface RowList {
  readonly rows: readonly Row[];
  /** New rows that wait until you ask for them. */
  readonly waiting: readonly Row[];
}

/**
 * Applies changes: a row that is listed changes in its place; a new one is added at its time, or waits while the list is
 * held still. A row that no longer belongs to the list leaves it, unless the list is held still.
 */
export function applyChanges(
  list: RowList,
  changes: readonly Row[],
  { isStill, belongs }: { readonly isStill: boolean; readonly belongs: (row: Row) => boolean },
): RowList {
  if (changes.length === 0 && (isStill || list.waiting.length === 0)) return list;
  const changed = new Map(changes.map((row) => [row.id, row]));
  const listed = new Set(list.rows.map(({ id }) => id));
  const rows = list.rows.map((row) => inPlace(row, changed.get(row.id)));
  const unlisted = newestOfEach([...list.waiting, ...changes]).filter(
    (row) => !listed.has(row.id) && belongs(row),
  );
  if (isStill) return { rows, waiting: unlisted };
  return {
    rows: sortRows([...unlisted, ...rows.filter((row) => !changed.has(row.id) || belongs(row))]),
    waiting: [],
  };
}

/** Adds older rows to the end. */
export const appendRows = (list: RowList, older: readonly Row[]): RowList => ({
  ...list,
  rows: sortRows(newestOfEach([...older, ...list.rows])),
});

/** Newest first; rows of the same millisecond keep their order. */
export const sortRows = (rows: readonly Row[]): readonly Row[] =>
  rows.toSorted((one, other) => other.atMs - one.atMs).slice(0, maxRows);

/** A row keeps its time, so that it keeps its place. */
const inPlace = (row: Row, changed: Row | undefined): Row =>
  changed === undefined ? row : { ...changed, atMs: row.atMs };

const newestOfEach = (rows: readonly Row[]): readonly Row[] => [
  ...new Map(rows.map((row) => [row.id, row])).values(),
];
