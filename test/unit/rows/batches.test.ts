/** Batches hold up to 500 events and a little less than 1 MiB, and a state moves only over what is settled. */
import { expect, test } from 'vitest';
import { type Batch, toBatches } from '../../../lib/rows/batches.ts';
import { createPosition, createSettledCheck } from '../../../lib/rows/position.ts';
import type { PreparedRow } from '../../../lib/rows/prepared-row.ts';
import type { SourceRow } from '../../../lib/rows/source-row.ts';

const rowsOf = (count: number): SourceRow[] =>
  Array.from({ length: count }, (_, index) => ({ number: index + 1, row: {}, cursor: `${index}` }));
const entryOf = ({ cursor }: SourceRow) => ({ cursor: cursor ?? '', digest: undefined, fault: undefined });
const ready = (bytes: number) => (source: SourceRow) =>
  [{ kind: 'ready', source, bytes, entry: entryOf(source) }] as unknown as PreparedRow[];
const filtered = (source: SourceRow): PreparedRow[] => [
  { kind: 'skipped', why: 'filtered', entry: entryOf(source) },
];

async function batchesOf(count: number, prepare: (row: SourceRow) => PreparedRow[]): Promise<Batch[]> {
  async function* chunks() {
    yield rowsOf(count);
  }
  const batches: Batch[] = [];
  for await (const batch of toBatches(chunks(), prepare)) batches.push(batch);
  return batches;
}
const shapeOf = (batches: readonly Batch[]) =>
  batches.map(({ number, rows, events, entries }) => [number, rows, events.length, entries.length]);

test('closes a batch after 500 events', async () => {
  expect(shapeOf(await batchesOf(501, ready(10)))).toEqual([
    [1, 500, 500, 500],
    [2, 1, 1, 1],
  ]);
});

test('closes a batch before it exceeds 1,000,000 bytes, and gives a larger event a batch of its own', async () => {
  expect(shapeOf(await batchesOf(4, ready(400_000)))).toEqual([
    [1, 2, 2, 2],
    [2, 2, 2, 2],
  ]);
  expect(shapeOf(await batchesOf(2, ready(1_200_000)))).toEqual([
    [1, 1, 1, 1],
    [2, 1, 1, 1],
  ]);
});

test('closes a batch after 10,000 rows without an event, so that the checkpoint moves', async () => {
  expect(shapeOf(await batchesOf(10_001, filtered))).toEqual([
    [1, 10_000, 0, 10_000],
    [2, 1, 0, 1],
  ]);
  expect(await batchesOf(0, filtered)).toEqual([]);
});

const fault = { field: 'at', code: 'cursor_in_future', message: 'later than now' };
const entry = (cursor: string, digest?: string) => ({ cursor, digest, fault: undefined });

test('keeps the digests of the last value, and those of what is settled behind a row that blocks', () => {
  const position = createPosition({ value: '1', settled: ['a'] });
  position.settle(entry('1', 'b'));
  expect(position.stored()).toEqual({ value: '1', settled: ['a', 'b'], ahead: [] });
  position.settle(entry('2', 'c'));
  position.settle(entry('2'));
  position.settle({ ...entry('9', 'd'), fault });
  expect(position.stored()).toEqual({ value: '2', settled: ['c'], ahead: ['d'] });
  position.stay();
  position.settle(entry('3', 'e'));
  position.settle(entry('3'));
  expect(position.stored()).toEqual({ value: '2', settled: ['c'], ahead: ['d', 'e'] });
  expect(position.countAhead()).toBe(2);
});

test('recognizes what an earlier run settled at its value and behind it', () => {
  const isSettled = createSettledCheck({ value: '2', settled: ['c'], ahead: ['d'] });
  expect(['c', 'd', 'x', undefined].map((digest) => isSettled(entry('2', digest)))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([isSettled(entry('3', 'c')), isSettled(entry('3', 'd'))]).toEqual([false, true]);
});
