/** Reads times without an offset: as UTC, or in another time zone. */
import { readIsoTime } from '../events/time/iso-time.ts';
import { plainSpelling } from '../privacy/clean-text.ts';
import { isFieldName } from './field-names.ts';
import type { Row } from './source-row.ts';

/** A date with hyphens, or one before a `T`: other digits can be the number of an order. */
const dateAndTime = /^(?:\d{4}-[\dW-]{3,5}[T ]|\d{4}W?\d{3,4}T)/i;
const dateOnly = /^\d{4}-(?:\d\d-\d\d|W\d\d-\d|\d{3})$/i;

export type LocalTime = ((text: string) => string) & { readonly isUtc: boolean };

/**
 * Times without zone in columns that a mapping may read, as the typed ones of a database are. Columns with the name
 * of a field stay as they are: an id that looks like a time is still an id. In UTC a mapping reads them right by itself.
 */
export function zoned(row: Row, localTime: LocalTime): Row {
  if (localTime.isUtc) return row;
  const entries = Object.entries(row).map(([name, value]) =>
    typeof value === 'string' && !isFieldName(name) ? [name, localTime(value)] : [name, value],
  );
  return Object.fromEntries(entries);
}

/** Reads a time without a zone, in any form of ISO 8601, as one of the zone, and gives it with Z; any other text stays as it is. */
export function createLocalTime(timeZone: string): LocalTime {
  const offsetAt = timeZone === 'UTC' ? () => 0 : createOffset(timeZone);
  const read = (text: string): string => {
    const asUtc = zonelessMs(text);
    if (asUtc === undefined) return text;
    const first = asUtc - offsetAt(asUtc);
    return isoText(asUtc - offsetAt(first));
  };
  return Object.assign(read, { isUtc: timeZone === 'UTC' });
}

/** Milliseconds as if the time were in UTC; undefined for a text that is no time, or says its zone. */
function zonelessMs(text: string): number | undefined {
  const plain = plainSpelling(text);
  if (!dateAndTime.test(plain)) return undefined;
  const written = readIsoTime(plain);
  return typeof written === 'object' && written.offsetMs === undefined ? written.wallMs : undefined;
}

/** The same for a date alone, which is the zone's midnight. */
export const startOfDay = (text: string, localTime: LocalTime): string =>
  dateOnly.test(text) ? localTime(`${text}T00:00`) : text;

/** ISO 8601 in UTC, without a fraction that is zero. */
export const isoText = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');

/** Milliseconds that the zone is ahead of UTC; offsets change on quarters of an hour, so each quarter is asked once. */
function createOffset(timeZone: string): (utcMs: number) => number {
  const quarterMs = 900_000;
  const known = new Map<number, number>();
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (utcMs) => {
    const quarter = Math.floor(utcMs / quarterMs);
    const offset = known.get(quarter) ?? offsetBy(format, quarter * quarterMs);
    if (known.size < 100_000) known.set(quarter, offset);
    return offset;
  };
}

function offsetBy(format: Intl.DateTimeFormat, utcMs: number): number {
  const part = Object.fromEntries(
    format.formatToParts(utcMs).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - utcMs;
}
