/** The history of a sync: its ended runs, and why rows were rejected. DynamoDB deletes both by their age. */
import { textOf } from './attributes.ts';
import type { Attributes, SyncTable } from './dynamodb.ts';
import { parseRun, type Run } from './record.ts';

const runDays = 90;
const rejectDays = 30;
const secondsPerDay = 86_400;

/** Why a row was rejected, and how to find it where it comes from. Without the row: it holds personal data. */
export interface RejectedKey {
  /** Position in the result of the query. */
  readonly row: number;
  readonly cursor?: string | undefined;
  readonly key?: string | undefined;
  readonly errors: readonly { readonly field: string; readonly code: string; readonly message: string }[];
}

const expires = (nowMs: number, days: number): Attributes => ({
  expires_at: { N: String(Math.floor(nowMs / 1000) + days * secondsPerDay) },
});

/** Names of runs are in the order of their start. */
const runItem = ({ started_at, id }: Run): string => `run#${started_at}#${id}`;

export const writeRun = (table: SyncTable, run: Run, nowMs: number): Promise<void> =>
  table.put(runItem(run), { run: { S: JSON.stringify(run) }, ...expires(nowMs, runDays) });

/** @returns the last runs that ended, newest first */
export async function readRuns(table: Pick<SyncTable, 'list'>, limit: number): Promise<Run[]> {
  const items = await table.list('run#', { newestFirst: true, limit });
  return items.flatMap(({ run }) => parseRun(textOf(run)) ?? []);
}

const rejectPrefix = (runId: string): string => `reject#${runId}#`;

/** @param part the same part of the same run is written once, also after a kill */
export const writeRejected = (
  table: SyncTable,
  runId: string,
  part: string,
  rejected: readonly RejectedKey[],
  nowMs: number,
): Promise<void> =>
  table.put(`${rejectPrefix(runId)}${part}`, {
    rows: { S: JSON.stringify(rejected) },
    ...expires(nowMs, rejectDays),
  });

/** @returns the rejected rows of a run that were kept, in order */
export async function readRejected(table: Pick<SyncTable, 'list'>, runId: string): Promise<RejectedKey[]> {
  const items = await table.list(rejectPrefix(runId));
  return items.flatMap(({ rows }) => JSON.parse(textOf(rows)) as RejectedKey[]);
}
