/** The options of `sync`, checked against each other: source, mode and files. */
import { usageError } from '../errors/cli-error.ts';
import type { SharedOptions } from '../stage/stage-command.ts';

/** Which rows are read. */
export interface SourceOptions {
  readonly query?: string | undefined;
  readonly postgres?: string | undefined;
  readonly insecurePostgres?: true | undefined;
  /** A database file of DuckDB. */
  readonly duckdb?: string | undefined;
  /** A manifest of dbt. */
  readonly dbt?: string | undefined;
  /** The name of a model in it. */
  readonly model?: string | undefined;
  readonly allowExtensions?: true | undefined;
  readonly timezone: string;
}

export interface SyncOptions extends SharedOptions, SourceOptions {
  readonly map?: string | undefined;
  /** Columns that do not fill the field of their name. */
  readonly exclude: readonly string[];
  readonly mode: string;
  readonly cursor?: string | undefined;
  readonly state?: string | undefined;
  readonly from?: string | undefined;
  readonly audience?: string | undefined;
  readonly strict?: true | undefined;
  readonly dryRun?: true | undefined;
  readonly preview: number;
  readonly rejects?: string | undefined;
  readonly concurrency: number;
  readonly giveUpAfter: number;
  /** How long to wait for the delivery, in milliseconds. */
  readonly wait?: number | undefined;
}

/** The reasons why TikTok's Events API cannot do the other modes. */
const refusals: Readonly<Record<string, string>> = {
  update: 'TikTok cannot change an event after it has accepted it: send new rows with --mode insert',
  upsert:
    'TikTok cannot change an event after it has accepted it; a repeated row with the same event_id counts once within 48 hours: --mode insert',
  mirror: 'TikTok cannot take back an event, so a set of rows cannot be mirrored: use --mode insert or add',
  remove:
    "TikTok's Events API cannot take a member out of an audience: let the audience expire in Ads Manager, or remove members there",
};

export function checkSyncOptions(input: string | undefined, options: SyncOptions): void {
  const { mode } = options;
  const refusal = Object.hasOwn(refusals, mode) ? refusals[mode] : undefined;
  if (refusal !== undefined) throw usageError(`--mode ${mode} is not possible: ${refusal}.`);
  if (mode !== 'insert' && mode !== 'add') throw usageError('--mode is insert or add.');
  checkSource(input, options);
  if (options.wait !== undefined && options.dryRun === true)
    throw usageError('--dry-run sends nothing, so there is nothing to wait for: leave --wait out.');
  if (mode === 'add') checkAdd(options);
  else checkInsert(options);
}

const standardInput = /\/dev\/stdin|\/dev\/fd\/0|\/proc\/self\/fd\/0/;

export function checkSource(
  input: string | undefined,
  { query, postgres, duckdb }: Omit<SourceOptions, 'timezone'>,
): void {
  if (input !== undefined && input !== '-')
    throw usageError(
      `Unexpected "${input.slice(0, 40)}": name files in --query, such as "select * from 'orders.csv'".`,
    );
  if (input === '-' && (query !== undefined || postgres !== undefined))
    throw usageError('Either - for standard input, or --query: not both.');
  if (postgres !== undefined && duckdb !== undefined)
    throw usageError('Either --postgres, or --duckdb: a query reads one database.');
  if (query !== undefined && standardInput.test(query))
    throw usageError(
      'A query cannot read standard input, because it reads its files more than once: write the rows to a file, or pipe NDJSON into "sync -".',
    );
  if (input === undefined && query === undefined)
    throw usageError('Which rows? Give --query, or - to read NDJSON from standard input.');
}

function checkAdd({ audience, cursor, from }: SyncOptions): void {
  if (audience === undefined || audience.trim() === '')
    throw usageError('--mode add needs --audience, the name of the custom event that adds a member.');
  if (cursor !== undefined || from !== undefined)
    throw usageError('--mode add remembers members, not rows: leave --cursor out, and --from.');
}

function checkInsert({ audience, cursor, state, from }: SyncOptions): void {
  if (audience !== undefined) throw usageError('--audience belongs to --mode add.');
  if ((cursor === undefined) !== (state === undefined))
    throw usageError(
      '--cursor and --state belong together: the column, and the file that keeps its last value.',
    );
  if (from !== undefined && cursor === undefined)
    throw usageError('--from is a value of the --cursor column: give both.');
}
