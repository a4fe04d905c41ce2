import { describe, expect, test } from 'vitest';
import type { Row } from '../../../console/api.ts';
import { layoutOf, moveTo, scrollToRow, visibleRows } from '../../../console/page/events/window-rows.ts';
import { appendRows, applyChanges } from '../../../console/page/state/merge-rows.ts';
import { fingerprintOf, matchesFilters, noFilters } from '../../../console/page/state/rows-query.ts';
import { fingerprint } from '../../../lib/privacy/sha256.ts';
import { sampleRow, sampleRows } from '../../support/console/sample-rows.ts';

const ids = (rows: readonly Row[]) => rows.map(({ id }) => id);
const everything = { isStill: false, belongs: () => true };

describe('visibleRows', () => {
  test('gives the rows of the screen with eight more on both sides', () => {
    expect(visibleRows(10_000, 40, { listTop: -4000, height: 800 })).toEqual({ first: 92, end: 128 });
  });

  test('stays inside a short list', () => {
    expect(visibleRows(3, 40, { listTop: 200, height: 800 })).toEqual({ first: 0, end: 3 });
    expect(visibleRows(3, 40, { listTop: -9000, height: 800 })).toEqual({ first: 3, end: 3 });
  });
});

test('a list has one line a row on a wide screen, two on a medium one, and cards on a small one', () => {
  expect([layoutOf(80), layoutOf(50), layoutOf(24)]).toEqual(['wide', 'medium', 'cards']);
});

test('scrolls no further than a row needs to be visible below a sticky header', () => {
  const view = { listTop: -1000, height: 800 };
  expect(scrollToRow(30, 40, view, 100)).toBe(0);
  expect(scrollToRow(25, 40, view, 100)).toBe(-100);
  expect(scrollToRow(45, 40, view, 100)).toBe(40);
});

test('moves the cursor by one row, by a page and to both ends, and never out of the list', () => {
  expect(moveTo('j', 4, 10, 5)).toBe(5);
  expect(moveTo('ArrowUp', 4, 10, 5)).toBe(3);
  expect(moveTo('k', 0, 10, 5)).toBe(0);
  expect(moveTo('PageDown', 8, 10, 5)).toBe(9);
  expect(moveTo('PageUp', 8, 10, 5)).toBe(3);
  expect([moveTo('Home', 8, 10, 5), moveTo('End', 8, 10, 5)]).toEqual([0, 9]);
  expect(moveTo('ArrowDown', -1, 10, 5)).toBe(0);
  expect(moveTo('x', 4, 10, 5)).toBeUndefined();
  expect(moveTo('toString', 4, 10, 5)).toBeUndefined();
  expect(moveTo('j', -1, 0, 5)).toBeUndefined();
});

describe('applyChanges', () => {
  const list = { rows: sampleRows(3), waiting: [] };
  const newer = { ...sampleRow(0), id: 'newer', atMs: sampleRow(0).atMs + 1 };

  test('adds a new row at its time', () => {
    expect(ids(applyChanges(list, [newer], everything).rows)).toEqual(['newer', 'row-0', 'row-1', 'row-2']);
  });

  test('lets new rows wait while the list is held still, the latest state of each once', () => {
    const still = { isStill: true, belongs: () => true };
    const first = applyChanges(list, [newer], still);
    const second = applyChanges(first, [{ ...newer, outcome: 'held' }], still);
    expect(ids(second.rows)).toEqual(['row-0', 'row-1', 'row-2']);
    expect(second.waiting.map(({ outcome }) => outcome)).toEqual(['held']);
    expect(ids(applyChanges(second, [], everything).rows)).toEqual(['newer', 'row-0', 'row-1', 'row-2']);
  });

  test('changes a row in its place, even when its time changed', () => {
    const changed = { ...sampleRow(2), outcome: 'discarded' as const, atMs: 1e15 };
    const { rows } = applyChanges(list, [changed], everything);
    expect(ids(rows)).toEqual(['row-0', 'row-1', 'row-2']);
    expect(rows[2]).toEqual({ ...changed, atMs: sampleRow(2).atMs });
  });

  test('takes out a row that no longer belongs to the list, but not while the list is held still', () => {
    const belongs = ({ outcome }: Row) => outcome !== 'discarded';
    const changed = { ...sampleRow(1), outcome: 'discarded' as const };
    expect(ids(applyChanges(list, [changed], { isStill: false, belongs }).rows)).toEqual(['row-0', 'row-2']);
    expect(ids(applyChanges(list, [changed], { isStill: true, belongs }).rows)).toEqual([
      'row-0',
      'row-1',
      'row-2',
    ]);
  });

  test('returns the same list when nothing changed', () => {
    expect(applyChanges(list, [], everything)).toBe(list);
  });

  test('adds older rows at the end, each once', () => {
    expect(ids(appendRows(list, sampleRows(5)).rows)).toEqual(['row-0', 'row-1', 'row-2', 'row-3', 'row-4']);
  });
});

describe('fingerprintOf', () => {
  test.each(['order-1001', ' order-1001 '])('hashes the id %j as the gateway does', async (text) => {
    expect(await fingerprintOf(text)).toBe(fingerprint('order-1001'));
  });

  test('reads an order number with and without its sign', async () => {
    expect(await fingerprintOf('#1001')).toBe(fingerprint('1001'));
    expect(await fingerprintOf('1001')).toBe(fingerprint('1001'));
    expect(await fingerprintOf('#')).toBe(fingerprint('#'));
  });

  test('keeps a fingerprint that was pasted, and finds nothing for no text', async () => {
    expect(await fingerprintOf('5d41402abc4b2a76')).toBe('5d41402abc4b2a76');
    expect(await fingerprintOf('  ')).toBe('');
  });
});

test('a row matches filters by source, name, result, and by its own or its order’s fingerprint', () => {
  const row = sampleRow(0);
  expect(matchesFilters(row, noFilters)).toBe(true);
  expect(
    matchesFilters(row, { source: 'api', name: 'Purchase', outcome: 'delivered', find: row.event ?? '' }),
  ).toBe(true);
  expect(matchesFilters(row, { ...noFilters, find: row.orders[0] ?? 'none' })).toBe(true);
  expect(matchesFilters(row, { ...noFilters, find: 'ffffffffffffffff' })).toBe(false);
  expect(matchesFilters(row, { ...noFilters, source: 'shop' })).toBe(false);
  expect(matchesFilters(row, { ...noFilters, name: 'AddToCart' })).toBe(false);
  expect(matchesFilters(row, { ...noFilters, outcome: 'held' })).toBe(false);
});
