/** Maps and checks every row and sends none: shows the first events, and counts every problem. */
import type { Progress } from '../progress.ts';
import type { Prepared } from './prepare-rows.ts';
import type { Rejects } from './rejects.ts';
import type { RowSource, SourceRow } from './source-row.ts';
import { countIssues, createSyncCount, type SyncCount } from './sync-count.ts';

export interface DryRun {
  readonly source: RowSource;
  readonly prepare: (source: SourceRow) => Prepared[];
  readonly rejects: Rejects;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Events to show. */
  readonly preview: number;
}

export interface DryRunEnd {
  readonly count: SyncCount;
  readonly preview: readonly Readonly<Record<string, unknown>>[];
}

export async function dryRun(run: DryRun): Promise<DryRunEnd> {
  const count = createSyncCount();
  const preview: Readonly<Record<string, unknown>>[] = [];
  for await (const chunk of run.source.chunks(run.signal)) {
    for (const source of chunk) {
      for (const item of run.prepare(source)) {
        take(item, source, run, count);
        if (item.kind === 'ready' && preview.length < run.preview) preview.push(item.event);
      }
    }
    count.rows += chunk.length;
    run.progress.update(count.rows);
    await run.rejects.drain();
    if (run.signal.aborted) break;
  }
  return { count, preview };
}

function take(item: Prepared, source: SourceRow, run: DryRun, count: SyncCount): void {
  if (item.kind === 'skipped') {
    count[item.why] += 1;
    return;
  }
  if (item.kind === 'rejected') {
    count.rejected += 1;
    countIssues(count.problems, item.errors, source.number);
    run.rejects.add(source, item.errors);
    return;
  }
  countIssues(count.warnings, item.warnings, source.number);
  count.accepted += 1;
}
