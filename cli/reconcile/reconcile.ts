/** `reconcile`: does everything that came in add up, and does TikTok count what was delivered? */
import { readDepth } from '../../lib/queue/queue-depth.ts';
import { createContext, type DoctorContext } from '../doctor/context.ts';
import { usageError } from '../errors/cli-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import type { CoverageSum, Journal } from '../journal/journal.ts';
import { openStage, type Stage } from '../stage/stage.ts';
import type { SharedOptions } from '../stage/stage-command.ts';
import { hasSandbox } from '../stage/tiktok-api-url.ts';
import { endWith } from '../terminal/io.ts';
import { showResult } from '../terminal/output.ts';
import { untilInterrupted } from '../terminal/until-interrupted.ts';
import { balanceOf } from './balance.ts';
import { comparePixels } from './pixel-counts.ts';
import { reconcileText } from './reconcile-text.ts';
import type { ReconcileReport } from './report.ts';

export interface ReconcileOptions extends SharedOptions {
  readonly days: number;
  readonly destination?: string | undefined;
  /** Milliseconds after which TikTok's count of a day can be relied on. */
  readonly finalAfter?: number | undefined;
}

const dayMs = 86_400_000;
/**
 * TikTok refreshes the events of a pixel every 2 to 4 hours (`/pixel/list/`) and looks at the last 24 hours in its
 * diagnostics. The sandbox counts at once.
 */
const finalAfterMs = dayMs;

/** @param open for tests, which have a journal of their own */
export async function reconcile(options: ReconcileOptions, open?: (stage: Stage) => Promise<Journal>) {
  const stage = openStage(options);
  const nowMs = Date.now();
  const journal = await (open ?? (await import('../journal/open-journal.ts')).openJournal)(stage);
  const report = await untilInterrupted('Stopping …', (signal) =>
    compare({ context: createContext(stage, signal), journal, options, nowMs }),
  );
  showResult(options.json === true, report, () => reconcileText(report));
  endWith(exitCodeOf(report));
}

interface Run {
  readonly context: DoctorContext;
  readonly journal: Journal;
  readonly options: ReconcileOptions;
  readonly nowMs: number;
}

async function compare({ context, journal, options, nowMs }: Run): Promise<ReconcileReport> {
  const { stage, signal } = context;
  const { destinations: all } = await context.settings();
  const { destination } = options;
  const wanted = Object.entries(all).filter(([name]) => (destination ?? name) === name);
  if (wanted.length === 0)
    throw usageError(`--destination: stage ${stage.name} has ${Object.keys(all).join(', ')} only.`);
  const todayMs = Math.floor(nowMs / dayMs) * dayMs;
  const days = Array.from({ length: options.days }, (_, index) =>
    new Date(todayMs - (options.days - 1 - index) * dayMs).toISOString().slice(0, 10),
  );
  const window = { fromMs: Date.parse(days[0] ?? ''), toMs: nowMs };
  const coverage = await journal.coverage(window, signal);
  const lagMs = options.finalAfter ?? ((await hasSandbox(stage)) ? 0 : finalAfterMs);
  const isFinal = (day: string): boolean => Math.min(nowMs, Date.parse(day) + dayMs) + lagMs <= nowMs;
  const pixels = await comparePixels(context, Object.fromEntries(wanted), coverage, { days, isFinal });
  const report = { stage: stage.name, days, pixels };
  if (destination !== undefined) return report;
  const flow = await journal.flow(window, signal);
  return { ...report, balance: balanceOf(flow, deliveredIn(coverage), await waitingIn(stage)) };
}

const deliveredIn = (coverage: readonly CoverageSum[]): number =>
  coverage.reduce((sum, { counts }) => sum + (counts.events ?? 0), 0);

async function waitingIn(stage: Stage): Promise<number> {
  const { visible, inFlight, delayed } = await readDepth(await stage.sqs(), await stage.queueUrl());
  return visible + inFlight + delayed;
}

function exitCodeOf({ balance, pixels }: ReconcileReport): number {
  const comparisons = pixels.flatMap((pixel) => pixel.comparisons);
  if (balance?.verdict === 'lost' || comparisons.some(({ verdict }) => verdict === 'drift'))
    return exitCodes.failed;
  return pixels.some(({ problem }) => problem !== undefined) ? exitCodes.unavailable : exitCodes.ok;
}
