/** The output of `dead-letters list`: one line a letter, then a count by reason. Bodies contain personal data and are shown only on request. */
import { durationText } from '../terminal/duration-text.ts';
import { sortableTime, timeZone } from '../terminal/local-time.ts';
import { printable, table } from '../terminal/output.ts';
import { plural } from '../terminal/plural.ts';
import type { DeadLetter } from './dead-letter.ts';
import { explain } from './explain-letter.ts';
import { factsOf } from './letter-facts.ts';

export interface LetterLine {
  readonly message_id: string;
  /** The fingerprint of the event. */
  readonly event: string | null;
  /** `custom` for a name that TikTok does not know. */
  readonly event_name: string | null;
  readonly source: string | null;
  readonly destination: string | null;
  readonly reason: string;
  readonly detail: string | null;
  /** Reason and detail in words. */
  readonly text: string;
  readonly outcome: string;
  readonly failed_at: string;
  readonly age_seconds: number;
  readonly replays: number;
  readonly replayed_at: string | null;
  readonly tiktok_request_id: string | null;
  readonly body?: string;
}

/** A line, and what only the operator's own screen shows. */
export interface ListedLine {
  readonly line: LetterLine;
  readonly eventId: string | undefined;
  readonly name: string | undefined;
}

export interface LetterReport {
  readonly count: number;
  /** Letters outside the filter. */
  readonly others: number;
  /** Hidden when this command started: another command is reading them, or one was killed. */
  readonly hidden: number;
  /** False when the command was interrupted, so there may be more. */
  readonly complete: boolean;
  readonly oldest_age_seconds: number | null;
  readonly reasons: Readonly<Record<string, number>>;
}

export function toLine(letter: DeadLetter, nowMs: number, showBody: boolean): ListedLine {
  const { replay, failedAtMs } = letter;
  const { event, eventId, name, loggableName, source } = factsOf(letter);
  const line = {
    message_id: letter.messageId,
    event: event ?? null,
    event_name: loggableName ?? null,
    source: source ?? null,
    destination: letter.destination ?? null,
    reason: letter.reason,
    detail: letter.detail ?? null,
    text: explain(letter).meaning,
    outcome: letter.outcome,
    failed_at: new Date(failedAtMs).toISOString(),
    age_seconds: Math.max(0, Math.round((nowMs - failedAtMs) / 1000)),
    replays: replay?.count ?? 0,
    replayed_at: replay === undefined ? null : new Date(replay.atMs).toISOString(),
    tiktok_request_id: letter.requestId ?? null,
    ...(showBody && { body: letter.body }),
  };
  return { line, eventId, name };
}

/** @param isOwnScreen shows event ids and names as their sender wrote them, which can be personal */
export function letterText(report: LetterReport, lines: readonly ListedLine[], isOwnScreen: boolean): string {
  const { count, complete, oldest_age_seconds: oldest, reasons } = report;
  if (count === 0) return [noneText(report), hiddenText(report.hidden)].filter(Boolean).join('\n');
  const head = `${plural(count, 'dead letter')}, the oldest parked ${durationText((oldest ?? 0) * 1000)} ago.`;
  const more = count - lines.length;
  return [
    complete ? head : `${head} Interrupted: there may be more.`,
    '',
    lineTable(lines, isOwnScreen),
    ...(more > 0 ? [`… and ${more} more: --limit shows them.`] : []),
    '',
    ...Object.entries(reasons).map(totalText),
    ...[hiddenText(report.hidden)].filter((text) => text !== ''),
  ].join('\n');
}

const totalText = ([reason, count]: readonly [string, number]): string =>
  `${String(count).padStart(7)}  ${printable(reason)}: ${explain({ reason, detail: undefined }).remedy}`;

function noneText({ complete, others }: LetterReport): string {
  if (!complete) return 'None seen before the interruption.';
  return others === 0 ? 'No dead letters.' : `No dead letters among those asked for; ${others} others.`;
}

/** @returns nothing when none is hidden */
export const hiddenText = (hidden: number): string =>
  hidden === 0
    ? ''
    : `${hidden} more cannot be seen now: another command is reading them, or one was killed. They show again within 5 minutes.`;

function lineTable(lines: readonly ListedLine[], isOwnScreen: boolean): string {
  const ids = isOwnScreen ? ['EVENT ID'] : [];
  const head = [`PARKED (${timeZone()})`, 'EVENT', ...ids, 'FINGERPRINT', 'SOURCE', 'DESTINATION'];
  const rows = lines.map(({ line, eventId, name }) => [
    sortableTime(Date.parse(line.failed_at)),
    printable((isOwnScreen ? name : line.event_name) ?? '-', 24),
    ...(isOwnScreen ? [printable(eventId ?? '-', 36)] : []),
    line.event ?? '-',
    printable(line.source ?? '-', 24),
    printable(line.destination ?? '-', 24),
    printable(line.reason, 40),
    line.outcome,
    line.replays === 0 ? '-' : `${line.replays}×`,
    line.text,
  ]);
  const text = table([[...head, 'REASON', 'OUTCOME', 'REPLAYED', 'IN WORDS'], ...rows]).split('\n');
  return [text[0], ...lines.flatMap(({ line }, index) => [text[index + 1], ...bodyOf(line)])].join('\n');
}

const bodyOf = ({ body }: LetterLine): string[] =>
  body === undefined ? [] : [`  ${printable(body, 1_000_000)}`];
