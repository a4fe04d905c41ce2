/** A DuckDB value as JSON value: integers and decimals keep their digits, times become ISO 8601, blobs hex. */
import {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  DuckDBUnionValue,
} from '@duckdb/node-api';
import { isoText, type LocalTime } from '../local-time.ts';
import { parseJsonValue } from '../parse-json.ts';
import { numberOrDigits } from '../source-row.ts';

export type DuckDbReader = (value: unknown) => unknown;

/** @returns the reader for one column; `localTime` reads times without zone */
export function readerOf(type: DuckDBType, localTime: LocalTime): DuckDbReader {
  if (type.typeId === DuckDBTypeId.FLOAT)
    return (value) => (typeof value === 'number' ? shortFloat(value) : value);
  if (type.alias === 'JSON') return (value) => (typeof value === 'string' ? parseJsonValue(value) : value);
  return (value) => fromDuckDb(value, localTime);
}

function fromDuckDb(value: unknown, localTime: LocalTime): unknown {
  if (typeof value === 'bigint') return numberOrDigits(value.toString());
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof DuckDBDecimalValue) return numberOrDigits(value.toString());
  if (value instanceof DuckDBDateValue) return dateText(value);
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString('hex');
  const ms = millisecondsOf(value);
  if (ms !== undefined) return timeText(ms, value, localTime);
  return fromNested(value, localTime);
}

function fromNested(value: object, localTime: LocalTime): unknown {
  const read = (inner: unknown) => fromDuckDb(inner, localTime);
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) return value.items.map(read);
  if (value instanceof DuckDBStructValue)
    return Object.fromEntries(Object.entries(value.entries).map(([name, inner]) => [name, read(inner)]));
  if (value instanceof DuckDBMapValue)
    return Object.fromEntries(value.entries.map(({ key, value: inner }) => [String(read(key)), read(inner)]));
  if (value instanceof DuckDBUnionValue) return read(value.value);
  return String(value);
}

function millisecondsOf(value: object): number | undefined {
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue)
    return Number(value.micros / 1000n);
  if (value instanceof DuckDBTimestampSecondsValue) return Number(value.seconds) * 1000;
  if (value instanceof DuckDBTimestampMillisecondsValue) return Number(value.millis);
  if (value instanceof DuckDBTimestampNanosecondsValue) return Number(value.nanos / 1_000_000n);
  return undefined;
}

/** The farthest that a Date reaches; DuckDB's infinity lies beyond. */
const maxMs = 8.64e15;

function timeText(ms: number, value: object, localTime: LocalTime): string {
  if (Math.abs(ms) > maxMs) return String(value);
  const text = isoText(ms);
  return value instanceof DuckDBTimestampTZValue ? text : localTime(text.slice(0, -1));
}

function dateText(value: DuckDBDateValue): string {
  const ms = value.days * 86_400_000;
  return Math.abs(ms) > maxMs ? String(value) : new Date(ms).toISOString().slice(0, 10);
}

/** 19.99 as FLOAT arrives as 19.989999771118164: the shortest decimal that is the same FLOAT is what was meant. */
function shortFloat(value: number): number {
  for (let digits = 6; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}
