/** The query of a run: which columns it has, the rows from the cursor on, and waiting for Athena. */
import type { Clock } from '../../clock/clock.ts';
import { errorName } from '../../privacy/error-name.ts';
import { sha256 } from '../../privacy/sha256.ts';
import type { SyncSettings } from '../settings.ts';
import type { AthenaApi, QueryStatus, ResultColumn } from './athena.ts';
import { cursorText, kindOf, selectColumns } from './column.ts';
import { queryFault, RunFault } from './fault.ts';
import { asTable, cursorColumn, quoteName } from './sql.ts';

export interface EngineContext {
  readonly athena: AthenaApi;
  readonly settings: SyncSettings;
  readonly clock: Clock;
  /** Called while Athena works: keeps the lock, and throws to end the wait. */
  readonly whileWaiting: () => Promise<void>;
}

/**
 * @param seed the same seed starts the same query once: a repeated request must not scan twice
 * @throws RunFault when Athena does not take the query
 */
export async function startQuery(
  { athena, settings }: EngineContext,
  sql: string,
  seed: string,
): Promise<string> {
  const { catalog, database, workgroup, results } = settings;
  const token = sha256(`${seed}\n${sql}`);
  try {
    return await athena.start({ sql, catalog, database, workgroup, results, token });
  } catch (cause) {
    // Its message can repeat the query, which can name a person.
    throw new RunFault(
      'query_refused',
      `Athena does not take the query (${errorName(cause)}): check that the workgroup ${workgroup} exists, is enabled and has a place for results, or set results, and that the role may use it.`,
      { cause },
    );
  }
}

const firstPauseMs = 250;
const longestPauseMs = 5_000;

/** Waits until the query has its result. @throws RunFault when it failed */
export async function waitForResult(
  { athena, clock, whileWaiting }: EngineContext,
  id: string,
): Promise<QueryStatus> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 1.5)) {
    const status = await athena.status(id);
    if (status.state === 'succeeded') return status;
    if (status.state === 'failed') throw queryFault(status.reason, id);
    await clock.pause(pauseMs);
    await whileWaiting();
  }
}

/** Asks for no row, so Athena scans nothing: the names and types decide how the columns are selected. */
export async function describeQuery(context: EngineContext, seed: string): Promise<readonly ResultColumn[]> {
  const sql = `select * from ${asTable(context.settings.query)} limit 0`;
  const id = await startQuery(context, sql, seed);
  await waitForResult(context, id);
  const { columns } = await context.athena.page(id, undefined);
  return columns;
}

/** The column of the cursor. @throws RunFault when the query lacks it, or its type has no order */
export function findCursor(
  columns: readonly ResultColumn[],
  name: string | undefined,
): ResultColumn | undefined {
  if (name === undefined) return undefined;
  const found = columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  if (found === undefined)
    throw new RunFault('cursor_missing', `The query has no column ${name}, which the setting cursor names.`);
  if (kindOf(found).literal === undefined)
    throw new RunFault(
      'cursor_type',
      `The cursor column ${name} has the type ${found.type}: choose a number, a date or a time.`,
    );
  return found;
}

/** @param from value of the cursor to start with, included: rows that share it may not all have been sent */
export function rowsQuery(
  { query }: SyncSettings,
  columns: readonly ResultColumn[],
  cursor: ResultColumn | undefined,
  from: string | undefined,
): string {
  if (cursor === undefined) return `select ${selectColumns(columns)} from ${asTable(query)}`;
  const name = `source_rows.${quoteName(cursor.name)}`;
  const select = `select ${selectColumns(columns)}, ${cursorText(cursor)} as ${quoteName(cursorColumn)}`;
  const literal = from === undefined ? undefined : kindOf(cursor).literal?.(from);
  // Rows without a cursor come last, so that they can be reported.
  const where = literal === undefined ? '' : ` where ${name} >= ${literal} or ${name} is null`;
  return `${select} from ${asTable(query)}${where} order by ${name} nulls last`;
}
