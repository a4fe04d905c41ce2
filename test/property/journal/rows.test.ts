/** The rows of the journal do not depend on the order in which its lines are read. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JournalLine } from '../../../lib/journal/line.ts';
import { outcomes } from '../../../lib/journal/row.ts';
import { createRows } from '../../../lib/journal/rows.ts';

const event = fc.constantFrom('aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb', 'cccccccccccccccc');
const common = fc.record({
  // Few times, so that lines share one.
  atMs: fc.integer({ min: 1, max: 40 }).map((n) => n * 1_000),
  traces: fc.constantFrom(['t1'], ['t2']),
});
const reason = fc.constantFrom('tiktok_40002', 'tiktok_40105', 'timeout');
const destination = fc.constantFrom('default', 'eu');

const received = fc.record({
  kind: fc.constant('received' as const),
  source: fc.constantFrom('api', 'shop'),
  via: fc.constantFrom('api' as const, 'webhook' as const),
  status: fc.constantFrom(202, 422, 200),
  accepted: fc.constant(1),
  rejected: fc.integer({ min: 0, max: 1 }),
  notQueued: fc.constant(0),
  events: fc.array(
    fc.record({
      event: fc.option(event, { nil: undefined }),
      orders: fc.constantFrom(['order1'], []),
      name: fc.constantFrom('Purchase', 'AddToCart'),
      warnings: fc.constantFrom(['email:invalid_email'], []),
      errors: fc.constantFrom(['value:negative'], [], []),
    }),
    { maxLength: 3 },
  ),
  reason: fc.option(fc.constant('test_order'), { nil: undefined }),
  detail: fc.constant(undefined),
  topic: fc.constant(undefined),
  channel: fc.constant(undefined),
  orders: fc.constant(['order1']),
  isDryRun: fc.boolean(),
  apiKey: fc.constant(undefined),
});
const answered = fc.record({
  kind: fc.constant('answered' as const),
  destination,
  events: fc.array(event, { maxLength: 3 }),
  verdict: fc.constantFrom('delivered' as const, 'hold' as const, 'reject' as const),
  reason,
  detail: fc.constant(undefined),
  isPartial: fc.boolean(),
  position: fc.constant(undefined),
  requestId: fc.constantFrom('r1', 'r2'),
  durationMs: fc.constant(7),
});
const waits = fc.record({
  kind: fc.constant('waits' as const),
  destination,
  events: fc.array(fc.record({ event, nextAttemptMs: fc.integer(), receives: fc.constant(1) }), {
    maxLength: 3,
  }),
  outcome: fc.constantFrom('retry' as const, 'hold' as const),
  reason,
  detail: fc.constant(undefined),
});
const parked = fc.record({
  kind: fc.constant('parked' as const),
  event: fc.option(event, { nil: undefined }),
  orders: fc.constant([]),
  name: fc.constant('Purchase'),
  source: fc.constant('api'),
  destination,
  reason,
  detail: fc.constant(undefined),
  outcome: fc.constant('refused' as const),
  receives: fc.constant(1),
  messageId: fc.constantFrom('m1', 'm2'),
  requestId: fc.constant(undefined),
});
const finished = fc.record({
  kind: fc.constantFrom('replayed' as const, 'discarded' as const),
  event: fc.option(event, { nil: undefined }),
  destination,
  reason,
  messageId: fc.constantFrom('m1', 'm2'),
});
const line: fc.Arbitrary<JournalLine> = fc
  .tuple(common, fc.oneof(received, answered, waits, parked, finished))
  .map(([shared, own]) => ({ ...shared, ...own }));

const rowsOf = (lines: readonly JournalLine[]) => {
  const rows = createRows();
  for (const each of lines) rows.add(each);
  return rows.list();
};

test('any order of lines gives the same rows, and a line that is read twice changes nothing', () => {
  fc.assert(
    fc.property(
      fc
        .array(line, { maxLength: 12 })
        .chain((lines) =>
          fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })),
        ),
      ([lines, shuffled]) => {
        const rows = rowsOf(lines);
        expect(rowsOf(shuffled)).toEqual(rows);
        expect(rowsOf([...lines, ...shuffled])).toEqual(rows);
        for (const { outcome } of rows) expect(outcomes).toContain(outcome);
      },
    ),
    { numRuns: 500 },
  );
});

test('the changes since each cursor, put together, are the rows', () => {
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 20 }),
      fc.array(fc.boolean(), { maxLength: 20 }),
      (lines, polls) => {
        const rows = createRows();
        const seen = new Map<string, unknown>();
        let cursor: string | undefined;
        for (const [index, each] of lines.entries()) {
          rows.add(each);
          if (polls[index] !== true && index < lines.length - 1) continue;
          const changes = rows.changed(cursor);
          for (const row of changes.rows) seen.set(row.id, row);
          cursor = changes.cursor;
        }
        expect(rows.changed(cursor).rows).toEqual([]);
        expect(new Map(rows.list().map((row) => [row.id, row]))).toEqual(seen);
      },
    ),
  );
});
