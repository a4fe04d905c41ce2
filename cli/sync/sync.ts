/** Puts a sync together from its options, runs it, and tells the end. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createEventCheck, knownDestinations } from '../check-event.ts';
import { confirmChange } from '../confirm.ts';
import { exitCodes } from '../exit-codes.ts';
import { isWatched, note, showResult, warn } from '../output.ts';
import type { Gateway } from '../post-events.ts';
import { startProgress } from '../progress.ts';
import { openStage, type Stage } from '../stage.ts';
import { untilInterrupted } from '../until-interrupted.ts';
import { dryRun } from './dry-run.ts';
import { loadMapping } from './load-mapping.ts';
import { createLocalTime } from './local-time.ts';
import { lockFile } from './lock-file.ts';
import { openMembers } from './members.ts';
import { openSource } from './open-source.ts';
import { createPreparation } from './prepare-rows.ts';
import { openRejects } from './rejects.ts';
import { createRowIdentifier } from './row-identity.ts';
import { runSync } from './run-sync.ts';
import { keepHeapSmall } from './small-heap.ts';
import { checkSyncOptions, type SyncOptions } from './sync-options.ts';
import { openSyncState } from './sync-state.ts';
import { type SyncReport, syncText, toReport } from './sync-text.ts';
import { tellUnused } from './unused-columns.ts';

export async function sync(input: string | undefined, options: SyncOptions): Promise<void> {
  checkSyncOptions(input, options);
  keepHeapSmall();
  const stage = openStage(options);
  const isDryRun = options.dryRun === true;
  const mapping = await loadMapping(options.map);
  const gateway = isDryRun ? undefined : await openGateway(stage, options);
  const file = stateFile(stage, options);
  const unlock = file === undefined || isDryRun ? () => undefined : lockFile(file);
  try {
    const report = await run({ input, options, stage, mapping, gateway, file });
    showResult(options.json === true, report, () => syncText(report, options.rejects !== undefined));
    process.exitCode = exitCodeOf(report);
  } finally {
    unlock();
  }
}

async function openGateway(stage: Stage, options: SyncOptions): Promise<Gateway> {
  const gateway = { url: await stage.apiUrl(), key: await stage.apiKey() };
  const isLoopback = await stage.isOnThisMachine();
  await confirmChange({
    isLoopback,
    yes: options.yes === true,
    action: `send the rows to stage ${stage.name}`,
  });
  return gateway;
}

interface Parts {
  readonly input: string | undefined;
  readonly options: SyncOptions;
  readonly stage: Stage;
  readonly mapping: Awaited<ReturnType<typeof loadMapping>>;
  /** undefined in a dry run. */
  readonly gateway: Gateway | undefined;
  readonly file: string | undefined;
}

async function run(parts: Parts): Promise<SyncReport> {
  const startedAt = performance.now();
  const { options, gateway } = parts;
  const work = await openWork(parts);
  const total = isWatched() ? await work.source.count() : undefined;
  const progress = startProgress({ unit: 'rows', total });
  const rejects = await openRejects(options.rejects, options);
  let isInterrupted = false;
  const end = await untilInterrupted('Stopping; what is on its way ends first …', async (signal) => {
    signal.addEventListener('abort', () => {
      isInterrupted = true;
    });
    const shared = { ...work, rejects, progress, signal };
    if (gateway === undefined) return dryRun({ ...shared, preview: options.preview });
    const { concurrency, giveUpAfter: giveUpAfterMs } = options;
    return { count: await runSync({ ...shared, gateway, concurrency, giveUpAfterMs }), preview: undefined };
  }).finally(async () => {
    progress.stop();
    await rejects.close();
  });
  const durationMs = performance.now() - startedAt;
  const isDryRun = gateway === undefined;
  const report = toReport(end.count, { mode: options.mode, isDryRun, isInterrupted, durationMs });
  return { ...report, ...(end.preview && { preview: end.preview }) };
}

/** What the run needs, dry or not. */
async function openWork({ input, options, stage, mapping, gateway, file }: Parts) {
  const { audience, cursor } = options;
  const target = targetOf(stage, options);
  const state =
    cursor !== undefined && file !== undefined ? openSyncState({ file, target, column: cursor }) : undefined;
  const members =
    audience !== undefined && file !== undefined
      ? openMembers({ file, audience, target, isReadOnly: gateway === undefined })
      : undefined;
  const hasOtherUrl = (options.url ?? process.env.TIKTOK_EVENTS_URL) !== undefined;
  const prepare = createPreparation({
    mapping,
    check: createEventCheck(knownDestinations(stage.name, hasOtherUrl), Date.now),
    localTime: createLocalTime(options.timezone),
    identifier: createRowIdentifier(Date.now),
    now: Date.now,
    state,
    audience: audience !== undefined && members !== undefined ? { name: audience, members } : undefined,
  });
  return {
    source: await openSource(input, options, state?.from),
    prepare: options.map === undefined ? tellUnused(prepare, options) : prepare,
    state,
    members,
  };
}

/** A state belongs to where its events went. */
const targetOf = (stage: Stage, options: SyncOptions): string =>
  options.url ?? process.env.TIKTOK_EVENTS_URL ?? `stage ${stage.name}`;

/** Members must be remembered even when nobody says where. */
function stateFile(stage: Stage, options: SyncOptions): string | undefined {
  if (options.state !== undefined || options.mode !== 'add') return options.state;
  const folder = process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  const name = encodeURIComponent(`${targetOf(stage, options)} ${options.audience}`);
  const file = join(folder, 'tiktok-events', `${name}.members`);
  if (options.dryRun !== true) note(`Members are remembered in ${file}`);
  return file;
}

function exitCodeOf(report: SyncReport): number {
  if (report.interrupted) return exitCodes.interrupted;
  if (report.not_sent > 0) return exitCodes.unavailable;
  if (report.rejected > 0) return exitCodes.failed;
  if (report.rows === 0) warn('The query gave no rows.');
  return exitCodes.ok;
}
