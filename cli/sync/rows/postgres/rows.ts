/** Rows of a PostgreSQL query, read by a cursor in one read-only transaction. */
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import Cursor from 'pg-cursor';
import { createLocalTime } from '../../../../lib/rows/local-time.ts';
import {
  type CursorRange,
  type RowSource,
  type SourceRow,
  withoutEmpty,
} from '../../../../lib/rows/source-row.ts';
import { asTable, cursorColumn, quoteName } from '../../../../lib/sync/engine/sql.ts';
import { allColumns, cursorQuery, selectAll } from '../query-text.ts';
import { createPostgresClient, type PostgresTarget } from './client.ts';
import { type FailedSql, postgresFault } from './fault.ts';
import { postgresReader } from './value.ts';

export interface PostgresOptions extends PostgresTarget {
  readonly query: string;
  readonly timeZone: string;
  readonly cursor: CursorRange | undefined;
}

const rowsPerRead = 2_000;

export function postgresRows(options: PostgresOptions): RowSource {
  return {
    chunks: (signal) => readChunks(options, signal),
    count: () => countRows(options),
  };
}

async function* readChunks(options: PostgresOptions, signal: AbortSignal): AsyncGenerator<SourceRow[]> {
  const client = await connect(options);
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
      const rows = signal.aborted
        ? []
        : await explained({ query: options.query, sql }, () => cursor.read(rowsPerRead));
      if (rows.length === 0) return;
      yield rows.map((row) => {
        number += 1;
        return toSourceRow(row, number);
      });
    }
  } finally {
    await disconnect(client);
  }
}

function toSourceRow(cells: Record<string, unknown>, number: number): SourceRow {
  const { [cursorColumn]: cursor, ...row } = cells;
  const source = { number, row: withoutEmpty(row), columns: Object.keys(row) };
  if (cursor === undefined) return source;
  return { ...source, cursor: cursor === null ? null : String(cursor) };
}

function toSql({ query, cursor }: PostgresOptions): { sql: string; values: string[] } {
  if (cursor === undefined) return { sql: selectAll(query), values: [] };
  const { column, from } = cursor;
  const dialect = { columns: allColumns, textType: 'text', parameter: (number: number) => `$${number}` };
  return cursorQuery(query, column, { from, to: undefined }, dialect);
}

async function countRows(options: PostgresOptions): Promise<number> {
  const { query, cursor } = options;
  const client = await connect(options);
  try {
    const from = cursor?.from;
    const where = from === undefined ? '' : ` where ${quoteName(cursor?.column ?? '')} >= $1`;
    const sql = `select count(*)::text as rows from ${asTable(query)}${where}`;
    const { rows } = await explained({ query, sql }, () =>
      client.query<{ rows: string }>(sql, from === undefined ? [] : [from]),
    );
    return Number(rows[0]?.rows);
  } finally {
    await disconnect(client);
  }
}

async function connect(options: PostgresOptions): Promise<pg.Client> {
  const client = createPostgresClient(options);
  // A connection that breaks later fails the read that is under way.
  client.on('error', () => undefined);
  try {
    await explained(options, async () => {
      await client.connect();
      await client.query("set datestyle = 'ISO'; set timezone = 'UTC'; set intervalstyle = 'iso_8601'");
      await client.query('begin read only');
    });
    return client;
  } catch (error) {
    client.connection.stream.destroy();
    throw error;
  }
}

const goodbyeMs = 2_000;

/** A server that keeps the connection open must not keep the command, too. */
async function disconnect(client: pg.Client): Promise<void> {
  const ended = client.end().catch(() => undefined);
  await Promise.race([ended, pause(goodbyeMs, undefined, { ref: false })]);
  client.connection.stream.destroy();
}

/** Turns PostgreSQL's errors into sentences without data. */
async function explained<T>(failed: FailedSql, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw postgresFault(error, failed);
  }
}
