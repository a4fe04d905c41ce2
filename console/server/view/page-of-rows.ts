/** Chooses the rows of one answer: those that the filters ask for, after the cursor, up to a number and a size. */
import type { EventRow } from '../../../lib/journal/row.ts';
import type { Row, RowsAnswer } from '../../api.ts';

export interface RowFilter {
  readonly source: string | undefined;
  readonly name: string | undefined;
  readonly outcome: string | undefined;
  /** The fingerprint of an event or of an order. */
  readonly find: string | undefined;
}

export type Show = (row: EventRow) => Row;

const maxRows = 10_000;
/** A browser reads an answer of this size in a fraction of a second. */
const maxCharacters = 4_500_000;

export function filterOf(query: URLSearchParams): RowFilter {
  const given = (name: string) => query.get(name) || undefined;
  return { source: given('source'), name: given('name'), outcome: given('outcome'), find: given('find') };
}

export const matches = (row: EventRow, { source, name, outcome, find }: RowFilter): boolean =>
  (source === undefined || row.source === source) &&
  (name === undefined || row.name === name) &&
  (outcome === undefined || row.outcome === outcome) &&
  (find === undefined || row.id === find || row.orders.includes(find));

/**
 * @param rows newest first, and by id within a millisecond
 * @param before of an earlier answer
 */
export function pageOfRows(rows: readonly EventRow[], before: string | null, show: Show): RowsAnswer {
  const after = positionOf(before);
  const rest = after === undefined ? rows : rows.filter((row) => isAfter(row, after));
  const shown = fitting(rest, show);
  const last = rest[shown.length - 1];
  return shown.length < rest.length && last !== undefined
    ? { rows: shown, before: `${last.atMs}.${last.id}` }
    : { rows: shown };
}

/** @returns as many rows as fit into one answer */
export function fitting(rows: readonly EventRow[], show: Show): Row[] {
  const shown: Row[] = [];
  let size = 0;
  for (const row of rows) {
    const one = show(row);
    size += JSON.stringify(one).length + 1;
    if (shown.length >= maxRows || size > maxCharacters) break;
    shown.push(one);
  }
  return shown;
}

interface Position {
  readonly atMs: number;
  readonly id: string;
}

function positionOf(text: string | null): Position | undefined {
  const [, atMs, id] = /^(\d{1,15})\.(\w+)$/.exec(text ?? '') ?? [];
  return id === undefined ? undefined : { atMs: Number(atMs), id };
}

const isAfter = (row: EventRow, { atMs, id }: Position): boolean =>
  row.atMs < atMs || (row.atMs === atMs && row.id > id);
