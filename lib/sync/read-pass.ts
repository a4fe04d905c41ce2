/** One pass over the rows of a query: rows become events, events are queued, and what is settled is written down. */

import { type Batch, toBatches } from '../rows/batches.ts';
import { createLocalTime } from '../rows/local-time.ts';
import type { Entry } from '../rows/position.ts';
import type { PreparedRow } from '../rows/prepared-row.ts';
import type { SourceRow } from '../rows/source-row.ts';
import type { ResultColumn } from './engine/athena.ts';
import { RunFault } from './engine/fault.ts';
import { readRows } from './engine/rows.ts';
import { createPrepare, type PrepareParts } from './prepare.ts';
import type { Rejects } from './report/rejects.ts';
import { countRejected, countRow } from './report/tally.ts';
import { sendBatch } from './send-batch.ts';
import type { Progress } from './state/progress.ts';
import type { Run, SyncRecord } from './state/record.ts';

export interface Pass extends PrepareParts {
  readonly sync: string;
  readonly record: SyncRecord;
  readonly run: Run;
  readonly columns: readonly ResultColumn[];
  /** The query whose result is read. */
  readonly query: NonNullable<SyncRecord['query']>;
  readonly progress: Progress;
  readonly rejects: Rejects;
  /** Throws to end the invocation before Lambda does. */
  readonly checkTime: () => void;
}

/** A row that was read, and whose batch is not settled. */
interface Waiting {
  readonly source: SourceRow;
  readonly prepared: readonly PreparedRow[];
}

/** @throws RunFault, HandOver or LockLost, with everything settled in the record */
export async function readPass(pass: Pass): Promise<void> {
  const { context, columns, cursor, query, progress } = pass;
  const localTime = createLocalTime(pass.settings.timezone);
  const open = new WeakSet<Entry>();
  const chunks = readRows(context.clients.athena, { id: query.id, columns, cursor, localTime });
  const prepare = createPrepare(pass, localTime, open);
  // Without a cursor, rows of an earlier invocation are read again, for the ids of equal rows, and not sent again.
  const skip = cursor === undefined ? query.settled_rows : 0;
  const waiting: Waiting[] = [];
  const take = (source: SourceRow): readonly PreparedRow[] => {
    const prepared = prepare(source);
    const isKnown = source.number <= skip;
    waiting.push({ source, prepared: isKnown ? [] : prepared });
    return isKnown ? [] : prepared;
  };
  let rows = 0;
  for await (const batch of toBatches(chunks, take)) {
    const finished = waiting.splice(0, batch.rows);
    await settleBatch(pass, batch, open);
    countRows(pass, finished, skip);
    await pass.rejects.drain();
    rows += batch.rows;
    query.settled_rows = Math.max(query.settled_rows, rows);
    await progress.saveIfDue();
    pass.checkTime();
  }
}

/** Counts rows when they are settled, so that a row that is read twice counts once. */
function countRows({ run, record, rejects }: Pass, rows: readonly Waiting[], skip: number): void {
  const before = run.rows;
  for (const { source, prepared } of rows) {
    if (source.number <= skip) continue;
    countRow(run, prepared, source);
    for (const item of prepared) if (item.kind === 'rejected') rejects.add(source, item.errors);
  }
  if (run.rows > before) record.stalled = 0;
}

async function settleBatch(pass: Pass, batch: Batch, open: WeakSet<Entry>): Promise<void> {
  const { sync, context, run, members, progress } = pass;
  const events = members === undefined ? batch.events : await members.onlyNew(batch.events);
  run.already_added += batch.events.length - events.length;
  const whileWaiting = async (): Promise<void> => {
    pass.checkTime();
    await progress.save();
  };
  const { sent, tooLarge } = await sendBatch(events, { sync, runId: run.id, context, whileWaiting });
  run.sent += sent;
  for (const { source } of tooLarge) {
    countRejected(run, [eventTooLarge], source);
    pass.rejects.add(source, [eventTooLarge]);
  }
  await members?.remember(events.filter((event) => !tooLarge.includes(event)));
  progress.settle(batch.entries, open);
  if (progress.isFull())
    throw new RunFault(
      'state_full',
      'A million events came after a row that the cursor does not pass: fix this row, or leave it out in the query.',
    );
}

const eventTooLarge = {
  field: '',
  code: 'event_too_large',
  message: 'the event is larger than 1 MB: shorten its lists and texts',
};
