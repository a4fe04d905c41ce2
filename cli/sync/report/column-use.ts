/** What becomes of each column, as a dry run shows it: the fields that it fills, and in what share of the rows it has a value. */
import type { CompiledMapping } from '../../../lib/mapping/compile-mapping.ts';
import { isFieldName, withFieldNames } from '../../../lib/rows/field-names.ts';
import type { SourceRow } from '../../../lib/rows/source-row.ts';
import { printable, table } from '../../terminal/output.ts';
import type { SyncOptions } from '../options.ts';
import { createColumnNames } from './presentable-name.ts';

export interface ColumnUse {
  /** Its name; `column 3 of the row` where the name can be a cell. */
  readonly column: string;
  /** The entries of the mapping that read it. */
  readonly entries: readonly string[];
  /** The field that it fills because of its name; null for none. */
  readonly field_by_name: string | null;
  readonly is_cursor: boolean;
  /** The share of the rows in which it has a value, 0 to 1. */
  readonly filled: number;
}

export interface ColumnUseCounter {
  add(source: SourceRow): void;
  rows(): ColumnUse[];
}

type Mapping = Pick<CompiledMapping, 'entriesWithout' | 'sameNames'>;

/** Rows of a pipe can differ in their columns, without end. */
const maxColumns = 1_000;

export function createColumnUse(
  mapping: Mapping,
  { cursor, query = '' }: Pick<SyncOptions, 'cursor' | 'query'>,
): ColumnUseCounter {
  const filled = new Map<string, number>();
  let rows = 0;
  const note = (name: string, by: number): void => {
    const known = filled.get(name);
    if (known !== undefined || filled.size < maxColumns) filled.set(name, (known ?? 0) + by);
  };
  return {
    add: ({ row, columns = [], problem }) => {
      if (problem !== undefined) return;
      if (rows === 0) for (const name of columns) note(name, 0);
      rows += 1;
      for (const name in row) note(name, 1);
    },
    rows: () => {
      const uses = [...filled].map(([name, count]) => ({ name, filled: count / rows }));
      return describe(uses, mapping, { cursor, query });
    },
  };
}

interface Counted {
  readonly name: string;
  readonly filled: number;
}

function describe(
  counted: readonly Counted[],
  mapping: Mapping,
  { cursor, query }: { readonly cursor: string | undefined; readonly query: string },
): ColumnUse[] {
  const names = counted.map(({ name }) => name);
  const useOf = createUse(names, mapping, cursor);
  const { isShown } = createColumnNames(names, (name) => isUsed(useOf(name)), query);
  return counted.map(({ name, filled }, index) => {
    const use = useOf(name);
    const column = isUsed(use) || isShown(name) ? name : `column ${index + 1} of the row`;
    return { column, ...use, filled: Math.round(filled * 1000) / 1000 };
  });
}

type Use = Pick<ColumnUse, 'entries' | 'field_by_name' | 'is_cursor'>;

const isUsed = ({ entries, field_by_name, is_cursor }: Use): boolean =>
  entries.length > 0 || field_by_name !== null || is_cursor;

/** A mapping sees `EMAIL` as email, too. */
function createUse(names: readonly string[], mapping: Mapping, cursor: string | undefined) {
  const seen = withFieldNames(Object.fromEntries(names.map((name) => [name, name])));
  const seenAs = (name: string): string =>
    isFieldName(name) && seen[name.toLowerCase()] === name ? name.toLowerCase() : name;
  const entries = mapping.entriesWithout([]);
  const sameNames: ReadonlySet<string> = new Set(mapping.sameNames);
  return (name: string): Use => {
    const readAs = seenAs(name);
    const readers = entries.filter(({ missing }) => missing.includes(name) || missing.includes(readAs));
    return {
      entries: readers.map(({ entry }) => entry),
      field_by_name: sameNames.has(readAs) ? readAs : null,
      is_cursor: name === cursor,
    };
  };
}

/** More columns than this would hide the rest of the report; --json has them all. */
const maxLines = 60;

export function columnLines(columns: readonly ColumnUse[]): string[] {
  if (columns.length === 0) return [];
  const lines = columns
    .slice(0, maxLines)
    .map((use) => [
      printable(use.column, 60),
      `${Math.round(use.filled * 100)} %`.padStart(5),
      printable(wordsFor(use), 100),
    ]);
  const byName = columns.flatMap(({ column, field_by_name: field }) =>
    field === null ? [] : [printable(column, 60)],
  );
  return [
    'Columns, the share of rows with a value, and the fields they fill:',
    table(lines),
    ...(columns.length > maxLines ? [`… and ${columns.length - maxLines} more (--json lists all)`] : []),
    ...(byName.length > 0
      ? [`Used by their name: ${byName.join(', ')}. If one means something else, add --exclude COLUMN.`]
      : []),
    '',
  ];
}

function wordsFor({ entries, field_by_name: field, is_cursor }: ColumnUse): string {
  const fields = [...entries, ...(field === null ? [] : [`${field} (by its name)`])];
  if (fields.length > 0) return `→ ${fields.join(', ')}`;
  return is_cursor ? 'the cursor' : 'not used';
}
