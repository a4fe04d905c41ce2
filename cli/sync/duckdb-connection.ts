/** DuckDB in little memory, and its errors as sentences for the author of the query. */
import { tmpdir } from 'node:os';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { usageError } from '../cli-error.ts';
import { printable } from '../output.ts';

/** Leaves room for this program within 300 MB; larger joins and groups spill to the temporary folder. */
const memoryLimit = '80MB';

export async function connect(): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: memoryLimit,
    temp_directory: tmpdir(),
  });
  const connection = await instance.connect();
  // Casts in the query between times and texts must not depend on the machine's zone.
  await connection.run("set TimeZone = 'UTC'");
  return connection;
}

export async function withConnection<T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const connection = await connect();
  try {
    return await explained(() => use(connection));
  } finally {
    connection.closeSync();
  }
}

/** DuckDB's messages name columns, files and positions in the query, which is what its author needs. */
export async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const message = error instanceof Error ? printable(error.message, 500) : 'unknown error';
    throw usageError(`The query failed in DuckDB: ${message}`);
  }
}
