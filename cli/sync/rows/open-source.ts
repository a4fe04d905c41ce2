/** Chooses the source of rows: standard input, PostgreSQL, or DuckDB over files. */

import type { RowSource } from '../../../lib/rows/source-row.ts';
import { terminal } from '../../terminal/io.ts';
import type { SyncOptions } from '../options.ts';
import { ndjsonRows } from './ndjson-rows.ts';

/** @param from cursor value of an earlier run */
export async function openSource(
  input: string | undefined,
  options: SyncOptions,
  from: string | undefined,
): Promise<RowSource> {
  const { query = '', postgres: url, timezone: timeZone } = options;
  const cursor = options.cursor === undefined ? undefined : { column: options.cursor, from };
  if (input === '-') return ndjsonRows({ input: terminal().stdin, cursor });
  if (url !== undefined) {
    const { postgresRows } = await import('./postgres/rows.ts');
    const isInsecureAllowed = options.insecurePostgres === true;
    return postgresRows({ url, isInsecureAllowed, query, timeZone, cursor });
  }
  const { duckdbRows } = await import('./duckdb/rows.ts');
  return duckdbRows({ query, timeZone, cursor, allowExtensions: options.allowExtensions === true });
}
