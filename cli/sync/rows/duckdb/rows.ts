/** Rows of a DuckDB query over CSV, NDJSON, JSON and Parquet files, streamed: no more than a chunk is in memory. */
import type { DuckDBConnection, DuckDBResult } from '@duckdb/node-api';
import { createLocalTime } from '../local-time.ts';
import { asTable, cursorColumn, quoteName } from '../query-text.ts';
import { type CursorRange, type RowSource, type SourceRow, withoutEmpty } from '../source-row.ts';
import { checkQuery, type DuckDbSettings, explained, openDuckDb, withConnection } from './connection.ts';
import type { FailedQuery } from './fault.ts';
import { columnType, toQueries } from './parts.ts';
import { type DuckDbReader, readerOf } from './value.ts';

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
    for (const { sql, values } of await explained(options, () => toQueries(connection, options))) {
      const result = await explained({ query: options.query, sql }, () => connection.stream(sql, values));
      const read = createChunkReader(result, options);
      for await (const rows of fetchChunks(result, { query: options.query, sql }, signal)) {
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

async function* fetchChunks(
  result: DuckDBResult,
  failed: FailedQuery,
  signal: AbortSignal,
): AsyncGenerator<unknown[][]> {
  while (!signal.aborted) {
    const chunk = await explained(failed, () => result.fetchChunk());
    if (!chunk || chunk.rowCount === 0) return;
    yield chunk.getRows() as unknown[][];
  }
}

function createChunkReader(result: DuckDBResult, { timeZone }: DuckDbOptions) {
  const localTime = createLocalTime(timeZone);
  const names = result.columnNames();
  const columns = names.filter((name) => name !== cursorColumn);
  const readers: DuckDbReader[] = result.columnTypes().map((type) => readerOf(type, localTime));
  return (cells: readonly unknown[], number: number): SourceRow => {
    const row: Record<string, unknown> = {};
    for (const [index, value] of cells.entries()) {
      const name = names[index];
      if (value !== null && name !== undefined) row[name] = readers[index]?.(value);
    }
    const { [cursorColumn]: cursor, ...values } = row;
    return { number, row: withoutEmpty(values), columns, cursor: toCursor(cursor, names) };
  };
}

const toCursor = (value: unknown, names: readonly string[]): string | null | undefined => {
  if (!names.includes(cursorColumn)) return undefined;
  return value === undefined ? null : String(value);
};

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
