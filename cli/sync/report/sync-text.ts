/** The summary of a sync, in words and as JSON. */
import type { QualityRow } from '../../quality/quality-report.ts';
import { rowLines } from '../../quality/quality-text.ts';
import { printable, table } from '../../terminal/output.ts';
import { countText, plural } from '../../terminal/plural.ts';
import { deliveryLines } from '../wait/delivery-text.ts';
import type { DeliveryEnd } from '../wait/wait-for-delivery.ts';
import { type ColumnUse, columnLines } from './column-use.ts';
import type { Problem, SyncCount } from './sync-count.ts';

export interface SyncReport {
  readonly mode: string;
  readonly dry_run: boolean;
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly already_sent: number;
  readonly already_added: number;
  readonly filtered: number;
  readonly not_sent: number;
  /** Why, after the last attempt; null when all were sent, or none was tried. */
  readonly not_sent_reason: string | null;
  /** Rows that the cursor does not pass: their time is wrong, or their cursor is later than now. */
  readonly cursor_blocked: number;
  /** The sync stopped because too many events follow a row that blocks the cursor. */
  readonly state_full: boolean;
  readonly interrupted: boolean;
  readonly seconds: number;
  readonly rows_per_second: number;
  readonly problems: readonly Problem[];
  /** What was left out of events that were sent. */
  readonly omissions: readonly Problem[];
  readonly warnings: readonly Problem[];
  /** What TikTok can match in the accepted events, by name. */
  readonly quality: readonly QualityRow[];
  /** With `--wait`: what became of the accepted events. */
  readonly delivery?: DeliveryEnd;
  /** The first events of a dry run. */
  readonly preview?: readonly Readonly<Record<string, unknown>>[];
  /** What a dry run found out about the columns. */
  readonly columns?: readonly ColumnUse[];
}

export interface SyncEnd {
  readonly mode: string;
  readonly isDryRun: boolean;
  readonly isInterrupted: boolean;
  readonly durationMs: number;
}

export function toReport(
  count: SyncCount,
  { mode, isDryRun, isInterrupted, durationMs }: SyncEnd,
): Omit<SyncReport, 'quality'> {
  const { problems, omissions, warnings, ...numbers } = count;
  const seconds = durationMs / 1000;
  return {
    mode,
    dry_run: isDryRun,
    ...numbers,
    interrupted: isInterrupted,
    seconds: Math.round(seconds * 10) / 10,
    rows_per_second: Math.round(count.rows / Math.max(seconds, 0.001)),
    problems: byCount(problems),
    omissions: byCount(omissions),
    warnings: byCount(warnings),
  };
}

const byCount = (kinds: ReadonlyMap<string, Problem>): Problem[] =>
  [...kinds.values()].toSorted((a, b) => b.count - a.count);

function notSentText({ not_sent, not_sent_reason, interrupted }: SyncReport): string | false {
  if (not_sent === 0) return false;
  if (interrupted && not_sent_reason === null) return `${plural(not_sent, 'event')} not sent`;
  const reason = not_sent_reason ?? 'the sync stopped before';
  return `${plural(not_sent, 'event')} not sent: ${reason}. Run the sync again.`;
}

interface Shown {
  readonly hasRejectsFile: boolean;
  readonly stage: string;
}

export function syncText(report: SyncReport, { hasRejectsFile, stage }: Shown): string {
  // A rate of rows that were only read would promise what was not done.
  const isWhole = report.not_sent === 0;
  const did = report.dry_run ? 'would be sent' : 'accepted';
  const lines = [
    ...previewLines(report.preview ?? []),
    ...columnLines(report.columns ?? []),
    `${plural(report.rows, 'row')} read in ${report.seconds} s${isWhole ? ` (${countText(report.rows_per_second)}/s)` : ''}`,
    `${plural(report.accepted, 'event')} ${did}`,
    ...(report.delivery === undefined ? [] : deliveryLines(report.delivery, stage)),
    report.already_sent > 0 && `${countText(report.already_sent)} sent by an earlier run, left out`,
    report.already_added > 0 && `${plural(report.already_added, 'member')} added before, left out`,
    report.filtered > 0 && `${plural(report.filtered, 'row')} left out by the mapping`,
    report.rejected > 0 &&
      `${countText(report.rejected)} rejected${hasRejectsFile ? '' : ' (--rejects FILE keeps them with their errors)'}`,
    notSentText(report),
    blockedText(report.cursor_blocked),
    report.state_full &&
      'Stopped: a state remembers at most 1,000,000 events after such a row. Fix the row or leave it out in the query, then run the sync again.',
    report.interrupted && 'Interrupted: run the same command again to continue.',
    ...problemLines('Problems', report.problems),
    ...problemLines('Omitted', report.omissions),
    ...problemLines('Warnings', report.warnings),
    ...qualityLines(report.quality),
  ];
  return lines.filter((line) => line !== false).join('\n');
}

/** The names beyond this have few events; --json has them all. */
const maxNames = 3;

const qualityLines = (rows: readonly QualityRow[]): string[] => [
  ...rows.slice(0, maxNames).flatMap((row) => ['', ...rowLines(row)]),
  ...(rows.length > 0 ? ["  (The estimate is not TikTok's own: docs/quality.md)"] : []),
];

function problemLines(title: string, problems: readonly Problem[]): string[] {
  if (problems.length === 0) return [];
  const rows = problems.map(({ count, row, field, code, message }) => [
    countText(count).padStart(9),
    `row ${row}`,
    printable(field || 'row', 60),
    code,
    message,
  ]);
  return ['', `${title}, how often and where first:`, table(rows)];
}

const previewLines = (events: readonly object[]): string[] =>
  events.length === 0 ? [] : [...events.map((event) => printable(JSON.stringify(event), 10_000)), ''];

/** Rows with a wrong time, or a cursor later than now. */
function blockedText(rows: number): string | false {
  if (rows === 0) return false;
  const [block, its, it] = rows === 1 ? ['blocks', 'its', 'it'] : ['block', 'their', 'them'];
  return `${plural(rows, 'row')} ${block} the cursor: ${its} time is wrong, or ${its} cursor is later than now. The next sync reads ${it} again, and sends nothing twice.`;
}
