/** A PostgreSQL value, which comes as text, as JSON value: numbers keep their digits, times become ISO 8601. */
import pg from 'pg';
import type { LocalTime } from '../../../../lib/rows/local-time.ts';
import { parseJsonValue } from '../../../../lib/rows/row-json.ts';
import { numberOrDigits } from '../../../../lib/rows/source-row.ts';

type Reader = (text: string) => unknown;

const oid = {
  bool: 16,
  bytea: 17,
  int8: 20,
  int2: 21,
  int4: 23,
  json: 114,
  float4: 700,
  float8: 701,
  timestamp: 1114,
  timestamptz: 1184,
  numeric: 1700,
  jsonb: 3802,
} as const;

/** The published types describe another version of the parser than pg has. */
const arrays = pg.types.arrayParser as unknown as {
  create(text: string, read: (item: string | null) => unknown): { parse(): unknown[] };
};

/** Array types and the type of their elements. */
const elements: ReadonlyMap<number, number> = new Map([
  [1000, oid.bool],
  [1005, oid.int2],
  [1007, oid.int4],
  [1016, oid.int8],
  [1021, oid.float4],
  [1022, oid.float8],
  [1231, oid.numeric],
  [1115, oid.timestamp],
  [1185, oid.timestamptz],
  // text, bpchar, varchar, uuid
  [1009, 25],
  [1014, 25],
  [1015, 25],
  [2951, 25],
]);

/** @returns the reader for a type by its oid; a type that is not known stays text */
export function postgresReader(type: number, localTime: LocalTime): Reader {
  const element = elements.get(type);
  if (element !== undefined) {
    const read = postgresReader(element, localTime);
    return (text) => arrays.create(text, (item) => (item === null ? null : read(item))).parse();
  }
  switch (type) {
    case oid.bool:
      return (text) => text === 't';
    case oid.int2:
    case oid.int4:
    case oid.int8:
    case oid.numeric:
    case oid.float4:
    case oid.float8:
      return numberOrDigits;
    case oid.json:
    case oid.jsonb:
      return parseJsonValue;
    case oid.timestamp:
      return (text) => localTime(withoutIdleFraction(text));
    case oid.timestamptz:
      return (text) => zonedText(text);
    case oid.bytea:
      return (text) => text.replace(/^\\x/, '');
    default:
      return (text) => text;
  }
}

/** `2026-11-22 10:00:00.5+00`, since the session's zone is UTC. */
function zonedText(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)\+00$/.exec(text);
  if (match === null) return text;
  const ms = Date.parse(`${match[1]}T${match[2]}Z`);
  return Number.isNaN(ms) ? text : new Date(ms).toISOString().replace('.000Z', 'Z');
}

const withoutIdleFraction = (text: string): string => text.replace(/\.0+$/, '');
