/** The cursor of rows that come by a pipe, where no database sorts and filters: they must come in its order. */
import { usageError } from '../../errors/cli-error.ts';
import type { SourceRow } from '../rows/source-row.ts';

/** @returns whether a row is to be sent: not one below `from`. Throws at the first row that is out of order. */
export function requireCursorOrder(from: string | undefined): (row: SourceRow) => boolean {
  let last: string | undefined;
  return ({ cursor, number }) => {
    if (typeof cursor !== 'string') return true;
    if (last !== undefined && compareCursors(cursor, last) < 0)
      throw usageError(
        `Row ${number} is out of the order of the cursor: pipe the rows in sorted by it, or leave --cursor out.`,
      );
    last = cursor;
    return from === undefined || compareCursors(cursor, from) >= 0;
  };
}

const whole = /^-?\d+$/;
const decimal = /^-?\d+(\.\d+)?$/;

/** Numbers by value, other texts (times in ISO 8601, names) by their characters. */
export function compareCursors(a: string, b: string): number {
  if (whole.test(a) && whole.test(b)) return Number(BigInt(a) > BigInt(b)) - Number(BigInt(a) < BigInt(b));
  if (decimal.test(a) && decimal.test(b)) return Number(a) - Number(b);
  return a < b ? -1 : Number(a > b);
}
