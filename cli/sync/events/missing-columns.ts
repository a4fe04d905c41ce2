/**
 * Refuses a mapping with an entry that names no column of the rows: every event would lack the field, or its own time.
 * An entry that names some of them is only noted, because the others can be alternatives.
 */
import type { EntryWithout } from '../../../lib/mapping/compile-entry.ts';
import type { CompiledMapping } from '../../../lib/mapping/compile-mapping.ts';
import { withFieldNames } from '../../../lib/rows/field-names.ts';
import type { SourceRow } from '../../../lib/rows/source-row.ts';
import { usageError } from '../../errors/cli-error.ts';
import { printable, warn } from '../../terminal/output.ts';

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
      const lost = missing.filter(({ isLost }) => isLost);
      if (lost.length > 0) throw noColumn(file, lost);
      if (missing.length > 0) warn(printable(someColumns(file, missing), 500));
    }
    return prepare(source);
  };
}

/** A mapping sees `EMAIL` as email, too. */
const namesOf = (columns: readonly string[]): string[] =>
  Object.keys(withFieldNames(Object.fromEntries(columns.map((name) => [name, null]))));

const someColumns = (file: string, entries: readonly EntryWithout[]): string =>
  `${file}: the query does not give all columns that these entries name: ${entries
    .map(({ entry, missing }) => `${entry} (${missing.join(', ')})`)
    .join(', ')}. If one is misspelled, its values are missing in every event.`;

const noColumn = (file: string, entries: readonly EntryWithout[]) =>
  usageError(
    `${file}: these entries name no column of the query: ${entries.map(({ entry }) => entry).join(', ')}. Fix the names in their expressions, or remove the entries. Nothing was sent.`,
  );
