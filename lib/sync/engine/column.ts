/**
 * Athena's types: how a column is selected so that its text is exact, and how that text becomes a value. Athena writes lists
 * and objects in a form that cannot be read back (`{a=b, c=d}`), and bytes and zones in forms of its own
 * (https://docs.aws.amazon.com/athena/latest/ug/data-types.html), so the query turns these into JSON, hexadecimal and ISO 8601.
 */
import type { LocalTime } from '../../rows/local-time.ts';
import { parseJsonValue } from '../../rows/row-json.ts';
import { numberOrDigits } from '../../rows/source-row.ts';
import type { ResultColumn } from './athena.ts';
import { quoteName, quoteText } from './sql.ts';

interface Kind {
  /** The expression that gives the exact text, without an alias. */
  readonly select: (name: string) => string;
  readonly read: (text: string, localTime: LocalTime) => unknown;
  /** The literal of a cursor's text; undefined for types that cannot be a cursor. */
  readonly literal?: (text: string) => string;
  /** The text of a cursor; by default `cast(… as varchar)`. */
  readonly cursor?: (name: string) => string;
}

const plain = (name: string): string => name;
const whole: Kind = { select: plain, read: numberOrDigits, literal: (text) => text };
const real: Kind = { select: plain, read: numberOf, literal: (text) => `DOUBLE ${quoteText(text)}` };
const text: Kind = { select: plain, read: (value) => value, literal: quoteText };
const nested: Kind = { select: (name) => `json_format(cast(${name} as json))`, read: parseJsonValue };

const kinds: Readonly<Record<string, Kind>> = {
  tinyint: whole,
  smallint: whole,
  integer: whole,
  int: whole,
  bigint: whole,
  decimal: { select: plain, read: numberOrDigits, literal: (value) => `DECIMAL ${quoteText(value)}` },
  real,
  float: real,
  double: real,
  boolean: { select: plain, read: (value) => value === 'true' },
  date: { select: plain, read: (value) => value, literal: (value) => `DATE ${quoteText(value)}` },
  timestamp: {
    select: plain,
    read: (value, localTime) => localTime(value),
    literal: (value) => `TIMESTAMP ${quoteText(value)}`,
  },
  'timestamp with time zone': {
    select: (name) => `to_iso8601(${name})`,
    read: (value) => value,
    literal: (value) => `from_iso8601_timestamp(${quoteText(value)})`,
    cursor: (name) => `to_iso8601(${name})`,
  },
  varbinary: { select: (name) => `lower(to_hex(${name}))`, read: (value) => value },
  json: { select: (name) => `json_format(${name})`, read: parseJsonValue },
  array: nested,
  map: nested,
  row: nested,
  struct: nested,
};

/** `Infinity` and `NaN` stay text, which no numeric field takes: the row says so. */
function numberOf(value: string): number | string {
  const number = Number(value);
  return Number.isFinite(number) ? number : value;
}

/** Other types, such as varchar, char, time, interval, uuid and ipaddress, are read as their text. */
export const kindOf = ({ type }: ResultColumn): Kind => kinds[baseType(type)] ?? text;

/** `decimal(10,2)` and `array(bigint)` are named with what they hold, and times with their precision. */
function baseType(type: string): string {
  const lower = type.toLowerCase().trim();
  if (lower.startsWith('timestamp'))
    return lower.endsWith('with time zone') ? 'timestamp with time zone' : 'timestamp';
  return lower.replace(/[(<].*$/, '').trim();
}

/** A select list whose results are exact. */
export const selectColumns = (columns: readonly ResultColumn[]): string =>
  columns
    .map((column) => {
      const name = quoteName(column.name);
      const select = kindOf(column).select(`source_rows.${name}`);
      return `${select} as ${name}`;
    })
    .join(', ');

/** The text of a cursor of any type. */
export function cursorText(column: ResultColumn): string {
  const name = `source_rows.${quoteName(column.name)}`;
  return kindOf(column).cursor?.(name) ?? `cast(${name} as varchar)`;
}
