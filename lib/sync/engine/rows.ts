/** The rows of a result, page by page: the next page is on its way while the rows of one are sent. */

import { compareCursors } from '../../rows/compare-cursors.ts';
import type { LocalTime } from '../../rows/local-time.ts';
import { type SourceRow, withoutEmpty } from '../../rows/source-row.ts';
import type { AthenaApi, ResultColumn, ResultPage } from './athena.ts';
import { kindOf } from './column.ts';
import { RunFault } from './fault.ts';

export interface Result {
  readonly id: string;
  /** The columns of the query, with the types that the query has. */
  readonly columns: readonly ResultColumn[];
  readonly cursor: ResultColumn | undefined;
  readonly localTime: LocalTime;
}

type Cells = ResultPage['rows'][number];

/** @throws ResultGone when a place in the result is not known any more */
export async function* readRows(athena: AthenaApi, result: Result): AsyncGenerator<readonly SourceRow[]> {
  const read = createRowReader(result);
  const names = result.columns.map(({ name }) => name);
  let page = await athena.page(result.id, undefined);
  let rows = isHeader(page.rows[0], names) ? page.rows.slice(1) : page.rows;
  for (;;) {
    const next = page.next === undefined ? undefined : athena.page(result.id, page.next);
    // Awaited below; an error must not count as unhandled while the rows are sent.
    next?.catch(() => undefined);
    if (rows.length > 0) yield rows.map(read);
    if (next === undefined) return;
    page = await next;
    rows = page.rows;
  }
}

/** The first row of a SELECT's result holds the names of the columns (API_GetQueryResults). */
const isHeader = (cells: Cells | undefined, names: readonly string[]): boolean =>
  cells !== undefined && names.every((name, index) => cells[index] === name);

function createRowReader({ columns, cursor, localTime }: Result): (cells: Cells) => SourceRow {
  const names = columns.map(({ name }) => name);
  const readers = columns.map((column) => kindOf(column).read);
  const checkOrder = requireOrder();
  let number = 0;
  return (cells) => {
    const row: Record<string, unknown> = {};
    for (const [index, name] of names.entries()) {
      const cell = cells[index];
      if (cell !== undefined) row[name] = readers[index]?.(cell, localTime);
    }
    number += 1;
    const text = cursor === undefined ? undefined : cursorOf(cells[names.length]);
    if (typeof text === 'string') checkOrder(text, cursor);
    return { number, row: withoutEmpty(row), columns: names, cursor: text };
  };
}

/** A time has the same text whatever its precision: it is part of the ids of rows that have none. */
const cursorOf = (text: string | undefined): string | null =>
  text === undefined || text === '' ? null : text.replace(/(:\d\d)\.(\d*?)0+(?=$|[Z+-])/, trimmed);

const trimmed = (_all: string, seconds: string, digits: string): string =>
  digits === '' ? seconds : `${seconds}.${digits}`;

const numberText = /^-?\d+(?:\.\d+)?$/;

/** A result that is not in the order of the cursor would leave out rows for ever. */
function requireOrder() {
  let last: string | undefined;
  return (text: string, cursor: ResultColumn | undefined): void => {
    if (cursor !== undefined && isText(cursor) && numberText.test(text))
      throw new RunFault(
        'cursor_is_text',
        `The cursor column ${cursor.name} has numbers as text, and as text 10 comes before 9: cast it to bigint in the query.`,
      );
    if (last !== undefined && compareCursors(text, last) < 0)
      throw new RunFault(
        'cursor_order',
        `The values of the cursor column ${cursor?.name} are not in order: it must be a number, a date, a time, or text of one form.`,
      );
    last = text;
  };
}

const isText = ({ type }: ResultColumn): boolean => /^(?:varchar|char|string)/i.test(type);
