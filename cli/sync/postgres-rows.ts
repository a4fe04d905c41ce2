/** Rows of a PostgreSQL query, read by a cursor in one read-only transaction. */
import pg from 'pg';
import Cursor from 'pg-cursor';
import { CliError, unavailable, usageError } from '../cli-error.ts';
import { codeOf } from '../explain-error.ts';
import { printable } from '../output.ts';
import { createLocalTime } from './local-time.ts';
import { postgresReader } from './postgres-value.ts';
import { asTable, cursorColumn, cursorQuery, quoteName } from './query-text.ts';
import { type CursorRange, type RowSource, type SourceRow, withoutEmpty } from './source-row.ts';

export interface PostgresOptions {
  /** postgres://user@host/database; what it leaves out comes from PGHOST, PGPASSWORD … and ~/.pgpass. */
  readonly url: string;
  readonly query: string;
  readonly timeZone: string;
  readonly cursor: CursorRange | undefined;
}

const rowsPerRead = 2_000;
const connectTimeoutMs = 15_000;

export function postgresRows(options: PostgresOptions): RowSource {
  return {
    chunks: (signal) => readChunks(options, signal),
    count: () => explained(() => countRows(options)),
  };
}

async function* readChunks(options: PostgresOptions, signal: AbortSignal): AsyncGenerator<SourceRow[]> {
  const client = await connect(options.url);
  try {
    const { sql, values } = toSql(options);
    const readers = new Map<number, (text: string) => unknown>();
    const localTime = createLocalTime(options.timeZone);
    const types = {
      getTypeParser: (oid: number) => {
        const reader = readers.get(oid) ?? postgresReader(oid, localTime);
        readers.set(oid, reader);
        return reader;
      },
    };
    const cursor = client.query(new Cursor<Record<string, unknown>>(sql, values, { types }));
    let number = 0;
    for (;;) {
      const rows = signal.aborted ? [] : await explained(() => cursor.read(rowsPerRead));
      if (rows.length === 0) return;
      yield rows.map((row) => {
        number += 1;
        return toSourceRow(row, number);
      });
    }
  } finally {
    await client.end().catch(() => undefined);
  }
}

function toSourceRow(columns: Record<string, unknown>, number: number): SourceRow {
  if (!Object.hasOwn(columns, cursorColumn)) return { number, row: withoutEmpty(columns) };
  const { [cursorColumn]: cursor, ...row } = columns;
  return { number, row: withoutEmpty(row), cursor: cursor === null ? null : String(cursor) };
}

function toSql({ query, cursor }: PostgresOptions): { sql: string; values: string[] } {
  if (cursor === undefined) return { sql: `select * from ${asTable(query)}`, values: [] };
  const { column, from } = cursor;
  const dialect = { textType: 'text', parameter: (number: number) => `$${number}` };
  return cursorQuery(query, column, { from, to: undefined }, dialect);
}

async function countRows({ url, query, cursor }: PostgresOptions): Promise<number> {
  const client = await connect(url);
  try {
    const from = cursor?.from;
    const where = from === undefined ? '' : ` where ${quoteName(cursor?.column ?? '')} >= $1`;
    const { rows } = await client.query(
      `select count(*)::text as rows from ${asTable(query)}${where}`,
      from === undefined ? [] : [from],
    );
    return Number(rows[0]?.rows);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: connectTimeoutMs });
  // A connection that breaks later fails the read that is under way.
  client.on('error', () => undefined);
  await explained(async () => {
    await client.connect();
    await client.query("set datestyle = 'ISO'; set timezone = 'UTC'; set intervalstyle = 'iso_8601'");
    await client.query('begin read only');
  });
  return client;
}

/** Five characters: an error of the query or the server, as PostgreSQL reports it. */
const sqlState = /^[0-9A-Z]{5}$/;

async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CliError) throw error;
    const code = codeOf(error);
    const message = error instanceof Error ? printable(error.message, 500) : '';
    if (sqlState.test(code) && !/^(08|28|53|57)/.test(code))
      throw usageError(`The query failed in PostgreSQL (${code}): ${message}`);
    throw unavailable(`PostgreSQL cannot be used (${code || 'no answer'}): ${message}`, error);
  }
}
