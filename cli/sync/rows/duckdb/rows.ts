/** Rows of a DuckDB query over CSV, NDJSON, JSON and Parquet files, streamed: no more than a chunk is in memory. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { createLocalTime, type LocalTime } from '../../../../lib/rows/local-time.ts';
import {
  type CursorRange,
  type RowSource,
  type SourceRow,
  withoutBlank,
} from '../../../../lib/rows/source-row.ts';
import { asTable, quoteName } from '../../../../lib/sync/engine/sql.ts';
import { selectAll } from '../query-text.ts';
import { streamChunks } from './chunks.ts';
import { checkQuery, type DuckDbSettings, explained, openDuckDb, withConnection } from './connection.ts';
import { keepTexts } from './files.ts';
import { type JsonType, jsonType } from './json-type.ts';
import { columnType, type Query, toQueries } from './parts.ts';

export interface DuckDbOptions extends DuckDbSettings {
  readonly timeZone: string;
  readonly cursor: CursorRange | undefined;
}

export function duckdbRows(options: DuckDbOptions): RowSource {
  return {
    chunks: (signal) => readChunks(options, signal),
    count: () => withConnection(options, (connection) => countRows(connection, options)),
  };
}

async function* readChunks(options: DuckDbOptions, signal: AbortSignal): AsyncGenerator<SourceRow[]> {
  const { connection, close } = await openDuckDb(options);
  const stop = (): void => connection.interrupt();
  signal.addEventListener('abort', stop, { once: true });
  let number = 0;
  try {
    await checkQuery(connection, options.query);
    const { columns, queries } = await explained(options, () => prepareRead(connection, options));
    const read = createRowReader(columns);
    for (const query of queries) {
      for await (const rows of streamChunks(connection, query, options.query, signal)) {
        yield rows.map((row) => read(row, ++number));
      }
    }
  } catch (error) {
    // An interrupted query fails: that is what was asked for.
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    close();
  }
}

interface Column extends JsonType {
  readonly name: string;
}

interface Read {
  readonly columns: readonly Column[];
  readonly queries: readonly Query[];
}

/** Each row is one JSON array, and with a cursor its text. */
async function prepareRead(connection: DuckDBConnection, options: DuckDbOptions): Promise<Read> {
  const query = await keepTexts(options.query, connection);
  const columns = await columnsOf(connection, query, createLocalTime(options.timeZone));
  const cells = columns.map(({ name, sql }) => `cast(source_rows.${quoteName(name)} as ${sql})`);
  const { cursor } = options;
  const rows = { query, cursor, columns: `json_array(${cells.join(', ')})` };
  return { columns, queries: await toQueries(connection, rows) };
}

async function columnsOf(
  connection: DuckDBConnection,
  query: string,
  localTime: LocalTime,
): Promise<Column[]> {
  const prepared = await connection.prepare(selectAll(query));
  try {
    return Array.from({ length: prepared.columnCount }, (_, index) => ({
      name: prepared.columnName(index),
      ...jsonType(prepared.columnType(index), localTime),
    }));
  } finally {
    prepared.destroySync();
  }
}

function createRowReader(columns: readonly Column[]) {
  const names = columns.map(({ name }) => name);
  return ([json, cursor]: readonly unknown[], number: number): SourceRow => {
    const cells: readonly unknown[] = JSON.parse(String(json));
    const row: Record<string, unknown> = {};
    for (let index = 0; index < columns.length; index += 1) {
      const column = columns[index];
      const cell = cells[index];
      if (column === undefined || cell === null) continue;
      const value = withoutBlank(column.read ? column.read(cell) : cell);
      if (value !== undefined) row[column.name] = value;
    }
    return { number, row, columns: names, cursor: cursorText(cursor) };
  };
}

/** Without a cursor the result has no second column. */
const cursorText = (value: unknown): string | null | undefined =>
  value === undefined || value === null ? value : String(value);

async function countRows(connection: DuckDBConnection, { query, cursor }: DuckDbOptions): Promise<number> {
  await checkQuery(connection, query);
  const name = quoteName(cursor?.column ?? '');
  const from = cursor?.from;
  const where =
    from === undefined
      ? ''
      : ` where ${name} >= cast($1 as ${await columnType(connection, query, cursor?.column ?? '')})`;
  const sql = `select count(*) from ${asTable(query)}${where}`;
  const result = await connection.runAndReadAll(sql, from === undefined ? [] : [from]);
  return Number(result.getRows()[0]?.[0]);
}
