/** `quality`: adds up the coverage lines of the journal, and shows what would make TikTok match more. */
import { readStage } from '../../lib/config/read-stage.ts';
import { readStageText } from '../../lib/config/stage-file.ts';
import type { Destinations } from '../../lib/events/destination.ts';
import type { Journal } from '../journal/journal.ts';
import { openStage, type Stage } from '../stage/stage.ts';
import type { SharedOptions } from '../stage/stage-command.ts';
import { showResult } from '../terminal/output.ts';
import { untilInterrupted } from '../terminal/until-interrupted.ts';
import { type NamedSources, sourceKind } from './guides.ts';
import { type QualityContext, type QualityRow, qualityRows } from './quality-report.ts';
import { count, estimateNote, rowLines, rowTable, wrapped } from './quality-text.ts';

export interface QualityOptions extends SharedOptions {
  readonly days: number;
  readonly source?: string | undefined;
  readonly event?: string | undefined;
}

const dayMs = 86_400_000;

/** @param open for tests, which have a journal of their own */
export async function quality(options: QualityOptions, open?: (stage: Stage) => Promise<Journal>) {
  const stage = openStage(options);
  const context = await contextOf(stage);
  const journal = await (open ?? (await import('../journal/open-journal.ts')).openJournal)(stage);
  const toMs = Date.now();
  const window = { fromMs: toMs - options.days * dayMs, toMs };
  const sums = await untilInterrupted('Stopping …', (signal) => journal.coverage(window, signal));
  const wanted = sums.filter(
    ({ source, name }) => (options.source ?? source) === source && (options.event ?? name) === name,
  );
  const rows = qualityRows(wanted, context);
  const report = {
    stage: stage.name,
    days: options.days,
    events: rows.reduce((sum, { events }) => sum + events, 0),
    rows,
  };
  showResult(options.json === true, report, () => qualityText(report, options));
}

interface KnownSettings extends NamedSources {
  readonly destinations: Destinations;
}

/** Without the stage file, each destination counts as a web pixel, and the platform of a webhook source is unknown. */
async function contextOf(stage: Stage): Promise<QualityContext> {
  const settings: KnownSettings | undefined =
    (await stage.localSettings()) ??
    (readStageText(stage.name) === undefined ? undefined : readStage(stage.name));
  return {
    eventSourceOf: (destination) => settings?.destinations[destination]?.eventSource ?? 'web',
    kindOf: (source) => sourceKind(source, settings ?? { sources: {} }),
    isDelivered: true,
  };
}

interface Report {
  readonly stage: string;
  readonly days: number;
  readonly events: number;
  readonly rows: readonly QualityRow[];
}

/** Each has about ten lines: the others are in the table, and one command away. */
const maxShown = 5;

function qualityText({ stage, days, events, rows }: Report, { source, event }: QualityOptions): string {
  const period = days === 1 ? 'the last day' : `the last ${days} days`;
  const those = [source && ` of source ${source}`, event && ` named ${event}`].filter(Boolean).join('');
  if (rows.length === 0)
    return wrapped(`Stage ${stage} delivered no events${those} in ${period}.`).join('\n');
  const more = rows.length - maxShown;
  return [
    `Stage ${stage}, ${period}: ${count(events)} events delivered${those}.`,
    '',
    ...rowTable(rows),
    ...rows.slice(0, maxShown).flatMap((row) => ['', ...rowLines(row)]),
    ...(more > 0 ? ['', `The bars of ${more} more are behind --source and --event.`] : []),
    '',
    ...estimateNote,
  ].join('\n');
}
