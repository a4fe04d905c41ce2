/** The columns of a query against those of the run before, and against the mapping. */
import { withFieldNames } from '../rows/field-names.ts';
import type { Invocation } from './context.ts';
import type { ResultColumn } from './engine/athena.ts';
import { kindOf } from './engine/column.ts';
import { RunFault } from './engine/fault.ts';
import { mappingOf } from './mapping-of.ts';

/** @throws RunFault when an entry of the mapping names columns, and the query gives none of them */
export function checkColumns({ settings, record, run }: Invocation, columns: readonly ResultColumn[]): void {
  const names = columns.map(({ name }) => name);
  const before = record.columns?.map(({ name }) => name);
  if (before !== undefined) {
    const added = names.filter((name) => !before.includes(name));
    const removed = before.filter((name) => !names.includes(name));
    if (added.length > 0) run.columns_added = added;
    if (removed.length > 0) run.columns_removed = removed;
  }
  const known = Object.keys(withFieldNames(Object.fromEntries(names.map((name) => [name, null]))));
  const lost = mappingOf(settings)
    .entriesWithout(known)
    .filter(({ isLost }) => isLost);
  if (lost.length > 0)
    throw new RunFault(
      'columns_missing',
      `These entries of the mapping name no column of the query: ${lost.map(({ entry }) => entry).join(', ')}. No row was sent.`,
    );
  record.columns = columns.map(({ name, type }) => ({ name, type }));
}

/** @throws RunFault when the cursor's value of the run before cannot be compared with the column of today */
export function checkCursorType({ record }: Invocation, cursor: ResultColumn | undefined): void {
  const before = record.position;
  if (cursor === undefined || before === undefined || before.column !== cursor.name) return;
  if (kindOf({ name: cursor.name, type: before.type }) === kindOf(cursor)) return;
  throw new RunFault(
    'cursor_type_changed',
    `The cursor column ${cursor.name} had the type ${before.type}, and has ${cursor.type} now: cast it to the type of before in the query, or give the sync another name, with from.`,
  );
}
