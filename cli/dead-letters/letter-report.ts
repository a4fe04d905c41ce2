/** The output of `dead-letters list`: a count by reason, and one line each. Bodies contain personal data and are shown only on request. */
import { durationText } from '../terminal/duration-text.ts';
import { printable, table } from '../terminal/output.ts';
import type { DeadLetter } from './dead-letter.ts';

export interface LetterLine {
  readonly message_id: string;
  readonly reason: string;
  readonly detail: string | null;
  readonly destination: string | null;
  readonly outcome: string;
  readonly failed_at: string;
  readonly age_seconds: number;
  readonly tiktok_request_id: string | null;
  readonly body?: string;
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
  readonly dead_letters: readonly LetterLine[];
}

export function toLine(letter: DeadLetter, nowMs: number, showBody: boolean): LetterLine {
  return {
    message_id: letter.messageId,
    reason: letter.reason,
    detail: letter.detail ?? null,
    destination: letter.destination ?? null,
    outcome: letter.outcome,
    failed_at: new Date(letter.failedAtMs).toISOString(),
    age_seconds: Math.max(0, Math.round((nowMs - letter.failedAtMs) / 1000)),
    tiktok_request_id: letter.requestId ?? null,
    ...(showBody && { body: letter.body }),
  };
}

export function letterText(report: LetterReport): string {
  const { count, complete, oldest_age_seconds: oldest, reasons, dead_letters: lines } = report;
  if (count === 0) return [noneText(report), hiddenText(report.hidden)].filter(Boolean).join('\n');
  const head = `${count} dead letter${count === 1 ? '' : 's'}, the oldest parked ${durationText((oldest ?? 0) * 1000)} ago.`;
  const summary = Object.entries(reasons).map(([reason, number]) => [
    String(number).padStart(7),
    printable(reason),
  ]);
  const more = count - lines.length;
  return [
    complete ? head : `${head} Interrupted: there may be more.`,
    '',
    table(summary),
    '',
    lineTable(lines),
    ...(more > 0 ? [`… and ${more} more: --limit shows them.`] : []),
    ...[hiddenText(report.hidden)].filter((text) => text !== ''),
  ].join('\n');
}

function noneText({ complete, others }: LetterReport): string {
  if (!complete) return 'None seen before the interruption.';
  return others === 0 ? 'No dead letters.' : `No dead letters among those asked for; ${others} others.`;
}

/** @returns nothing when none is hidden */
export const hiddenText = (hidden: number): string =>
  hidden === 0
    ? ''
    : `${hidden} more cannot be seen now: another command is reading them, or one was killed. They show again within 5 minutes.`;

function lineTable(lines: readonly LetterLine[]): string {
  const head = ['AGE', 'REASON', 'DESTINATION', 'OUTCOME', 'DETAIL'];
  const rows = lines.map((line) => [
    durationText(line.age_seconds * 1000),
    printable(line.reason, 40),
    printable(line.destination ?? '-', 40),
    line.outcome,
    printable(line.detail ?? '-'),
  ]);
  const text = table([head, ...rows]).split('\n');
  return [text[0], ...lines.flatMap((line, index) => [text[index + 1], ...bodyOf(line)])].join('\n');
}

const bodyOf = ({ body }: LetterLine): string[] =>
  body === undefined ? [] : [`  ${printable(body, 1_000_000)}`];
