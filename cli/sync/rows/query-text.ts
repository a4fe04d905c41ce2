/** SQL around the user's query: what both DuckDB and PostgreSQL understand. */
import { asTable, cursorColumn, quoteName } from '../../../lib/sync/engine/sql.ts';

/** All rows of the query. */
export const selectAll = (query: string): string => `select * from ${asTable(query)}`;

/** All columns of {@link asTable}. */
export const allColumns = 'source_rows.*';

export interface CursorSql {
  /** The columns to select. */
  readonly columns: string;
  /** The type that shows any value as text. */
  readonly textType: string;
  /** The placeholder of a value by its number, with the cast that it needs. */
  readonly parameter: (number: number) => string;
}

/** A part of the rows: from a value on, and up to another that is not included; undefined has no end. */
export interface CursorPart {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** Rows in the order of the cursor. Rows without one come last, so that they can be reported. */
export function cursorQuery(
  query: string,
  column: string,
  { from, to }: CursorPart,
  { columns, textType, parameter }: CursorSql,
): { readonly sql: string; readonly values: string[] } {
  const name = `source_rows.${quoteName(column)}`;
  const values = [from, to].filter((value) => value !== undefined);
  const low = from === undefined ? 'true' : `${name} >= ${parameter(1)}`;
  const high = to === undefined ? 'true' : `${name} < ${parameter(values.length)}`;
  const where = to === undefined ? `${low} or ${name} is null` : `${low} and ${high}`;
  const select = `select ${columns}, cast(${name} as ${textType}) as ${quoteName(cursorColumn)}`;
  return { sql: `${select} from ${asTable(query)} where ${where} order by ${name} nulls last`, values };
}
