/** Puts a sync together from its options, runs it, and reports the result. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { serviceName } from '../../lib/config/names.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import type { Gateway } from '../gateway/post-events.ts';
import { openStage, type Stage } from '../stage/stage.ts';
import { confirmChange } from '../terminal/confirm.ts';
import { endWith, terminal } from '../terminal/io.ts';
import { isWatched, note, showResult, warn } from '../terminal/output.ts';
import { startProgress } from '../terminal/progress.ts';
import { untilInterrupted } from '../terminal/until-interrupted.ts';
import { withModelQuery } from './dbt/query.ts';
import { loadMapping } from './events/load-mapping.ts';
import { openWork, type Parts } from './open-work.ts';
import { checkSyncOptions, type SyncOptions } from './options.ts';
import { openRejects } from './report/rejects.ts';
import { type SyncReport, syncText, toReport } from './report/sync-text.ts';
import { keepHeapSmall } from './rows/small-heap.ts';
import { dryRun } from './send/dry-run.ts';
import { runSync } from './send/run-sync.ts';
import { lockFile } from './state/lock-file.ts';
import { deliveryExitCode, followRun } from './wait/follow-run.ts';
import { createFollowed } from './wait/followed.ts';

export async function sync(input: string | undefined, given: SyncOptions): Promise<void> {
  const options = await withModelQuery(given);
  checkSyncOptions(input, options);
  keepHeapSmall();
  const stage = openStage(options);
  const isDryRun = options.dryRun === true;
  const mapping = await loadMapping(options);
  const gateway = isDryRun ? undefined : await openGateway(stage, options);
  const file = stateFile(stage, options);
  const unlock = file === undefined || isDryRun ? () => undefined : lockFile(file);
  try {
    const report = await run({ input, options, stage, mapping, gateway, file });
    const shown = { hasRejectsFile: options.rejects !== undefined, stage: stage.name };
    showResult(options.json === true, report, () => syncText(report, shown));
    endWith(exitCodeOf(report));
  } finally {
    unlock();
  }
}

async function openGateway(stage: Stage, options: SyncOptions): Promise<Gateway> {
  const isStrict = options.strict === true;
  const gateway = { url: await stage.apiUrl(), key: await stage.apiKey(), isStrict };
  const isLoopback = await stage.isOnThisMachine();
  await confirmChange({
    isLoopback,
    yes: options.yes === true,
    action: `send the rows to stage ${stage.name}`,
  });
  return gateway;
}

async function run(parts: Parts): Promise<SyncReport> {
  const [startedAt, startedAtMs] = [performance.now(), Date.now()];
  const { options, gateway, stage } = parts;
  const followed = options.wait === undefined ? undefined : createFollowed();
  const work = await openWork(parts);
  const total = isWatched() ? await work.source.count() : undefined;
  const progress = startProgress({ unit: 'row', total });
  const rejects = await openRejects(options.rejects, options);
  let isInterrupted = false;
  const end = await untilInterrupted('Stopping; what is on its way ends first …', async (signal) => {
    signal.addEventListener('abort', () => {
      isInterrupted = true;
    });
    const shared = { ...work, rejects, followed, progress, signal };
    if (gateway === undefined) return dryRun({ ...shared, preview: options.preview });
    const { concurrency, giveUpAfter: giveUpAfterMs } = options;
    return { count: await runSync({ ...shared, gateway, concurrency, giveUpAfterMs }) };
  }).finally(async () => {
    progress.stop();
    await rejects.close();
  });
  const durationMs = performance.now() - startedAt;
  const isDryRun = gateway === undefined;
  const report = toReport(end.count, { mode: options.mode, isDryRun, isInterrupted, durationMs });
  const { count: _, ...shown } = end;
  const result = { ...report, quality: work.quality.rows(), ...shown };
  if (followed === undefined || isInterrupted || report.not_sent > 0) return result;
  const delivery = await followRun(stage, { followed, startedAtMs, waitMs: options.wait ?? 0 });
  return { ...result, delivery };
}

/** Members must be remembered even without --state. */
function stateFile(stage: Stage, options: SyncOptions): string | undefined {
  if (options.state !== undefined || options.mode !== 'add') return options.state;
  const folder = terminal().env.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  const name = encodeURIComponent(`${stage.target} ${options.audience}`);
  const file = join(folder, serviceName, `${name}.members`);
  if (options.dryRun !== true) note(`Members are remembered in ${file}`);
  return file;
}

function exitCodeOf(report: SyncReport): number {
  if (report.interrupted) return exitCodes.interrupted;
  if (report.not_sent > 0) return exitCodes.unavailable;
  if (report.rejected > 0 || report.cursor_blocked > 0) return exitCodes.failed;
  if (report.rows === 0) warn('The query gave no rows.');
  return report.delivery === undefined ? exitCodes.ok : deliveryExitCode(report.delivery);
}
