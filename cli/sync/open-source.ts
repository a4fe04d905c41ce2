/** Chooses the source of rows: standard input, PostgreSQL, or DuckDB over files. */
import { duckdbRows } from './duckdb-rows.ts';
import { ndjsonRows } from './ndjson-rows.ts';
import { postgresRows } from './postgres-rows.ts';
import type { RowSource } from './source-row.ts';
import type { SyncOptions } from './sync-options.ts';

/** @param from cursor value of an earlier run */
export function openSource(
  input: string | undefined,
  options: SyncOptions,
  from: string | undefined,
): RowSource {
  const { query = '', postgres: url, timezone: timeZone } = options;
  const cursor = options.cursor === undefined ? undefined : { column: options.cursor, from };
  if (input === '-') return ndjsonRows({ input: process.stdin, cursor });
  return url === undefined
    ? duckdbRows({ query, timeZone, cursor })
    : postgresRows({ url, query, timeZone, cursor });
}
