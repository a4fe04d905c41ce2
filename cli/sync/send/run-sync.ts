/** Runs a sync: rows become events, batches of them are posted side by side, and what is settled is written down. */
import type { FieldIssue } from '../../../lib/events/issue.ts';
import { type Batch, toBatches } from '../../../lib/rows/batches.ts';
import { createCheckpoint } from '../../../lib/rows/checkpoint.ts';
import type { Entry } from '../../../lib/rows/position.ts';
import { hasWrongTime, isOpen, type PreparedRow, type ReadyEvent } from '../../../lib/rows/prepared-row.ts';
import type { RowSource, SourceRow } from '../../../lib/rows/source-row.ts';
import type { Gateway } from '../../gateway/post-events.ts';
import type { Progress } from '../../terminal/progress.ts';
import type { Rejects } from '../report/rejects.ts';
import type { RunQuality } from '../report/run-quality.ts';
import {
  countAnswered,
  countRejected,
  countRow,
  createSyncCount,
  type SyncCount,
} from '../report/sync-count.ts';
import type { Members } from '../state/members.ts';
import type { SyncState } from '../state/sync-state.ts';
import type { Followed } from '../wait/followed.ts';
import { sendBatch } from './send-batch.ts';

export interface SyncRun {
  readonly source: RowSource;
  readonly prepare: (source: SourceRow) => PreparedRow[];
  readonly gateway: Gateway;
  readonly concurrency: number;
  readonly giveUpAfterMs: number;
  readonly rejects: Rejects;
  readonly quality: RunQuality;
  readonly state: SyncState | undefined;
  readonly members: Members | undefined;
  /** Gets the ids of accepted events, with `--wait`. */
  readonly followed: Pick<Followed, 'add'> | undefined;
  readonly progress: Progress;
  /** Ctrl-C: nothing new starts, and requests on their way end. */
  readonly signal: AbortSignal;
}

/** @returns the numbers; throws, with the state written, when the source or the gateway cannot be used */
export async function runSync(run: SyncRun): Promise<SyncCount> {
  const count = createSyncCount();
  const failed = new AbortController();
  const signal = AbortSignal.any([run.signal, failed.signal]);
  const open = new WeakSet<Entry>();
  const batches = toBatches(run.source.chunks(signal), counting(run, count, open));
  const checkpoint = createCheckpoint(({ entries }) => run.state?.advance(entries, open));
  const sharedBackoff = { untilMs: 0 };
  let settledRows = 0;
  const onAccepted = (events: readonly ReadyEvent[]): void => {
    count.accepted += events.length;
    events.forEach(run.quality.add);
    if (run.followed !== undefined) for (const { event } of events) run.followed.add(String(event.event_id));
    run.members?.remember(events.flatMap(({ member }) => member ?? []));
  };
  const onWarned = (event: ReadyEvent, warnings: readonly FieldIssue[]): void =>
    countAnswered(event, warnings, count);
  const onRejected = ({ source, entry }: ReadyEvent, errors: readonly FieldIssue[]): void => {
    countRejected(source, errors, count, run.rejects);
    if (entry === undefined || !hasWrongTime(errors)) return;
    open.add(entry);
    if (entry.fault === undefined) count.cursor_blocked += 1;
  };

  async function deliver(batch: Batch): Promise<void> {
    const { gateway, giveUpAfterMs } = run;
    const onWait = run.progress.wait;
    const report = { onAccepted, onRejected, onWarned, onWait };
    const options = { gateway, sharedBackoff, giveUpAfterMs, signal, ...report };
    const { events: left, reason } = await sendBatch(batch.events, options);
    await run.rejects.drain();
    count.not_sent += left.length;
    if (left.length > 0) count.not_sent_reason = reason ?? count.not_sent_reason;
    if (left.length === 0) checkpoint.settle(batch);
    count.state_full = run.state?.isFull() === true;
    if (left.length > 0 || count.state_full) failed.abort();
    // While nothing moves, the bar keeps saying why.
    if (left.length > 0) return;
    settledRows += batch.rows;
    run.progress.update(settledRows);
  }

  try {
    await forEachBatch(batches, run.concurrency, signal, deliver, () => failed.abort());
  } finally {
    run.state?.flush();
  }
  return count;
}

/** Counts the rows and what needs no post, and notes the entries that the next run must read again. */
function counting({ prepare, rejects }: SyncRun, count: SyncCount, open: WeakSet<Entry>) {
  return (source: SourceRow): PreparedRow[] => {
    const prepared = prepare(source);
    countRow(prepared, source, count, rejects);
    for (const item of prepared) if (item.entry !== undefined && isOpen(item)) open.add(item.entry);
    return prepared;
  };
}

/** At most `concurrency` at a time; the next batch is made when there is room, so that memory stays bounded. */
async function forEachBatch(
  batches: AsyncGenerator<Batch>,
  concurrency: number,
  signal: AbortSignal,
  deliver: (batch: Batch) => Promise<void>,
  onError: () => void,
): Promise<void> {
  let failure: unknown;
  const running = new Set<Promise<void>>();
  try {
    for await (const batch of batches) {
      const task = deliver(batch)
        .catch((error: unknown) => {
          failure ??= error;
          onError();
        })
        .finally(() => running.delete(task));
      running.add(task);
      if (running.size >= concurrency) await Promise.race(running);
      if (signal.aborted) break;
    }
  } finally {
    await Promise.all(running);
  }
  if (failure !== undefined) throw failure;
}
