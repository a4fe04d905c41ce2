/** DuckDB in little memory, with a folder of its own to spill to, and without what a query did not ask for. */
import { parse } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { quoteName } from '../../../../lib/sync/engine/sql.ts';
import { CliError, usageError } from '../../../errors/cli-error.ts';
import { selectAll } from '../query-text.ts';
import { duckdbFault, type FailedQuery } from './fault.ts';
import { makeSpillFolder, type SpillFolder } from './spill-folder.ts';

/** Leaves room for this program within 300 MB; larger joins and groups spill to the temporary folder. */
const memoryLimit = '80MB';

/** Chunks of JSON that wait for this program: with DuckDB's 1 MB the process needs 35 MB more. */
const streamingBuffer = '100KB';

export interface DuckDbSettings {
  /** The user's query, for errors. */
  readonly query: string;
  /** DuckDB may download an extension, which is native code, when a query needs it. */
  readonly allowExtensions: boolean;
  /** A database file whose tables the query reads. */
  readonly database?: string | undefined;
}

export interface OpenDuckDb {
  readonly connection: DuckDBConnection;
  /** Ends DuckDB before its folder is removed. */
  close(): void;
}

export async function openDuckDb({ allowExtensions, database }: DuckDbSettings): Promise<OpenDuckDb> {
  const spill = makeSpillFolder();
  try {
    const instance = await createInstance(spill, allowExtensions);
    const connection = await instance.connect();
    // Casts in the query between times and texts must not depend on the machine's zone.
    await connection.run(`set TimeZone = 'UTC'; set streaming_buffer_size = '${streamingBuffer}'`);
    if (database !== undefined) await useDatabase(connection, database);
    const close = (): void => {
      connection.closeSync();
      instance.closeSync();
      spill.remove();
    };
    return { connection, close };
  } catch (error) {
    spill.remove();
    throw error;
  }
}

const createInstance = (spill: SpillFolder, allowExtensions: boolean): Promise<DuckDBInstance> =>
  DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: memoryLimit,
    temp_directory: spill.path,
    autoinstall_known_extensions: String(allowExtensions),
    // Errors in parts, so that only the safe parts are shown.
    errors_as_json: 'true',
  });

/** Opens the file for reading, by the name that dbt and DuckDB's own command line give it: that of the file. */
async function useDatabase(connection: DuckDBConnection, file: string): Promise<void> {
  const name = quoteName(parse(file).name);
  const path = `'${file.replaceAll("'", "''")}'`;
  await connection.run(`attach ${path} as ${name} (read_only, type duckdb); use ${name}`).catch(() => {
    throw usageError(
      'The file of --duckdb cannot be opened: it is missing, is no database of DuckDB, or another program writes to it.',
    );
  });
}

export async function withConnection<T>(
  settings: DuckDbSettings,
  use: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const { connection, close } = await openDuckDb(settings);
  try {
    return await explained(settings, () => use(connection));
  } finally {
    close();
  }
}

/** Reads the query as it was given, before anything is made of it: only so do positions mean something. */
export async function checkQuery(connection: DuckDBConnection, query: string): Promise<void> {
  const sql = selectAll(query);
  await explained({ query, sql }, async () => (await connection.prepare(sql)).destroySync());
}

/** Turns DuckDB's errors into sentences without data. */
export async function explained<T>(failed: FailedQuery, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof CliError ? error : duckdbFault(error, failed);
  }
}
