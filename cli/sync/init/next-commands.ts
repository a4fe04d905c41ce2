/** The commands that come after `sync init`, to be pasted as they are. */
import { programName, shellWord } from '../../terminal/command-line.ts';
import type { SourceOptions } from '../options.ts';

interface Next {
  readonly input: string | undefined;
  readonly options: SourceOptions & { readonly stage: string };
  readonly file: string;
  /** A column that grows from row to row. */
  readonly cursor: string | undefined;
}

export function nextCommands({ input, options, file, cursor }: Next): { dryRun: string; send: string } {
  const sync = `${programName} sync ${[...sourceWords(input, options), '--map', file].map(shellWord).join(' ')}`;
  const state = file.replace(/\.ya?ml$/, '.state');
  const goOn = cursor === undefined ? '' : ` --cursor ${shellWord(cursor)} --state ${shellWord(state)}`;
  return { dryRun: `${sync} --dry-run`, send: `${sync}${goOn} --stage ${options.stage}` };
}

function sourceWords(input: string | undefined, options: SourceOptions): string[] {
  const { query, postgres, duckdb, dbt, model, timezone } = options;
  const named = Object.entries({
    '--dbt': dbt,
    '--model': model,
    '--query': dbt === undefined ? query : undefined,
    '--postgres': postgres === undefined ? undefined : withoutPassword(postgres),
    '--duckdb': duckdb,
    '--timezone': timezone === 'UTC' ? undefined : timezone,
  });
  return [
    ...(input === undefined ? [] : [input]),
    ...named.flatMap(([option, value]) => (value === undefined ? [] : [option, value])),
    ...(options.insecurePostgres === true ? ['--insecure-postgres'] : []),
    ...(options.allowExtensions === true ? ['--allow-extensions'] : []),
  ];
}

/** PGPASSWORD or ~/.pgpass has it. */
const withoutPassword = (url: string): string =>
  url.replace(/^([a-z]+:\/\/[^:@/]*):[^/]*@/i, '$1@').replace(/([?&])password=[^&]*&?/i, '$1');
