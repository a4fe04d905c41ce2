/** The cursor of piped rows. No database sorts and filters them, so they must come in the order of the cursor. */

import type { SourceRow } from '../../../lib/rows/source-row.ts';
import { usageError } from '../../errors/cli-error.ts';

/** @returns true for a row to send, false for one below `from`. Throws at the first row that is out of order. */
export function requireCursorOrder(from: string | undefined): (row: SourceRow) => boolean {
  let last: string | undefined;
  return ({ cursor, number }) => {
    if (typeof cursor !== 'string') return true;
    if (last !== undefined && compareCursors(cursor, last) < 0)
      throw usageError(
        `Row ${number} is not in the order of the cursor: sort the rows by it before you pipe them in, or leave --cursor out.`,
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
