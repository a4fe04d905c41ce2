/** `syncs history`: the runs of a sync, or one run with its rejected rows. */
import { type RejectedKey, readRejected, readRuns } from '../../lib/sync/state/history.ts';
import { parseRecord, type Run } from '../../lib/sync/state/record.ts';
import { CliError } from '../errors/cli-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import type { SharedOptions } from '../stage/stage-command.ts';
import { printable, showResult, table } from '../terminal/output.ts';
import { openSyncs, requireSync } from './open-syncs.ts';
import { runDetails, runsTable } from './run-text.ts';

export interface HistoryOptions extends SharedOptions {
  readonly limit: number;
  readonly run?: string | undefined;
}

const maxRuns = 1_000;

export async function showHistory(sync: string, options: HistoryOptions): Promise<void> {
  const open = await openSyncs(options);
  requireSync(open, sync);
  const items = open.table(sync);
  const running = parseRecord((await items.get('state'))?.state?.S).run;
  const ended = await readRuns(items, options.run === undefined ? options.limit : maxRuns);
  const runs = running === undefined ? ended : [running, ...ended];
  if (options.run !== undefined)
    return showRun(sync, options.run, runs, options, (id) => readRejected(items, id));
  showResult(options.json === true, { sync, runs }, () =>
    runs.length === 0 ? `The sync ${sync} has not run yet.` : withLastDetails(runs),
  );
}

/** The numbers of all runs, and what the newest one has to say. */
function withLastDetails(runs: readonly Run[]): string {
  const [newest] = runs;
  return [runsTable(runs), ...(newest === undefined ? [] : runDetails(newest))].join('\n');
}

async function showRun(
  sync: string,
  id: string,
  runs: readonly Run[],
  { json }: SharedOptions,
  rejectedOf: (id: string) => Promise<RejectedKey[]>,
): Promise<void> {
  const run = runs.find((each) => each.id === id || (id.length >= 4 && each.id.startsWith(id)));
  if (run === undefined)
    throw new CliError(
      exitCodes.unknown,
      `The sync ${sync} knows no run of this id: see syncs history ${sync}.`,
    );
  const rejected = await rejectedOf(run.id);
  showResult(json === true, { sync, run, rejected }, () =>
    [runsTable([run]), ...runDetails(run), ...rejectedText(rejected)].join('\n'),
  );
}

function rejectedText(rejected: readonly RejectedKey[]): string[] {
  if (rejected.length === 0) return [];
  const rows = rejected.map(({ row, cursor, key, errors }) => [
    `row ${row}`,
    printable(key ?? '-', 64),
    printable(cursor ?? '-', 40),
    errors.map(({ field, code }) => `${printable(field || '-', 60)} ${code}`).join(', '),
  ]);
  return ['', 'Rejected rows:', table([['row', 'id', 'cursor', 'errors'], ...rows])];
}
