import { expect, test } from 'vitest';
import type { ConsoleState } from '../../../console/api.ts';
import { type Action, emptyModel, type Model, reduce } from '../../../console/page/state/model.ts';
import { noFilters } from '../../../console/page/state/rows-query.ts';
import { sampleRow, sampleRows } from '../../support/console/sample-rows.ts';

const after = (...actions: readonly Action[]): Model => actions.reduce(reduce, emptyModel);
const ids = ({ list }: Model) => list.rows.map(({ id }) => id);
const newer = { ...sampleRow(0), id: 'newer', atMs: sampleRow(0).atMs + 1 };

test('keeps a change that came while an older answer with the rows was on its way', () => {
  const model = after(
    { type: 'load', filters: noFilters },
    { type: 'changes', rows: [newer], isStill: false },
    { type: 'rows', rows: sampleRows(2) },
  );
  expect(ids(model)).toEqual(['newer', 'row-0', 'row-1']);
  expect(model.early).toEqual([]);
});

test('keeps changes out of the list that its filters leave out', () => {
  const filters = { ...noFilters, outcome: 'held' };
  const model = after(
    { type: 'load', filters },
    { type: 'rows', rows: [sampleRow(2)], before: 'older' },
    { type: 'changes', rows: [newer, sampleRow(12)], isStill: false },
  );
  expect(ids(model)).toEqual(['row-2', 'row-12']);
  expect(model.before).toBe('older');
  expect(ids(reduce(model, { type: 'older', rows: [sampleRow(22)] }))).toEqual(['row-2', 'row-12', 'row-22']);
});

test('is live again after the next answer, and knows how far the server’s clock is ahead', () => {
  const lost = after({ type: 'fault', connection: 'lost', fault: 'no answer' });
  expect([lost.connection, lost.fault]).toEqual(['lost', 'no answer']);
  const state = { nowMs: 5000 } as ConsoleState;
  const live = reduce(lost, { type: 'state', state, receivedMs: 3000 });
  expect([live.connection, live.fault, live.clockOffsetMs]).toEqual(['live', '', 2000]);
});
