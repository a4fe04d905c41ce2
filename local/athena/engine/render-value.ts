/** DuckDB's values as Athena shows them. */
import {
  DuckDBArrayValue,
  DuckDBBlobValue,
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
  type DuckDBValue,
} from '@duckdb/node-api';

/** @returns null for NULL */
export function renderValue(value: DuckDBValue, type: DuckDBType): string | null {
  if (value === null) return null;
  if (typeof value === 'number')
    return type.typeId === DuckDBTypeId.DOUBLE
      ? javaDouble(value, String(value))
      : type.typeId === DuckDBTypeId.FLOAT
        ? javaDouble(value, shortestFloat(value))
        : String(value);
  if (value instanceof DuckDBBlobValue) return hex(value.bytes);
  return timestampOf(value) ?? nested(value, type) ?? String(value);
}

/** Values inside others are not quoted, and NULL is `null`. */
function nested(value: DuckDBValue, type: DuckDBType): string | undefined {
  const text = (inner: DuckDBValue, innerType: DuckDBType) => renderValue(inner, innerType) ?? 'null';
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) {
    const innerType = 'valueType' in type ? type.valueType : type;
    return `[${value.items.map((item) => text(item, innerType)).join(', ')}]`;
  }
  if (value instanceof DuckDBMapValue && 'keyType' in type) {
    const entries = value.entries.map(({ key, value: inner }) => [
      text(key, type.keyType),
      text(inner, type.valueType),
    ]);
    return `{${entries
      .sort(byKey)
      .map(([key, inner]) => `${key}=${inner}`)
      .join(', ')}}`;
  }
  if (value instanceof DuckDBStructValue && 'entryNames' in type) {
    const fields = type.entryNames.map(
      (name, index) => `${name}=${text(value.entries[name] ?? null, type.entryTypes[index] ?? type)}`,
    );
    return `{${fields.join(', ')}}`;
  }
  return undefined;
}

const byKey = ([a = '']: readonly string[], [b = '']: readonly string[]): number => {
  const difference = Number(a) - Number(b);
  if (!Number.isNaN(difference)) return difference;
  return a < b ? -1 : 1;
};

function timestampOf(value: DuckDBValue): string | undefined {
  if (value instanceof DuckDBTimestampTZValue) return `${timeText(value.micros)} UTC`;
  if (value instanceof DuckDBTimestampValue) return timeText(value.micros);
  if (value instanceof DuckDBTimestampSecondsValue) return timeText(value.seconds * 1_000_000n);
  if (value instanceof DuckDBTimestampMillisecondsValue) return timeText(value.millis * 1_000n);
  if (value instanceof DuckDBTimestampNanosecondsValue) return timeText(value.nanos / 1_000n);
  return undefined;
}

/** Three digits of the second, or six where there are more: tables of Iceberg have those. */
function timeText(micros: bigint): string {
  const beyond = ((micros % 1_000n) + 1_000n) % 1_000n;
  const millis = Number((micros - beyond) / 1_000n);
  const text = new Date(millis).toISOString().replace('T', ' ').slice(0, -1);
  return beyond === 0n ? text : text + String(beyond).padStart(3, '0');
}

const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');

/** The notation of Java: `1.0`, `1.0E10`, `1.0E-4`. */
export function javaDouble(value: number, shortest: string): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) return shortest.includes('.') ? shortest : `${shortest}.0`;
  const [mantissa = '', exponent = '0'] = Number(shortest).toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
}

function shortestFloat(value: number): string {
  for (let digits = 1; digits < 10; digits += 1) {
    const text = String(Number(value.toPrecision(digits)));
    if (Math.fround(Number(text)) === value) return text;
  }
  return String(value);
}
