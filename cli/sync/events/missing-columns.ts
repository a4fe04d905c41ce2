/** Refuses a mapping that names columns which the rows do not have: every event would lack the field, or its own time. */
import type { CompiledMapping } from '../../../lib/mapping/compile-mapping.ts';
import { usageError } from '../../errors/cli-error.ts';
import type { SourceRow } from '../rows/source-row.ts';
import { withFieldNames } from './load-mapping.ts';

/**
 * Checks the columns of the first row, so before any event is sent.
 * @param file of the mapping, for the error
 */
export function requireColumns<T>(
  prepare: (source: SourceRow) => T,
  mapping: Pick<CompiledMapping, 'entriesWithout'>,
  file: string,
): (source: SourceRow) => T {
  let isChecked = false;
  return (source) => {
    if (!isChecked && source.columns !== undefined) {
      isChecked = true;
      const missing = mapping.entriesWithout(namesOf(source.columns));
      if (missing.length > 0) throw noColumn(file, missing);
    }
    return prepare(source);
  };
}

/** A mapping sees `EMAIL` as email, too. */
const namesOf = (columns: readonly string[]): string[] =>
  Object.keys(withFieldNames(Object.fromEntries(columns.map((name) => [name, null]))));

const noColumn = (file: string, entries: readonly string[]) =>
  usageError(
    `${file}: these entries name no column of the query: ${entries.join(', ')}. Fix the names in their expressions, or remove the entries. Nothing was sent.`,
  );
