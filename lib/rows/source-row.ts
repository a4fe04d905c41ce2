/** A row as every source of rows gives it: JSON values only, without what is empty. */

export type Row = Readonly<Record<string, unknown>>;

export interface SourceRow {
  /** Position in the source, from 1. */
  readonly number: number;
  readonly row: Row;
  /** The names of all columns, also of empty ones; undefined where they differ from row to row. */
  readonly columns?: readonly string[];
  /** Text of the cursor column, with all its digits; null when it is empty, undefined without a cursor. */
  readonly cursor?: string | null | undefined;
  /** Why the row cannot be read at all, as a code and a sentence. */
  readonly problem?: { readonly code: string; readonly message: string };
}

/** Rows come in chunks: one step of an asynchronous iterator for each row would cost more than the row itself. */
export interface RowSource {
  chunks(signal: AbortSignal): AsyncIterable<readonly SourceRow[]>;
  /** The number of rows, where it is known beforehand. */
  count(): Promise<number | undefined>;
}

export interface CursorRange {
  readonly column: string;
  /** Starts with this value, included: rows that share it may not all have been sent. */
  readonly from: string | undefined;
}

/** No double needs more digits, and the pattern's time grows with the square of their number. */
const maxDigits = 1_000;

const decimal = /^(-?)0*(\d*?)(?:\.(\d*?)0*)?$/;

/**
 * A number where a JavaScript number holds all its digits, else the digits as text: ids beyond 2⁵³ and long decimals
 * stay exact, and `12.50` is 12.5 whichever source it comes from.
 */
export function numberOrDigits(text: string): number | string {
  if (text.length > maxDigits) return text;
  const number = Number(text);
  return Number.isFinite(number) && digitsOf(String(number)) === digitsOf(text) ? number : text;
}

/** Sign, whole and fraction without idle zeros; exponents stay, so that they are compared as they stand. */
function digitsOf(text: string): string {
  const match = decimal.exec(text);
  if (match === null) return text;
  const [, sign, whole = '', fraction = ''] = match;
  return `${whole === '' && fraction === '' ? '' : sign}${whole || '0'}.${fraction}`;
}

/** Takes out null, empty text, and what holds nothing else; a text of one value is kept as it is. */
export function withoutEmpty(row: Row): Row {
  const kept: Record<string, unknown> = {};
  for (const name in row) {
    const value = withoutBlank(row[name]);
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}

/** @returns the value as {@link withoutEmpty} leaves it; undefined when it is absent */
export function withoutBlank(value: unknown): unknown {
  if (value === null || value === undefined || value === '') return undefined;
  if (typeof value !== 'object') return value;
  if (!Array.isArray(value)) return withoutEmpty(value as Row);
  return value.map(withoutBlank).filter((item) => item !== undefined);
}
