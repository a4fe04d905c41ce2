/** DuckDB's text of a value as JSON value: numbers keep their digits, times become ISO 8601, blobs hex. */
import { type DuckDBType, DuckDBTypeId } from '@duckdb/node-api';
import type { LocalTime } from '../../../../lib/rows/local-time.ts';
import { numberOrDigits } from '../../../../lib/rows/source-row.ts';

type TextReader = (text: string) => unknown;

/** @returns the reader for a type that is no list or object; undefined for a type that stays text */
export function textReader({ typeId }: DuckDBType, localTime: LocalTime): TextReader | undefined {
  switch (typeId) {
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.UBIGINT:
    case DuckDBTypeId.HUGEINT:
    case DuckDBTypeId.UHUGEINT:
    case DuckDBTypeId.BIGNUM:
    case DuckDBTypeId.DECIMAL:
      return exactNumber;
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
      return floatNumber;
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_S:
    case DuckDBTypeId.TIMESTAMP_MS:
    case DuckDBTypeId.TIMESTAMP_NS:
      return timeReader(localTime.isUtc ? inUtc : localTime);
    case DuckDBTypeId.TIMESTAMP_TZ:
      return timeReader(inUtc);
    case DuckDBTypeId.BLOB:
      return hexText;
    default:
      return undefined;
  }
}

/** Up to 15 characters of digits always fit, and are most ids. */
const exactNumber: TextReader = (text) => (text.length <= 15 ? Number(text) : numberOrDigits(text));

/** DuckDB writes the shortest text that gives the same value, also of a FLOAT: 19.99, and not 19.989999771118164. */
const floatNumber: TextReader = (text) => notFinite.get(text) ?? Number(text);

const notFinite: ReadonlyMap<string, number> = new Map([
  ['inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['nan', Number.NaN],
]);

/** `2026-11-22 10:00:00.25`, with `+00` for a time with zone, since the session's zone is UTC. */
const time = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:\+00)?$/;

/** With milliseconds at most. Infinity, and years of five digits or before the first, stay as DuckDB writes them. */
function zonelessText(text: string): string | undefined {
  const [, date, clock, fraction = ''] = time.exec(text) ?? [];
  if (date === undefined) return undefined;
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  return `${date}T${clock}${milliseconds === '000' ? '' : `.${milliseconds}`}`;
}

const inUtc = (text: string): string => `${text}Z`;

const timeReader =
  (localTime: (text: string) => string): TextReader =>
  (text) => {
    const zoneless = zonelessText(text);
    return zoneless === undefined ? text : localTime(zoneless);
  };

const escaped = /\\x([0-9A-F]{2})|./gs;

/** `\xFFabc`: all but printable ASCII is escaped. */
const hexText: TextReader = (text) =>
  text.replace(escaped, (character, hex?: string) =>
    (hex ?? character.charCodeAt(0).toString(16)).toLowerCase(),
  );
