/** One pass over the rows of a query: rows become events, events are queued, and what is settled is written down. */

import type { FieldName } from '../events/fields/table.ts';
import { type CompiledMapping, compileMapping } from '../mapping/compile-mapping.ts';
import { type Batch, toBatches } from '../rows/batches.ts';
import { createEventCheck } from '../rows/check-event.ts';
import { createCursorFault } from '../rows/cursor-fault.ts';
import { createLocalTime, type LocalTime } from '../rows/local-time.ts';
import { createSettledCheck, type Entry } from '../rows/position.ts';
import { createPreparation } from '../rows/prepare-rows.ts';
import { isOpen, type PreparedRow } from '../rows/prepared-row.ts';
import { createRowIdentifier } from '../rows/row-identity.ts';
import type { SourceRow } from '../rows/source-row.ts';
import type { SyncContext } from './context.ts';
import type { ResultColumn } from './engine/athena.ts';
import { RunFault } from './engine/fault.ts';
import { readRows } from './engine/rows.ts';
import type { Rejects } from './report/rejects.ts';
import { countRejected, countRow } from './report/tally.ts';
import { sendBatch } from './send-batch.ts';
import type { SyncSettings } from './settings.ts';
import type { Members } from './state/members.ts';
import type { Progress } from './state/progress.ts';
import type { Run, SyncRecord } from './state/record.ts';

export interface Pass {
  readonly sync: string;
  readonly settings: SyncSettings;
  readonly context: SyncContext;
  readonly record: SyncRecord;
  readonly run: Run;
  readonly columns: readonly ResultColumn[];
  readonly cursor: ResultColumn | undefined;
  /** The query whose result is read. */
  readonly query: NonNullable<SyncRecord['query']>;
  readonly progress: Progress;
  readonly members: Members | undefined;
  readonly rejects: Rejects;
  /** Throws to end the invocation before Lambda does. */
  readonly checkTime: () => void;
}

/** @throws RunFault, HandOver or LockLost, with everything settled in the record */
export async function readPass(pass: Pass): Promise<void> {
  const { context, columns, cursor, query, progress } = pass;
  const localTime = createLocalTime(pass.settings.timezone);
  const open = new WeakSet<Entry>();
  const chunks = readRows(context.clients.athena, { id: query.id, columns, cursor, localTime });
  // Rows of an earlier invocation are read again, for the ids of equal rows, and not sent again.
  const skip = cursor === undefined ? query.settled_rows : 0;
  const before = pass.run.rows;
  let rows = 0;
  for await (const batch of toBatches(chunks, preparation(pass, localTime, open, skip))) {
    await settleBatch(pass, batch, open);
    rows += batch.rows;
    query.settled_rows = Math.max(query.settled_rows, rows);
    if (pass.run.rows > before) pass.record.stalled = 0;
    await progress.saveIfDue();
    pass.checkTime();
  }
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

function preparation(
  pass: Pass,
  localTime: LocalTime,
  open: WeakSet<Entry>,
  skip: number,
): (source: SourceRow) => PreparedRow[] {
  const { settings, context, cursor, progress, members, run, rejects } = pass;
  const { now } = context.clock;
  const { destinations, consent } = context.settings;
  const prepare = createPreparation({
    mapping: withDestination(mappingOf(settings), settings.destination),
    check: createEventCheck({ rules: { destinations, consent }, now, isStrict: settings.strict }),
    isStrict: settings.strict,
    localTime,
    identifier: createRowIdentifier(now),
    now,
    state: cursor === undefined ? undefined : { isSettled: createSettledCheck(progress.start) },
    cursorFault:
      cursor === undefined ? () => undefined : createCursorFault({ column: cursor.name, now, localTime }),
    audience:
      members === undefined || settings.audience === undefined
        ? undefined
        : { name: settings.audience, members },
  });
  return (source) => {
    const prepared = prepare(source);
    if (source.number <= skip) return [];
    countRow(run, prepared, source);
    for (const item of prepared) {
      if (item.kind === 'rejected') rejects.add(source, item.errors);
      if (item.entry !== undefined && isOpen(item)) open.add(item.entry);
    }
    return prepared;
  };
}

/** The stage file was checked before it was deployed. @throws Misconfigured */
export const mappingOf = ({ mapping, exclude }: SyncSettings): CompiledMapping =>
  compileMapping(mapping, {
    includeSameNames: true,
    excludedNames: exclude.map((name) => name.toLowerCase() as FieldName),
  });

/** Rows that name no destination go to that of the sync. */
function withDestination(mapping: CompiledMapping, destination: string): CompiledMapping {
  if (destination === 'default') return mapping;
  const map: CompiledMapping = Object.assign((...args: Parameters<CompiledMapping>) => {
    const mapped = mapping(...args);
    return { ...mapped, events: mapped.events.map((event) => ({ destination, ...event })) };
  }, mapping);
  return map;
}
