/** What the first rows say about each column: the kind of its values, and never a value itself. */
import { standardEvents } from '../../../lib/events/standard-events.ts';
import type { RowSource, SourceRow } from '../../../lib/rows/source-row.ts';
import { isObject } from '../../../lib/schema/is-object.ts';

export type Kind =
  | 'empty'
  | 'number'
  | 'time'
  | 'e-mail'
  | 'digest'
  | 'truth value'
  | 'list'
  | 'object'
  | 'text';

export interface SampleColumn {
  readonly name: string;
  /** Of all values; `text` when they differ. */
  readonly kind: Kind;
  /** Every row has a value, and no two have the same. */
  readonly isUnique: boolean;
  /** All values are short codes in capitals, such as `DE` and `NSW`. */
  readonly isCode: boolean;
  /** All values are event names of TikTok. */
  readonly isEventName: boolean;
}

export interface Sample {
  readonly rows: number;
  readonly columns: readonly SampleColumn[];
}

/** Enough to see what a column is, and read in an instant. */
export const maxRows = 100;
/** Rows of a pipe can differ in their columns, without end. */
const maxColumns = 1_000;

export async function readSample(source: RowSource): Promise<Sample> {
  const rows: SourceRow[] = [];
  for await (const chunk of source.chunks(new AbortController().signal)) {
    rows.push(...chunk.filter(({ problem }) => problem === undefined).slice(0, maxRows - rows.length));
    if (rows.length >= maxRows) break;
  }
  const names = new Set(rows.flatMap(({ row, columns }) => columns ?? Object.keys(row)));
  return {
    rows: rows.length,
    columns: [...names].slice(0, maxColumns).map((name) =>
      toColumn(
        name,
        rows.map(({ row }) => row[name]),
      ),
    ),
  };
}

function toColumn(name: string, cells: readonly unknown[]): SampleColumn {
  const values = cells.filter((cell) => cell !== undefined);
  const kinds = [...new Set(values.map(kindOf))];
  const [kind = 'empty'] = kinds;
  const all = (test: (value: unknown) => boolean): boolean => values.length > 0 && values.every(test);
  return {
    name,
    kind: kinds.length > 1 ? 'text' : kind,
    isUnique: values.length === cells.length && new Set(values.map(String)).size === values.length,
    isCode: all((value) => /^[A-Z]{2,3}$/.test(String(value))),
    isEventName: all((value) => standardEvents.has(String(value))),
  };
}

function kindOf(value: unknown): Kind {
  if (typeof value === 'boolean') return 'truth value';
  if (typeof value === 'number') return 'number';
  if (Array.isArray(value)) return 'list';
  return isObject(value) ? 'object' : kindOfText(String(value).trim());
}

function kindOfText(text: string): Kind {
  if (/^[-+]?\d{1,20}(?:\.\d{1,20})?$/.test(text)) return 'number';
  if (/^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}|$)/.test(text)) return 'time';
  if (/^[0-9a-f]{64}$/i.test(text)) return 'digest';
  return /^[^\s@]+@[^\s@]+$/.test(text) ? 'e-mail' : 'text';
}
