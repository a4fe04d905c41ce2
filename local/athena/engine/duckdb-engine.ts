/** DuckDB as the engine behind Athena, over the files of a folder. It reads no file outside that folder. */
import { type DuckDBConnection, DuckDBInstance, type DuckDBResult, ResultReturnType } from '@duckdb/node-api';
import type { AthenaRow } from '../kept-rows.ts';
import { keepRows } from '../kept-rows.ts';
import type { Query, QueryEngine, QueryResult } from '../query-engine.ts';
import { tokensOf } from '../statements.ts';
import { athenaColumn } from './column-types.ts';
import { macros } from './macros.ts';
import { queryFailure, syntaxFailure } from './query-failure.ts';
import { renderValue } from './render-value.ts';
import { type Catalog, quoteName, schemaName, type TableFile, tableFiles, updateViews } from './tables.ts';
import { duckdbSql } from './trino-sql.ts';

/** What one query needs of the engine. */
interface Session {
  readonly connection: DuckDBConnection;
  readonly files: readonly TableFile[];
}

/** @param folder without it there are no tables */
export async function openEngine(folder: string | undefined): Promise<QueryEngine> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '512MB' });
  const keeper = await instance.connect();
  await prepare(keeper, folder);
  const update = createViewKeeper(keeper);
  return {
    syntaxProblem: async (sql) => {
      try {
        await keeper.extractStatements(duckdbSql(sql));
        return undefined;
      } catch (error) {
        return syntaxFailure(error);
      }
    },
    run: async (query, signal) => {
      const files = tableFiles(folder);
      await update(query.catalog, files);
      const connection = await instance.connect();
      try {
        return await runQuery({ connection, files }, query, signal);
      } finally {
        connection.closeSync();
      }
    },
    close: () => {
      keeper.closeSync();
      instance.closeSync();
    },
  };
}

/** @returns a function that gives a catalog the tables of these files; one call waits for the other */
function createViewKeeper(connection: DuckDBConnection) {
  const catalogs = new Map<string, Catalog>();
  let updating: Promise<unknown> = Promise.resolve();
  return (catalog: string, files: readonly TableFile[]): Promise<void> => {
    const done = updating.then(async () => {
      const name = catalog.toLowerCase();
      const attached = catalogs.get(name) ?? (await attach(connection, name));
      catalogs.set(name, attached);
      await updateViews(connection, attached, files);
    });
    updating = done.catch(() => undefined);
    return done;
  };
}

async function prepare(connection: DuckDBConnection, folder: string | undefined): Promise<void> {
  for (const macro of macros) await connection.run(`create macro memory.main.${macro}`);
  await connection.run("set global TimeZone = 'UTC'; set global integer_division = true");
  const folders = folder === undefined ? '' : `'${folder.replaceAll("'", "''")}'`;
  await connection.run(`set allowed_directories = [${folders}]; set enable_external_access = false`);
}

async function attach(connection: DuckDBConnection, name: string): Promise<Catalog> {
  await connection.run(`attach ':memory:' as ${quoteName(name)}`);
  return { name, views: new Map() };
}

async function runQuery(
  { connection, files }: Session,
  query: Query,
  signal: AbortSignal,
): Promise<QueryResult> {
  const interrupt = () => connection.interrupt();
  signal.addEventListener('abort', interrupt);
  try {
    await useDatabase(connection, query, files);
    const sql = duckdbSql(query.sql);
    const result = await connection.stream(sql);
    const columns = result.columnNames().map((name, index) => athenaColumn(name, result.columnType(index)));
    const rows = await keepRows(readChunks(result, signal));
    // A stream that fails ends like one that is complete, without the words of its error: the query says them once more.
    if (!signal.aborted && result.returnType === ResultReturnType.INVALID) await connection.run(sql);
    return { columns, rows, bytesScanned: bytesOf(query, files) };
  } catch (error) {
    throw queryFailure(error, query, hasDatabase(query, files));
  } finally {
    signal.removeEventListener('abort', interrupt);
  }
}

async function* readChunks(result: DuckDBResult, signal: AbortSignal): AsyncGenerator<AthenaRow[]> {
  const types = result.columnTypes();
  while (!signal.aborted) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) return;
    yield chunk
      .getRows()
      .map((row) => row.map((value, index) => renderValue(value, types[index] ?? result.columnType(index))));
  }
}

const hasDatabase = ({ database }: Query, files: readonly TableFile[]): boolean =>
  database === undefined || files.some((file) => file.database === database);

/** Names without a database are of this one, and the functions of Trino are everywhere. */
async function useDatabase(
  connection: DuckDBConnection,
  query: Query,
  files: readonly TableFile[],
): Promise<void> {
  const { catalog, database = 'main' } = query;
  const own = hasDatabase(query, files) ? `${schemaName(catalog.toLowerCase(), database)},` : '';
  await connection.run(`set search_path = '${own.replaceAll("'", "''")}memory.main'`);
}

/** The sizes of the files whose tables the query names. */
function bytesOf({ sql }: Query, files: readonly TableFile[]): number {
  const words = new Set(tokensOf(sql).map(({ text }) => text.toLowerCase().replaceAll('"', '')));
  return files.filter(({ table }) => words.has(table)).reduce((sum, { bytes }) => sum + bytes, 0);
}
