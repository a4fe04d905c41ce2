/** Makes the query of `--dbt` and `--model`: all rows of the table or view that the model became. */

import { quoteName } from '../../../lib/sync/engine/sql.ts';
import { usageError } from '../../errors/cli-error.ts';
import { printable } from '../../terminal/output.ts';
import { type DbtNode, findModel, readManifest } from './model.ts';

interface DbtOptions {
  readonly query?: string | undefined;
  readonly postgres?: string | undefined;
  readonly duckdb?: string | undefined;
  readonly dbt?: string | undefined;
  readonly model?: string | undefined;
}

/** @returns the options with the query of the model; unchanged without `--dbt` */
export async function withModelQuery<Options extends DbtOptions>(options: Options): Promise<Options> {
  const { query, dbt, model } = options;
  if (dbt === undefined && model === undefined) return options;
  if (dbt === undefined || model === undefined)
    throw usageError('--dbt and --model belong together: the manifest, and the model whose rows are read.');
  if (query !== undefined) throw usageError('Either --query, or --dbt with --model: not both.');
  const manifest = await readManifest(dbt);
  checkAdapter(manifest.adapter, options);
  return { ...options, query: `select * from ${relationOf(findModel(manifest, model))}` };
}

/** The database in which dbt made the model must be the one that is queried. */
function checkAdapter(adapter: string | undefined, { postgres, duckdb }: DbtOptions): void {
  if (adapter !== undefined && adapter !== 'postgres' && adapter !== 'duckdb')
    throw usageError(
      printable(
        `--dbt: the project runs on ${adapter}, which sync cannot query. Pipe its rows into sync -, or let the stack read them: docs/sync-recipes.md.`,
        300,
      ),
    );
  if (adapter === 'postgres' && postgres === undefined)
    throw usageError('--dbt: the project runs on PostgreSQL: add --postgres with its address.');
  if (adapter === 'duckdb' && duckdb === undefined)
    throw usageError('--dbt: the project runs on DuckDB: add --duckdb with its database file.');
}

/** dbt quotes the name as its database needs it. An ephemeral model has none. */
function relationOf(node: DbtNode): string {
  if (node.config?.materialized === 'ephemeral')
    throw usageError(
      printable(
        `--model ${node.name} is ephemeral: dbt makes no table of it. Materialize it as a view or a table, or select a model that uses it.`,
        300,
      ),
    );
  if (node.relation_name) return node.relation_name;
  const parts = [node.database, node.schema, node.alias ?? node.name];
  return parts
    .filter((part) => part !== undefined && part !== null && part !== '')
    .map((part) => quoteName(String(part)))
    .join('.');
}
