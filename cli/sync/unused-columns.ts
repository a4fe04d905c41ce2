/**
 * What to report of columns that no event field takes: a misspelled one would silently be missing. In a file without a
 * header the "names" are the cells of its first row, so a name is shown only beside one that is certainly a name.
 */
import { type FieldName, fieldNames } from '../../lib/events/fields.ts';
import { nearestName } from '../../lib/events/nearest-name.ts';
import { isPresentableName } from './presentable-name.ts';
import type { Row } from './source-row.ts';

const fields: ReadonlySet<string> = new Set<FieldName>(fieldNames);

const remedy =
  "If the file has no header, name its columns: select * from read_csv('orders.csv', header = false, names = ['email', 'value']). If it has one, map the columns with --map";

/** @returns a sentence; undefined when every column is taken */
export function unusedColumns(row: Row, cursor: string | undefined): string | undefined {
  const names = Object.keys(row);
  const isTaken = (name: string): boolean => fields.has(name.toLowerCase()) || name === cursor;
  const unused = names.flatMap((name, index) => (isTaken(name) ? [] : [{ name, position: index + 1 }]));
  if (unused.length === 0) return undefined;
  if (unused.length === names.length) return `No column has the name of an event field. ${remedy}.`;
  const shown = unused.map(({ name, position }) =>
    isPresentableName(name) ? name + hint(name) : `column ${position} of the row`,
  );
  return `Columns that are no event fields are left out: ${shown.join(', ')}`;
}

function hint(column: string): string {
  const meant = nearestName(column.toLowerCase(), fieldNames);
  return meant === undefined ? '' : ` (did you mean ${meant}?)`;
}
