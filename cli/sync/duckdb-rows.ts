/** Rows of a DuckDB query over CSV, NDJSON, JSON and Parquet files, streamed: no more than a chunk is in memory. */
import { tmpdir } from 'node:os';
import { type DuckDBConnection, DuckDBInstance, type DuckDBResult } from '@duckdb/node-api';
import { usageError } from '../cli-error.ts';
import { printable } from '../output.ts';
import { keepTexts } from './duckdb-files.ts';
import { type DuckDbReader, readerOf } from './duckdb-value.ts';
import { createLocalTime } from './local-time.ts';
import { asTable, cursorColumn, cursorQuery, quoteName } from './query-text.ts';
import { type CursorRange, type RowSource, type SourceRow, withoutEmpty } from './source-row.ts';

export interface DuckDbOptions {
  readonly query: string;
  readonly timeZone: string;
  readonly cursor: CursorRange | undefined;
}

/** Leaves room for this program within 300 MB; larger sorts and joins spill to the temporary folder. */
const memoryLimit = '80MB';

export function duckdbRows(options: DuckDbOptions): RowSource {
  return {
    chunks: (signal) => readChunks(options, signal),
    count: () => withConnection((connection) => countRows(connection, options)),
  };
}

async function* readChunks(options: DuckDbOptions, signal: AbortSignal): AsyncGenerator<SourceRow[]> {
  const connection = await connect();
  const stop = (): void => connection.interrupt();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const result = await explained(() => start(connection, options));
    const read = createChunkReader(result, options);
    for (;;) {
      const chunk = signal.aborted ? null : await explained(() => result.fetchChunk());
      if (!chunk || chunk.rowCount === 0) return;
      yield read(chunk.getRows() as unknown[][]);
    }
  } catch (error) {
    // An interrupted query fails: that is what was asked for.
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    connection.closeSync();
  }
}

async function start(connection: DuckDBConnection, options: DuckDbOptions): Promise<DuckDBResult> {
  const query = await keepTexts(options.query, connection);
  const { cursor } = options;
  if (cursor === undefined) return connection.stream(`select * from ${asTable(query)}`);
  const type = await columnType(connection, query, cursor.column);
  const sql = cursorQuery(query, cursor, { textType: 'varchar', parameter: `cast($1 as ${type})` });
  return connection.stream(sql, cursor.from === undefined ? [] : [cursor.from]);
}

async function columnType(connection: DuckDBConnection, query: string, column: string): Promise<string> {
  const described = await connection.runAndReadAll(
    `describe select ${quoteName(column)} from ${asTable(query)}`,
  );
  return String(described.getRowObjects()[0]?.column_type);
}

function createChunkReader(result: DuckDBResult, { timeZone }: DuckDbOptions) {
  const localTime = createLocalTime(timeZone);
  const names = result.columnNames();
  const readers: DuckDbReader[] = result.columnTypes().map((type) => readerOf(type, localTime));
  let number = 0;
  return (rows: readonly unknown[][]): SourceRow[] =>
    rows.map((values) => {
      const row: Record<string, unknown> = {};
      for (const [index, value] of values.entries()) {
        const name = names[index];
        if (value !== null && name !== undefined) row[name] = readers[index]?.(value);
      }
      const { [cursorColumn]: cursor, ...columns } = row;
      number += 1;
      return { number, row: withoutEmpty(columns), cursor: toCursor(cursor, names) };
    });
}

const toCursor = (value: unknown, names: readonly string[]): string | null | undefined => {
  if (!names.includes(cursorColumn)) return undefined;
  return value === undefined ? null : String(value);
};

async function countRows(connection: DuckDBConnection, { query, cursor }: DuckDbOptions): Promise<number> {
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

async function connect(): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: memoryLimit,
    temp_directory: tmpdir(),
  });
  const connection = await instance.connect();
  // Casts in the query between times and texts must not depend on the machine's zone.
  await connection.run("set TimeZone = 'UTC'");
  return connection;
}

async function withConnection<T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const connection = await connect();
  try {
    return await explained(() => use(connection));
  } finally {
    connection.closeSync();
  }
}

/** DuckDB's messages name columns, files and positions in the query, which is what its author needs. */
async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const message = error instanceof Error ? printable(error.message, 500) : 'unknown error';
    throw usageError(`The query failed in DuckDB: ${message}`);
  }
}
