/**
 * Finds a cursor that is later than now: a sync that continued from the year 9999 would never read a row again. A text
 * counts as a time by its form. A number counts as one only if its column is named like a time, because an id has no "now".
 */
import { maxAheadSeconds } from '../events/fields/parsers/time.ts';
import type { FieldIssue } from '../events/issue.ts';
import { readIsoTime } from '../events/time/iso-time.ts';
import type { LocalTime } from './local-time.ts';

export interface CursorColumn {
  readonly column: string;
  readonly now: () => number;
  /** Reads a time without a zone. */
  readonly localTime: LocalTime;
}

/** @returns the problem of a cursor that is later than now; undefined for any other. It names the column, not the value. */
export type CursorFault = (cursor: string) => FieldIssue | undefined;

const marginMs = maxAheadSeconds * 1000;

export function createCursorFault({ column, now, localTime }: CursorColumn): CursorFault {
  const isLaterNumber = isTimeName(column) ? createNumberJudge(localTime) : () => false;
  const fault: FieldIssue = {
    field: column,
    code: 'cursor_in_future',
    message:
      'the cursor is later than now: fix it, or leave the row out in the query. A time without a zone is in UTC or --timezone',
  };
  return (cursor) => {
    const text = cursor.trim();
    const latestMs = now() + marginMs;
    const isAhead =
      greatest.test(text) || isLaterText(text, latestMs, localTime) || isLaterNumber(text, latestMs);
    return isAhead ? fault : undefined;
  };
}

/** What databases sort behind all other values. */
const greatest = /^(?:infinity|Infinity|inf|nan|NaN)$/;

/** A date with a month and a day, and whatever follows; databases know years of five and six digits too. */
const dateForm = /^\+?(?<moreDigits>\d{0,2})(?<time>\d{4}(?:[-/]\d\d[-/]|\d{4}T).*)$/i;

/** @returns whether the text is a date or a time that is later */
function isLaterText(text: string, latestMs: number, localTime: LocalTime): boolean {
  const { moreDigits, time } = dateForm.exec(text)?.groups ?? {};
  if (time === undefined) return false;
  const iso = time.replaceAll('/', '-');
  return moreDigits === '' ? isLater(iso, latestMs, localTime) : readIsoTime(iso) !== undefined;
}

/** @param iso a text that is no time is not later */
function isLater(iso: string, latestMs: number, localTime: LocalTime): boolean {
  const written = readIsoTime(iso);
  if (written === undefined) return false;
  if (written === 'impossible') return Date.UTC(Number(iso.slice(0, 4))) > latestMs;
  const { wallMs, offsetMs } = written;
  if (offsetMs !== undefined) return wallMs - offsetMs > latestMs;
  // Most rows are older than any zone can matter, and a zone takes longer to find out than all else.
  if (wallMs + twoDaysMs < latestMs) return false;
  return Date.parse(localTime(new Date(wallMs).toISOString().replace('Z', ''))) > latestMs;
}

const twoDaysMs = 2 * 86_400_000;

/** `updated_at`, `createdAt`, `ts`, `order_date`; but not `update_id`. */
function isTimeName(column: string): boolean {
  const name = column.replaceAll(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
  const isCounter = /(?:id|no|nr|num|number|seq|sequence|version|count|counter)$/.test(name);
  return (
    !isCounter && /time|date|stamp|created|modified|changed|epoch|unix|(?:^|_)(?:at|ts|day)(?:$|_)/.test(name)
  );
}

const numberForm = /^\d{1,20}(?:\.\d+)?(?:e\+?\d{1,2})?$/i;
/** How many seconds, milliseconds, microseconds or nanoseconds are a second. */
const units = [1, 1e3, 1e6, 1e9];
const year2000 = 946_684_800;
/** A month, a day, or a day with a time, such as 20261126 and 20261126101500. */
const calendarForm =
  /^((?:19|[2-9]\d)\d\d)(0[1-9]|1[0-2])(?:(0[1-9]|[12]\d|3[01])(?:([01]\d|2[0-3])(?:([0-5]\d)(?:([0-5]\d)(?:\d{3})?)?)?)?)?$/;

/** Excel counts days. These are the first one of 2000, 1970 and the last one, 31 December 9999; as Unix seconds, all are of 1970. */
const serialOf2000 = 36_526;
const serialOf1970 = 25_569;
const lastSerial = 2_958_465;

/**
 * A number is a sound time if it is between 2000 and now in one of the units, or is earlier. Between two units there is a
 * gap of centuries. The numbers of one column have one unit, so a jump to a finer unit is a jump into the future.
 */
function createNumberJudge(localTime: LocalTime): (text: string, latestMs: number) => boolean {
  const isLaterSerial = createSerialJudge();
  let known = Number.POSITIVE_INFINITY;
  return (text, latestMs) => {
    if (!numberForm.test(text)) return false;
    const value = Number(text);
    const unit = units.find((size) => value >= year2000 * size && value <= (latestMs / 1000) * size);
    if (unit !== undefined) {
      known = Math.min(known, unit);
      return unit > known;
    }
    const [, year, month = '', date = '01', hour = '00', minute = '00', second = '00'] =
      calendarForm.exec(text) ?? [];
    if (year === undefined) return value >= year2000 || isLaterSerial(value, latestMs);
    return isLater(`${year}-${month}-${date}T${hour}:${minute}:${second}`, latestMs, localTime);
  };
}

/** A number counts as a day of Excel if an earlier one was a day between 2000 and now, or if it is Excel's last day. */
function createSerialJudge(): (value: number, latestMs: number) => boolean {
  let isSerial = false;
  return (value, latestMs) => {
    if (value < serialOf2000 || value >= lastSerial + 1) return false;
    const isLater = (value - serialOf1970) * 86_400_000 > latestMs;
    if (!isLater) isSerial = true;
    return isLater && (isSerial || value >= lastSerial);
  };
}
