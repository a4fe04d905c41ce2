/** The terminal shows the run of a sync in one line, and a notice with its reasons. */
import pc from 'picocolors';
import { expect, test } from 'vitest';
import { prettyLine } from '../../../local/log/pretty-log.ts';

const colors = pc.createColors(false);
const shown = (entry: object) =>
  prettyLine(JSON.stringify({ timestamp: '2026-11-26T09:15:00.000Z', level: 'INFO', ...entry }), colors);

const ended = { message: 'sync ended', source: 'orders', count: 8, accepted: 7, rejected: 0, trace: 't' };

test.each([
  [{ status: 'succeeded' }, '09:15:00 ✓ sync orders: 8 rows read, 7 events queued trace=t'],
  [
    { status: 'succeeded', rejected: 1 },
    '09:15:00 ! sync orders: 8 rows read, 7 events queued, 1 rejected trace=t',
  ],
  [
    { status: 'failed', count: 1, accepted: 1, error: 'query_failed' },
    '09:15:00 ✗ sync orders failed: 1 row read, 1 event queued error=query_failed  trace=t',
  ],
])('shows a run with %o', (fields, line) => {
  expect(shown({ ...ended, ...fields })).toBe(line);
});

test('shows a notice with its text below', () => {
  const subject = 'tiktok-events local: sync orders failed';
  expect(shown({ message: 'notice', subject, text: `${subject}\n\nThe run failed.\n` })).toBe(
    `09:15:00 ! notice: ${subject}\n           The run failed.`,
  );
});

test('shows why a query failed', () => {
  const text = "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.shop.t' does not exist";
  expect(shown({ message: 'query failed', query: 'q', text })).toBe(`09:15:00 ✗ Athena: ${text} query=q`);
});
