/** Chooses the source of rows: standard input, PostgreSQL, or DuckDB over files. */

import type { RowSource } from '../../../lib/rows/source-row.ts';
import { terminal } from '../../terminal/io.ts';
import type { SourceOptions } from '../options.ts';
import { ndjsonRows } from './ndjson-rows.ts';

/** @param from cursor value of an earlier run */
export async function openSource(
  input: string | undefined,
  options: SourceOptions & { readonly cursor?: string | undefined },
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
  const { duckdb: database } = options;
  return duckdbRows({ query, timeZone, cursor, database, allowExtensions: options.allowExtensions === true });
}
