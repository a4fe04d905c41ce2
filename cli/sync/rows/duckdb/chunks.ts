/** The rows of one query as DuckDB streams them. */
import { type DuckDBConnection, type DuckDBResult, ResultReturnType } from '@duckdb/node-api';
import { unavailable } from '../../../errors/cli-error.ts';
import { explained } from './connection.ts';
import type { FailedQuery } from './fault.ts';
import type { Query } from './parts.ts';

/** Yields the rows in chunks. Throws a CliError when DuckDB fails before the last row. */
export async function* streamChunks(
  connection: DuckDBConnection,
  { sql, values }: Query,
  userQuery: string,
  signal: AbortSignal,
): AsyncGenerator<unknown[][]> {
  const failed = { query: userQuery, sql };
  const result = await explained(failed, () => connection.stream(sql, values));
  while (!signal.aborted) {
    const chunk = await explained(failed, () => result.fetchChunk());
    if (!chunk || chunk.rowCount === 0) break;
    yield chunk.getRows() as unknown[][];
  }
  if (!signal.aborted && hasFailed(result)) await throwFailure(connection, { sql, values }, failed);
}

/**
 * DuckDB ends a stream that fails like one that is complete. Only the type of its result tells the two apart: a result with
 * an error has none.
 */
const hasFailed = (result: DuckDBResult): boolean => result.returnType === ResultReturnType.INVALID;

/** A stream's error has no words in this API, so the query runs once more as a whole, in constant memory. */
async function throwFailure(
  connection: DuckDBConnection,
  { sql, values }: Query,
  failed: FailedQuery,
): Promise<never> {
  const whole = `select max(hash(streamed)) from (${sql}) as streamed`;
  await explained(failed, () => connection.run(whole, values));
  throw unavailable('DuckDB stopped before the last row, and a second reading did not; run the sync again.');
}
