/** The rows of one answer, and the cursor to the next. */
import { expect, test } from 'vitest';
import { apiRow } from '../../../console/server/view/api-row.ts';
import { pageOfRows } from '../../../console/server/view/page-of-rows.ts';
import { createRows } from '../../../lib/journal/rows.ts';
import { event, received } from '../../support/console/journal-lines.ts';

const show = (row: Parameters<typeof apiRow>[0]) => apiRow(row, undefined);

test('gives every row once over all pages, also when many have the same time', () => {
  const rows = createRows({ maxRows: 30_000 });
  const ids = Array.from({ length: 12_000 }, (_, index) => event(index));
  for (const id of ids) rows.add(received(1_700_000_000_000, [id]));
  const list = rows.list();
  const seen: string[] = [];
  let before: string | undefined;
  do {
    const page = pageOfRows(list, before ?? null, show);
    expect(page.rows.length).toBeLessThanOrEqual(10_000);
    seen.push(...page.rows.map(({ id }) => id));
    before = page.before;
  } while (before !== undefined);
  expect(seen.length).toBe(ids.length);
  expect(new Set(seen).size).toBe(ids.length);
});

test('has no cursor when all rows fit', () => {
  const rows = createRows();
  rows.add(received(1_700_000_000_000, [event(1)]));
  expect(pageOfRows(rows.list(), null, show)).not.toHaveProperty('before');
});

test.each(['', 'x', '1', '../1', '1.', '.a'])(
  'starts at the newest row for the cursor "%s", which is none',
  (before) => {
    const rows = createRows();
    rows.add(received(1_700_000_000_000, [event(1)]));
    expect(pageOfRows(rows.list(), before, show).rows).toHaveLength(1);
  },
);
