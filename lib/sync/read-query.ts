/** Opens what a run needs, and reads its query until the end of the rows. */

import { sha256 } from '../privacy/sha256.ts';
import { checkColumns, checkCursorType } from './check-columns.ts';
import type { Invocation } from './context.ts';
import { ResultGone } from './engine/athena.ts';
import { RunFault } from './engine/fault.ts';
import {
  describeQuery,
  type EngineContext,
  findCursor,
  rowsQuery,
  startQuery,
  waitForResult,
} from './engine/query.ts';
import { readPass } from './read-pass.ts';
import { openRejects } from './report/rejects.ts';
import { type Members, openMembers } from './state/members.ts';
import { openProgress } from './state/progress.ts';
import type { SyncRecord } from './state/record.ts';
import { countAgain } from './state/record.ts';

/** Places in a result expire; a pass that finds one gone starts again, a few times. */
const maxPasses = 3;

/** @throws RunFault, HandOver or LockLost */
export async function readQuery(invocation: Invocation): Promise<void> {
  for (let passes = 1; ; passes += 1) {
    try {
      return await readOnce(invocation, passes);
    } catch (error) {
      if (!(error instanceof ResultGone)) throw error;
      if (passes === maxPasses)
        throw new RunFault(
          'result_gone',
          'Athena lost the result of the query three times. The next run asks again.',
        );
      delete invocation.record.query;
    }
  }
}

async function readOnce(invocation: Invocation, pass: number): Promise<void> {
  const { sync, settings, context, table, lock, record, run, checkTime } = invocation;
  const { athena } = context.clients;
  const engine: EngineContext = {
    athena,
    settings,
    clock: context.clock,
    whileWaiting: async () => {
      checkTime();
      await lock.save(record);
    },
  };
  const seed = `${run.id} ${run.invocations} ${pass}`;
  const columns = await describeQuery(engine, seed);
  checkColumns(invocation, columns);
  const cursor = findCursor(columns, settings.cursor);
  checkCursorType(invocation, cursor);
  const rejects = openRejects({
    sync,
    runId: run.id,
    invocation: run.invocations * 10 + pass,
    folder: settings.rejects,
    table,
    files: context.clients.files,
    clock: context.clock,
  });
  const progress = await openProgress({
    table,
    lock,
    clock: context.clock,
    random: context.random,
    cursor: cursor && { column: cursor.name, type: cursor.type },
    from: settings.from,
    record,
    beforeSave: rejects.flush,
  });
  const query = await resultOf(
    invocation,
    engine,
    seed,
    rowsQuery(settings, columns, cursor, progress.start.value),
  );
  const members = openAudience(invocation);
  try {
    await readPass({
      sync,
      settings,
      context,
      record,
      run,
      columns,
      cursor,
      query,
      progress,
      members,
      rejects,
      checkTime,
    });
  } finally {
    // However the pass ended, what is settled is written down.
    await progress.save();
  }
}

/** The query of an earlier invocation, when nothing but its result is missing; else a new one. */
async function resultOf(
  { settings, record, run }: Invocation,
  engine: EngineContext,
  seed: string,
  sql: string,
): Promise<NonNullable<SyncRecord['query']>> {
  const known = record.query;
  const digest = sha256(sql).slice(0, 16);
  // With a cursor, rows that are settled are left out by a new query.
  const isUsable = known?.sql === digest && (settings.cursor === undefined || known.settled_rows === 0);
  if (!isUsable && settings.cursor === undefined) countAgain(run);
  const query = isUsable ? known : { id: await startQuery(engine, sql, seed), sql: digest, settled_rows: 0 };
  record.query = query;
  const { bytesScanned } = await waitForResult(engine, query.id);
  if (!isUsable) run.bytes_scanned += bytesScanned;
  return query;
}

function openAudience({ settings, table, record, context }: Invocation): Members | undefined {
  const { audience } = settings;
  if (audience === undefined) return undefined;
  if (record.members?.audience !== audience)
    record.members = { audience, salt: `${context.random()}${context.random()}`.replaceAll('-', '') };
  return openMembers(table, record.members.salt);
}
