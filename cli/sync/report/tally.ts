/** Counts what becomes of a row before anything is sent; a rejected one is written down at once. */
import type { PreparedRow } from '../events/prepare-rows.ts';
import type { SourceRow } from '../rows/source-row.ts';
import type { Rejects } from './rejects.ts';
import { countIssues, type SyncCount } from './sync-count.ts';

export function tally(item: PreparedRow, source: SourceRow, count: SyncCount, rejects: Rejects): void {
  if (item.kind === 'skipped') count[item.why] += 1;
  else if (item.kind === 'ready') countIssues(count.warnings, item.warnings, source.number);
  else {
    count.rejected += 1;
    countIssues(count.problems, item.errors, source.number);
    rejects.add(source, item.errors);
  }
}
