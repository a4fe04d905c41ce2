/** `syncs list`: the scheduled syncs of a stage, with their state and their last run. */
import { type SyncView, stateOf, viewSync } from '../../lib/sync/report/sync-view.ts';
import type { SharedOptions } from '../stage/stage-command.ts';
import { showResult, table } from '../terminal/output.ts';
import { openSyncs } from './open-syncs.ts';

export async function listSyncs(options: SharedOptions): Promise<void> {
  const open = await openSyncs(options);
  const names = Object.entries(open.syncs);
  const views = await Promise.all(
    names.map(([name, settings]) => viewSync(name, settings, open.table(name))),
  );
  const empty = `Stage ${open.stage} has no syncs: docs/sync.md#in-your-stack says how to add one.`;
  showResult(options.json === true, { syncs: views }, () => (views.length === 0 ? empty : toTable(views)));
}

function toTable(views: readonly SyncView[]): string {
  const heading = ['sync', 'schedule', 'state', 'last run', 'rows', 'sent', 'rejected', 'cursor'];
  const rows = views.map((view) => [
    view.sync,
    view.schedule,
    stateOf(view),
    view.last_run?.started_at.slice(0, 19).replace('T', ' ') ?? 'never',
    String(view.last_run?.rows ?? '-'),
    String(view.last_run?.sent ?? '-'),
    String(view.last_run?.rejected ?? '-'),
    view.cursor?.value ?? '-',
  ]);
  return table([heading, ...rows]);
}
