/** `syncs run`: starts a run now, and waits for its end. */
import { setTimeout as pause } from 'node:timers/promises';
import { readRuns } from '../../lib/sync/state/history.ts';
import { leaseMs } from '../../lib/sync/state/lock.ts';
import { parseRecord, type Run } from '../../lib/sync/state/record.ts';
import { CliError } from '../errors/cli-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import type { SharedOptions } from '../stage/stage-command.ts';
import { endWith } from '../terminal/io.ts';
import { showResult } from '../terminal/output.ts';
import { startProgress } from '../terminal/progress.ts';
import { untilInterrupted } from '../terminal/until-interrupted.ts';
import { type OpenSyncs, openToChange } from './open-syncs.ts';
import { runDetails, runsTable } from './run-text.ts';

export interface RunOptions extends SharedOptions {
  /** False to start the run only. */
  readonly wait: boolean;
}

export async function runNow(sync: string, options: RunOptions): Promise<void> {
  const open = await openToChange(sync, options, 'run');
  const before = await lookAt(open, sync);
  await open.start(sync);
  if (!options.wait)
    return showResult(options.json === true, { sync, started: true }, () => `Started ${sync}.`);
  const run = await untilInterrupted('The run goes on; see syncs history.', (signal) =>
    waitForEnd(open, sync, before.last, signal),
  );
  if (run === undefined) return endWith(exitCodes.interrupted);
  showResult(options.json === true, { sync, run }, () => [runsTable([run]), ...runDetails(run)].join('\n'));
  if (run.status === 'failed' || run.rejected > 0 || run.cursor_blocked > 0) endWith(exitCodes.failed);
}

interface Look {
  /** Id of the last run that ended. */
  readonly last: string | undefined;
  readonly running: Run | undefined;
  /** When the lock of a run ends that nobody renews; undefined without a lock. */
  readonly lockedUntilMs: number | undefined;
}

async function lookAt(open: OpenSyncs, sync: string): Promise<Look> {
  const item = await open.table(sync).get('state');
  const { run, last_run } = parseRecord(item?.state?.S);
  const until = item?.lease_until?.N;
  return { last: last_run?.id, running: run, lockedUntilMs: until === undefined ? undefined : Number(until) };
}

const pollMs = 1_000;
/** Lambda starts a function within seconds, or after the lock of a killed run has ended. */
const startWithinMs = leaseMs + 60_000;

/** @returns the run that ended; undefined after Ctrl-C */
async function waitForEnd(
  open: OpenSyncs,
  sync: string,
  lastBefore: string | undefined,
  signal: AbortSignal,
): Promise<Run | undefined> {
  const progress = startProgress({ unit: 'row', total: undefined });
  const startedMs = Date.now();
  let hasStarted = false;
  try {
    for (;;) {
      const { last, running, lockedUntilMs } = await lookAt(open, sync);
      if (last !== undefined && last !== lastBefore) return (await readRuns(open.table(sync), 1))[0];
      hasStarted ||= lockedUntilMs !== undefined && lockedUntilMs > Date.now();
      progress.update(running?.rows ?? 0);
      if (!hasStarted && Date.now() - startedMs > startWithinMs)
        throw new CliError(exitCodes.unknown, 'The run has not started: see the log of the function sync.');
      await pause(open.isLocal ? pollMs / 5 : pollMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return undefined;
    }
  } finally {
    progress.stop();
  }
}
