/** The tables of a folder: `<folder>/<database>/<table>.parquet`, `.csv` or `.ndjson`. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, parse } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';

export interface TableFile {
  readonly database: string;
  readonly table: string;
  readonly path: string;
  readonly bytes: number;
  /** Another one after each change of the file. */
  readonly stamp: string;
  /** DuckDB's function that reads it. */
  readonly reader: string;
}

const readers: Readonly<Record<string, string>> = {
  '.parquet': 'read_parquet',
  '.csv': 'read_csv',
  '.ndjson': 'read_ndjson',
};

/** Athena's names of databases and tables. */
const name = /^[a-z0-9_]{1,128}$/;

export function tableFiles(folder: string | undefined): TableFile[] {
  if (folder === undefined || !existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && name.test(entry.name))
    .flatMap(({ name: database }) => filesIn(join(folder, database), database));
}

const filesIn = (folder: string, database: string): TableFile[] =>
  readdirSync(folder).flatMap((file) => {
    const { name: table, ext } = parse(file);
    const reader = readers[ext];
    if (reader === undefined || !name.test(table)) return [];
    const path = join(folder, file);
    const { size: bytes, mtimeMs } = statSync(path);
    return [{ database, table, path, bytes, stamp: `${path} ${bytes} ${mtimeMs}`, reader }];
  });

/** A catalog as DuckDB has it: a database in memory with a view for each table. */
export interface Catalog {
  readonly name: string;
  /** The stamp of each view. */
  readonly views: Map<string, string>;
}

export const quoteName = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Gives the catalog the tables that the folder has now. A file that cannot be read is no table. */
export async function updateViews(
  connection: DuckDBConnection,
  { name: catalog, views }: Catalog,
  files: readonly TableFile[],
): Promise<void> {
  const current = new Map(files.map((file) => [viewName(catalog, file), file]));
  for (const view of views.keys()) {
    if (current.has(view)) continue;
    await connection.run(`drop view if exists ${view}`);
    views.delete(view);
  }
  for (const [view, file] of current) {
    if (views.get(view) === file.stamp) continue;
    await connection.run(`create schema if not exists ${schemaName(catalog, file.database)}`);
    await connection.run(`drop view if exists ${view}`);
    await createView(connection, view, file).catch(() => undefined);
    views.set(view, file.stamp);
  }
}

export const schemaName = (catalog: string, database: string): string =>
  `${quoteName(catalog)}.${quoteName(database)}`;

const viewName = (catalog: string, { database, table }: TableFile): string =>
  `${schemaName(catalog, database)}.${quoteName(table)}`;

/** Names of columns are in lower case, as in every table of Glue. */
async function createView(connection: DuckDBConnection, view: string, file: TableFile): Promise<void> {
  const source = `${file.reader}(${quoteText(file.path)})`;
  const described = await connection.run(`select * from ${source} limit 0`);
  const columns = described
    .columnNames()
    .map((column) => `${quoteName(column)} as ${quoteName(column.toLowerCase())}`);
  await connection.run(`create view ${view} as select ${columns.join(', ')} from ${source}`);
}
