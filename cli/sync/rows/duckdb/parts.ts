/**
 * The queries that read the rows. With a cursor there is one for each part of the rows, in its order: to sort a million
 * whole rows would take more memory than all the rest, so only the cursor is sorted as a whole.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { CursorRange } from '../../../../lib/rows/source-row.ts';
import { asTable, quoteName } from '../../../../lib/sync/engine/sql.ts';
import { cursorQuery } from '../query-text.ts';

const rowsPerPart = 100_000;

export interface Query {
  readonly sql: string;
  readonly values: string[];
}

export interface Rows {
  readonly query: string;
  readonly cursor: CursorRange | undefined;
  /** What to select of each row. */
  readonly columns: string;
}

/** One query, or with a cursor one for each part of the rows, in its order. */
export async function toQueries(
  connection: DuckDBConnection,
  { query, cursor, columns }: Rows,
): Promise<Query[]> {
  if (cursor === undefined) return [{ sql: `select ${columns} from ${asTable(query)}`, values: [] }];
  const type = await columnType(connection, query, cursor.column);
  const parameter = (number: number) => `cast($${number} as ${type})`;
  const dialect = { columns, textType: 'varchar', parameter };
  const limits = await partLimits(connection, query, cursor.column);
  const starts = [undefined, ...limits];
  const parts = starts.map((from, index) => ({ from, to: limits[index] }));
  if (cursor.from === undefined) return parts.map((part) => cursorQuery(query, cursor.column, part, dialect));
  const isLater = await laterThan(connection, limits, cursor.from, type);
  const later = limits.filter((_, index) => isLater[index]);
  return [cursor.from, ...later].map((from, index) =>
    cursorQuery(query, cursor.column, { from, to: later[index] }, dialect),
  );
}

/** Values at which parts begin, as text, in the order of the cursor. */
async function partLimits(connection: DuckDBConnection, query: string, column: string): Promise<string[]> {
  const name = quoteName(column);
  const sql = `select cast(${name} as varchar) from (select distinct ${name} from (select ${name}, row_number() over (order by ${name}) as place from ${asTable(query)} where ${name} is not null) where place % ${rowsPerPart} = 0) order by ${name}`;
  const found = await connection.runAndReadAll(sql);
  return found.getRows().map(([value]) => String(value));
}

async function laterThan(
  connection: DuckDBConnection,
  limits: readonly string[],
  from: string,
  type: string,
): Promise<boolean[]> {
  const compared = limits.map(
    async (limit) =>
      (
        await connection.runAndReadAll(`select cast($1 as ${type}) > cast($2 as ${type})`, [limit, from])
      ).getRows()[0]?.[0],
  );
  return (await Promise.all(compared)).map((isLater) => isLater === true);
}

export async function columnType(
  connection: DuckDBConnection,
  query: string,
  column: string,
): Promise<string> {
  const described = await connection.runAndReadAll(
    `describe select ${quoteName(column)} from ${asTable(query)}`,
  );
  return String(described.getRowObjects()[0]?.column_type);
}
