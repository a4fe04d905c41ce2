/**
 * How the values of a DuckDB type travel as JSON. DuckDB makes one JSON text of a row, which costs a quarter of the CPU time of
 * reading each cell. Where JSON or JavaScript would change a value, DuckDB makes a text of it first.
 */
import { type DuckDBStructType, type DuckDBType, DuckDBTypeId, type DuckDBUnionType } from '@duckdb/node-api';
import type { LocalTime } from '../../../../lib/rows/local-time.ts';
import { parseJsonValue } from '../../../../lib/rows/row-json.ts';
import { isObject } from '../../../../lib/schema/is-object.ts';
import { quoteName } from '../../../../lib/sync/engine/sql.ts';
import { textReader } from './value.ts';

type Reader = (json: unknown) => unknown;

export interface JsonType {
  /** The SQL type of which DuckDB makes exact JSON. */
  readonly sql: string;
  /** From that JSON to the value of the row; undefined where they are the same. */
  readonly read: Reader | undefined;
}

/** @param localTime reads times without zone */
export const jsonType = (type: DuckDBType, localTime: LocalTime): JsonType =>
  type.alias === 'JSON' ? asText(parseJsonValue) : innerType(type, localTime);

/** JSON inside another value stays text. */
function innerType(type: DuckDBType, localTime: LocalTime): JsonType {
  switch (type.typeId) {
    case DuckDBTypeId.BOOLEAN:
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.INTEGER:
    case DuckDBTypeId.UTINYINT:
    case DuckDBTypeId.USMALLINT:
    case DuckDBTypeId.UINTEGER:
      return { sql: String(type), read: undefined };
    case DuckDBTypeId.DECIMAL:
      return type.width <= exactDigits
        ? { sql: String(type), read: undefined }
        : asText(textReader(type, localTime));
    case DuckDBTypeId.LIST:
      return listType(innerType(type.valueType, localTime), '');
    case DuckDBTypeId.ARRAY:
      return listType(innerType(type.valueType, localTime), String(type.length));
    case DuckDBTypeId.STRUCT:
      return structType(type, localTime);
    case DuckDBTypeId.UNION:
      return unionType(type, localTime);
    case DuckDBTypeId.MAP:
      return mapType(textReader(type.keyType, localTime), innerType(type.valueType, localTime));
    default:
      return asText(textReader(type, localTime));
  }
}

/** A JavaScript number holds any decimal of so many digits. */
const exactDigits = 15;

const asText = (read: ((text: string) => unknown) | undefined): JsonType => ({
  sql: 'VARCHAR',
  read: read && ((json) => (typeof json === 'string' ? read(json) : json)),
});

const listType = ({ sql, read }: JsonType, length: string): JsonType => ({
  sql: `${sql}[${length}]`,
  read: read && ((json) => (Array.isArray(json) ? json.map(read) : json)),
});

function structType({ entryNames, entryTypes }: DuckDBStructType, localTime: LocalTime): JsonType {
  // `row(1, 2)` has no names, and SQL has no type for that.
  const names = entryNames.map((name, index) => name || String(index + 1));
  const members = toMembers(names, entryTypes, localTime);
  return { sql: `STRUCT(${members.sql})`, read: members.isSame ? undefined : members.read };
}

/** A union is the value of its member. */
function unionType({ memberTags, memberTypes }: DuckDBUnionType, localTime: LocalTime): JsonType {
  const { sql, read } = toMembers(memberTags, memberTypes, localTime);
  const memberOf: Reader = (json) => (isObject(json) ? Object.values(json)[0] : json);
  return { sql: `UNION(${sql})`, read: (json) => memberOf(read(json)) };
}

function toMembers(names: readonly string[], types: readonly DuckDBType[], localTime: LocalTime) {
  const members = types.map((type) => innerType(type, localTime));
  const readers = new Map(names.map((name, index) => [name, members[index]?.read]));
  const read: Reader = (json) =>
    mapEntries(json, (name, value) => [name, readers.get(name)?.(value) ?? value]);
  return {
    sql: names.map((name, index) => `${quoteName(name)} ${members[index]?.sql}`).join(', '),
    isSame: members.every((member) => member.read === undefined),
    read,
  };
}

/** Keys are texts, as in any JSON. */
const mapType = (readKey: ((text: string) => unknown) | undefined, { sql, read }: JsonType): JsonType => ({
  sql: `MAP(VARCHAR, ${sql})`,
  read:
    (readKey ?? read) &&
    ((json) =>
      mapEntries(json, (key, value) => [
        readKey === undefined ? key : String(readKey(key)),
        read === undefined ? value : read(value),
      ])),
});

const mapEntries = (json: unknown, change: (name: string, value: unknown) => [string, unknown]): unknown =>
  isObject(json)
    ? Object.fromEntries(Object.entries(json).map(([name, value]) => change(name, value)))
    : json;
