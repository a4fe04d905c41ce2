/**
 * What to report of columns that no event field takes: a misspelled one would silently be missing. In a file without a
 * header the "names" are the cells of its first row, so a name is shown only if the query has it, or beside a field's name
 * that the query did not add itself.
 */
import { fields } from '../../../lib/events/fields/table.ts';
import { createNaming } from '../../../lib/events/names/meant-name.ts';
import { isFieldName } from '../../../lib/rows/field-names.ts';
import type { Row, SourceRow } from '../../../lib/rows/source-row.ts';
import { note } from '../../terminal/output.ts';
import type { SyncOptions } from '../options.ts';
import { createColumnNames } from '../report/presentable-name.ts';

const naming = createNaming(fields);

const remedy =
  "If the file has no header, name its columns: select * from read_csv('orders.csv', header = false, names = ['email', 'value']). If it has one, map the columns with --map";

/** Reports the unused columns of the first row, once. */
export function reportUnused<T>(
  prepare: (row: SourceRow) => T,
  { cursor, query }: Pick<SyncOptions, 'cursor' | 'query'>,
): (row: SourceRow) => T {
  let isReported = false;
  return (source) => {
    if (!isReported && source.problem === undefined) {
      isReported = true;
      const unused = unusedColumns(source.row, cursor, query);
      if (unused !== undefined) note(unused);
    }
    return prepare(source);
  };
}

/** @returns a sentence; undefined when every column is used */
export function unusedColumns(row: Row, cursor: string | undefined, query = ''): string | undefined {
  const names = Object.keys(row);
  const isTaken = (name: string): boolean => isFieldName(name) || name === cursor;
  const unused = names.flatMap((name, index) => (isTaken(name) ? [] : [{ name, position: index + 1 }]));
  if (unused.length === 0) return undefined;
  if (unused.length === names.length) return `No column has the name of an event field. ${remedy}.`;
  const { hasHeader, isShown } = createColumnNames(names, isTaken, query);
  const shown = unused.map(({ name, position }) =>
    isShown(name) ? name + hint(name) : `column ${position} of the row`,
  );
  const isDoubtful = !hasHeader && unused.some(({ name }) => !isShown(name));
  return `Columns that are no event fields are left out: ${shown.join(', ')}${isDoubtful ? `. ${remedy}.` : ''}`;
}

function hint(column: string): string {
  const meant = naming.meantBy(column);
  return meant === undefined ? '' : ` (did you mean ${meant}?)`;
}
