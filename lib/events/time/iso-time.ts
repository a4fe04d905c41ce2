/**
 * The grammar of ISO 8601, as databases, warehouses and programming languages write it. A day or an hour that does not
 * exist is never read as a neighboring one.
 */
import { clockMs } from './clock.ts';

/** A time as it is written. Without an offset it names no instant. */
export interface WrittenTime {
  /** The date and the time of day, in milliseconds since 1970 as if they were UTC. */
  readonly wallMs: number;
  /** Milliseconds ahead of UTC; undefined when the text does not say it. */
  readonly offsetMs: number | undefined;
}

const date =
  /(?<year>\d{4})(?<d>-?)(?:(?<month>\d\d)\k<d>(?<day>\d\d)|W(?<week>\d\d)\k<d>(?<weekday>[1-7])|(?<ordinal>\d{3}))/;
const clock = /(?<hour>\d\d)(?:(?<c>:?)(?<minute>\d\d)(?:\k<c>(?<second>\d\d))?)?(?:[.,](?<fraction>\d+))?/;
/** Go adds the name of the zone to its offset, and Java and Temporal add `[Europe/Berlin]`: the offset decides. */
const offset =
  /(?:(?:UTC|GMT)?(?<sign>[+-])(?<offsetHour>\d\d)(?::?(?<offsetMinute>\d\d))?(?: [A-Z]{2,5})?|(?<utc>Z|UTC|GMT))(?:\[[\w/+:=!.-]{1,64}\])*/;
const form = new RegExp(`^${date.source}(?:(?:T| +)${clock.source}(?: *${offset.source})?)?$`, 'i');

/** The form of JavaScript, and of our own messages, on a day that every month has: Date.parse reads it seven times as fast. */
const usual = /^\d{4}-\d\d-(?:0[1-9]|1\d|2[0-8])T\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/;

/** @returns Unix milliseconds of a text in the usual form; undefined for any other text */
export function readUsualTime(text: string): number | undefined {
  const ms = usual.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

/** No form is longer, apart from digits of a second that nobody needs. */
const maxLength = 128;

/**
 * @param text without space around it
 * @returns `impossible` for a form of ISO 8601 whose day or hour does not exist; undefined for any other text
 */
export function readIsoTime(text: string): WrittenTime | 'impossible' | undefined {
  const parts = text.length > maxLength ? undefined : form.exec(text)?.groups;
  if (parts === undefined) return undefined;
  const dayMs = startOfDay(parts);
  const timeMs = clockMs(parts);
  const offsetMs = readOffset(parts);
  if (dayMs === undefined || timeMs === undefined || offsetMs === 'impossible') return 'impossible';
  const wallMs = dayMs + timeMs;
  // A leap second is the last second of a day in UTC.
  const isLeap = parts.second === '60';
  return isLeap && (wallMs - (offsetMs ?? 0)) % msPerDay >= 1000 ? 'impossible' : { wallMs, offsetMs };
}

type Parts = Readonly<Record<string, string | undefined>>;

const msPerDay = 86_400_000;

function startOfDay({ year, month, day, week, weekday, ordinal }: Parts): number | undefined {
  if (week !== undefined) return startOfWeekday(Number(year), Number(week), Number(weekday));
  const [monthIndex, dayOfMonth] =
    ordinal === undefined ? [Number(month) - 1, Number(day)] : [0, Number(ordinal)];
  return utcDay(Number(year), monthIndex, dayOfMonth, ordinal !== undefined);
}

/** Date rolls 30 February over to 2 March, so what it made is compared with what was asked. */
function utcDay(year: number, month: number, day: number, isOrdinal: boolean): number | undefined {
  const made = new Date(0);
  made.setUTCFullYear(year, month, day);
  const isSame = made.getUTCFullYear() === year && (isOrdinal || made.getUTCMonth() === month);
  return isSame && day > 0 ? made.getTime() : undefined;
}

/** The first week of a year is the one with 4 January, and a week belongs to the year of its Thursday. */
function startOfWeekday(year: number, week: number, weekday: number): number | undefined {
  const fourth = new Date(0);
  fourth.setUTCFullYear(year, 0, 4);
  const daysSinceMonday = (fourth.getUTCDay() + 6) % 7;
  const monday = fourth.getTime() + (7 * (week - 1) - daysSinceMonday) * msPerDay;
  const isOfYear = week > 0 && new Date(monday + 3 * msPerDay).getUTCFullYear() === year;
  return isOfYear ? monday + (weekday - 1) * msPerDay : undefined;
}

function readOffset({ utc, sign, offsetHour, offsetMinute = '0' }: Parts): number | 'impossible' | undefined {
  if (utc !== undefined) return 0;
  if (sign === undefined) return undefined;
  const [hours, minutes] = [Number(offsetHour), Number(offsetMinute)];
  if (hours > 23 || minutes > 59) return 'impossible';
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
