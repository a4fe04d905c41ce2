/** The options that say which rows are read; `sync` and `sync init` share them. */
import type { Command, OptionValues } from '@commander-js/extra-typings';
import { parseTimezone } from './timezone.ts';

/** Adds the options to a command. */
export const withSource = <Args extends unknown[], Options extends OptionValues>(
  command: Command<Args, Options>,
) =>
  command
    .option(
      '-q, --query <sql>',
      'SQL over CSV, TSV, NDJSON, JSON and Parquet files, or with --postgres over a database',
    )
    .option('--postgres <url>', 'PostgreSQL to query; leave the password out and use PGPASSWORD or ~/.pgpass')
    .option('--insecure-postgres', 'allow PostgreSQL without verified TLS beyond this machine')
    .option('--duckdb <file>', 'DuckDB database to query; its tables need no other name in front')
    .option(
      '--dbt <manifest>',
      'manifest.json of a dbt project, to read one of its models instead of a query',
    )
    .option('--model <name>', 'with --dbt: the model whose rows are read')
    .option('--allow-extensions', 'let DuckDB download the extensions a query needs, such as for https files')
    .option('--timezone <zone>', 'time zone for timestamps without an offset', parseTimezone, 'UTC');
