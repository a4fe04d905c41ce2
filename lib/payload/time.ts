/** Reads the times of platforms, databases and warehouses. A time without a zone is in UTC, a date is its midnight. */
import { firstMillisecond, readTime, type TimeReading } from '../events/time/read-time.ts';
import { plainSpelling } from '../privacy/clean-text.ts';
import { isAbsent } from '../schema/is-absent.ts';

/** `absent` is a value that says "no time": null, blank text, or the zero date of MySQL, Go or .NET. */
export type PlatformTime = { readonly seconds: number } | { readonly problem: string } | 'absent';

/** @returns whole Unix seconds; undefined without a time, or when it cannot be read */
export function asUnixSeconds(value: unknown): number | undefined {
  const reading = readPlatformTime(value);
  return typeof reading === 'object' && 'seconds' in reading ? reading.seconds : undefined;
}

/** @returns the time, `absent`, or what is wrong with a value that is there: one is never taken for the other */
export function readPlatformTime(value: unknown): PlatformTime {
  if (isAbsent(value)) return 'absent';
  if (typeof value === 'number') return afterTheEpoch(readTime(value, 'utc'));
  if (typeof value !== 'string') return { problem: 'expected a text or a number' };
  const text = plainSpelling(value);
  return zeroDate.test(text) ? 'absent' : afterTheEpoch(readNamedMonth(text) ?? readTime(text, 'utc'));
}

const zeroDate =
  /^(?:0000-00-00|0001-01-01)(?:[T ]00:00(?::00(?:\.0{1,9})?)?)?(?: ?(?:Z|UTC|\+00(?::?00)?(?: UTC)?))?$/i;

/** Greater numbers are milliseconds to the reader of an event, and 31 December 9999 would become a day in 1978. */
const lastSecond = firstMillisecond - 1;

/** Nobody bought anything in 1970, and a 0 often stands for "none": neither is a time to send. */
function afterTheEpoch(reading: TimeReading): PlatformTime {
  if ('problem' in reading) return reading;
  const seconds = Math.min(Math.floor(reading.ms / 1000), lastSecond);
  return seconds > 0 ? { seconds } : { problem: 'expected a time after 1970' };
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const comment = / ?(?:\([^()]{1,60}\))?/;
const clock = /(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d))?/;
/** RFC 2822, such as `Tue, 20 Nov 2026 00:00:00 +0000`; the zone is required. */
const internetDate = new RegExp(
  `^(?:[A-Z]{3},? )?(?<day>\\d{1,2}) (?<month>[A-Z]{3}) (?<year>\\d{4}) ${clock.source} (?:(?<offset>[+-]\\d{4})|GMT|UTC|UT|Z)${comment.source}$`,
  'i',
);
/** The form of JavaScript's `Date.toString()`, which Salla sends too: `Fri Nov 20 2026 15:00:00 GMT+0300`. */
const scriptDate = new RegExp(
  `^[A-Z]{3} (?<month>[A-Z]{3}) (?<day>\\d{1,2}) (?<year>\\d{4}) ${clock.source} GMT(?<offset>[+-]\\d{4})${comment.source}$`,
  'i',
);

/** Both forms are rewritten to ISO 8601, so that a day which does not exist is no time here either. */
function readNamedMonth(text: string): TimeReading | undefined {
  const parts = text.length > 128 ? undefined : (internetDate.exec(text) ?? scriptDate.exec(text))?.groups;
  if (parts === undefined) return undefined;
  const { year, month = '', day = '', hour, minute, second = '00', offset = 'Z' } = parts;
  const monthNumber = String(months.indexOf(month.toLowerCase()) + 1).padStart(2, '0');
  return readTime(`${year}-${monthNumber}-${day.padStart(2, '0')}T${hour}:${minute}:${second}${offset}`);
}
