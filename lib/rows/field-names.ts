/** The names of columns, as a mapping sees them. */
import { type FieldName, fieldNames } from '../events/fields/table.ts';
import type { Row } from './source-row.ts';

const names: ReadonlySet<string> = new Set<FieldName>(fieldNames);

/** True for the name of an event field, in upper or lower case. */
export const isFieldName = (column: string): boolean => names.has(column.toLowerCase());

/** Some warehouses write all columns in upper case: EMAIL is used as email unless there is an email column. */
export function withFieldNames(row: Row): Row {
  let renamed: Record<string, unknown> | undefined;
  for (const name in row) {
    const lower = name.toLowerCase();
    if (lower === name || !names.has(lower) || Object.hasOwn(row, lower)) continue;
    renamed ??= { ...row };
    renamed[lower] = row[name];
  }
  return renamed ?? row;
}
