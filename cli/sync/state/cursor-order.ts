/** The cursor of piped rows. No database sorts and filters them, so they must come in the order of the cursor. */

import { compareCursors } from '../../../lib/rows/compare-cursors.ts';
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
