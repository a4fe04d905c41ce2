/** The scheduled syncs of a stage for the page. Nothing of a row leaves this file but its id and the value of its cursor. */
import { type SyncView, stateOf, viewSync } from '../../lib/sync/report/sync-view.ts';
import type { Syncs } from '../../lib/sync/settings.ts';
import type { SyncTable } from '../../lib/sync/state/dynamodb.ts';
import { readRejected, readRuns } from '../../lib/sync/state/history.ts';
import { setPaused } from '../../lib/sync/state/pause.ts';
import type { Run } from '../../lib/sync/state/record.ts';
import type { RejectedRowsAnswer, SyncAnswer, SyncRun, SyncSummary } from '../syncs-api.ts';
import type { SyncActions } from './source.ts';

/** Where the syncs of a stage are. */
export interface SyncPlace {
  table(sync: string): SyncTable;
  /** Lambda keeps the event and runs the function soon. */
  start(sync: string): Promise<void>;
}

const maxRuns = 20;
const maxRejected = 500;

/** @param syncs of the stage as it is now */
export function syncActions(syncs: () => Syncs, place: () => Promise<SyncPlace>): SyncActions {
  const settingsOf = (sync: string) => (Object.hasOwn(syncs(), sync) ? syncs()[sync] : undefined);

  async function show(sync: string): Promise<SyncAnswer | undefined> {
    const settings = settingsOf(sync);
    if (settings === undefined) return undefined;
    const table = (await place()).table(sync);
    const [view, ended] = await Promise.all([viewSync(sync, settings, table), readRuns(table, maxRuns)]);
    const runs = view.running === null ? ended : [view.running, ...ended];
    return { sync: toSummary(view), runs: runs.map(toRun) };
  }
  const act = async (sync: string, work: (place: SyncPlace) => Promise<void>) => {
    if (settingsOf(sync) === undefined) return undefined;
    await work(await place());
    return show(sync);
  };

  return {
    any: () => Object.keys(syncs()).length > 0,
    list: async () => {
      const { table } = await place();
      const views = Object.entries(syncs()).map(([name, settings]) => viewSync(name, settings, table(name)));
      return { syncs: (await Promise.all(views)).map(toSummary) };
    },
    show,
    rejected: async (sync, run) => {
      if (settingsOf(sync) === undefined) return undefined;
      return toRejected(await readRejected((await place()).table(sync), run));
    },
    run: (sync) => act(sync, ({ start }) => start(sync)),
    pause: (sync) => act(sync, ({ table }) => setPaused(table(sync), new Date().toISOString())),
    resume: (sync) => act(sync, ({ table }) => setPaused(table(sync), undefined)),
  };
}

function toSummary(view: SyncView): SyncSummary {
  const { sync: name, schedule, timezone, mode, destination, paused_at, cursor } = view;
  const run = view.running ?? view.last_run;
  return {
    ...{ name, schedule, timezone, mode, destination, state: stateOf(view) },
    ...(paused_at !== null && { pausedAtMs: Date.parse(paused_at) }),
    ...(cursor !== null && {
      cursor: { column: cursor.column, ...(cursor.value !== null && { value: cursor.value }) },
    }),
    ...(run !== null && { run: toRun(run) }),
  };
}

function toRun(run: Run): SyncRun {
  const { id, trigger, status, rows, sent, omitted, rejected, filtered, problems, omissions, error } = run;
  return {
    ...{ id, trigger, status, rows, sent, omitted, rejected, filtered, problems, omissions },
    startedAtMs: Date.parse(run.started_at),
    ...(run.duration_ms !== undefined && { tookMs: run.duration_ms }),
    alreadySent: run.already_sent,
    alreadyAdded: run.already_added,
    blocked: run.cursor_blocked,
    bytesScanned: run.bytes_scanned,
    columnsAdded: run.columns_added ?? [],
    columnsRemoved: run.columns_removed ?? [],
    ...(error !== undefined && { error }),
  };
}

const toRejected = (found: Awaited<ReturnType<typeof readRejected>>): RejectedRowsAnswer => ({
  rows: found.slice(0, maxRejected).map(({ row, key, cursor, errors }) => ({
    row,
    ...(key !== undefined && { key }),
    ...(cursor !== undefined && { cursor }),
    errors: errors.map(({ field, code }) => ({ field, code })),
  })),
});
