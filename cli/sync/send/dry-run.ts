/** Maps and checks every row and sends none: shows the first events and counts all problems. */

import type { PreparedRow, ReadyEvent } from '../../../lib/rows/prepared-row.ts';
import type { RowSource, SourceRow } from '../../../lib/rows/source-row.ts';
import type { Progress } from '../../terminal/progress.ts';
import type { ColumnUse, ColumnUseCounter } from '../report/column-use.ts';
import type { Rejects } from '../report/rejects.ts';
import type { RunQuality } from '../report/run-quality.ts';
import { countRow, createSyncCount, type SyncCount } from '../report/sync-count.ts';

export interface DryRun {
  readonly source: RowSource;
  readonly prepare: (source: SourceRow) => PreparedRow[];
  readonly rejects: Rejects;
  readonly quality: RunQuality;
  readonly columns: ColumnUseCounter;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Events to show. */
  readonly preview: number;
}

export interface DryRunEnd {
  readonly count: SyncCount;
  readonly preview: readonly Readonly<Record<string, unknown>>[];
  readonly columns: readonly ColumnUse[];
}

export async function dryRun(run: DryRun): Promise<DryRunEnd> {
  const count = createSyncCount();
  const preview: Readonly<Record<string, unknown>>[] = [];
  const show = (item: ReadyEvent): void => {
    count.accepted += 1;
    run.quality.add(item);
    if (preview.length < run.preview) preview.push(item.event);
  };
  for await (const chunk of run.source.chunks(run.signal)) {
    for (const source of chunk) {
      const prepared = run.prepare(source);
      run.columns.add(source);
      countRow(prepared, source, count, run.rejects);
      for (const item of prepared) if (item.kind === 'ready') show(item);
    }
    run.progress.update(count.rows);
    await run.rejects.drain();
    if (run.signal.aborted) break;
  }
  return { count, preview, columns: run.columns.rows() };
}
