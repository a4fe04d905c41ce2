import { expect, test } from 'vitest';
import { createCursorFault } from '../../../lib/rows/cursor-fault.ts';
import { createLocalTime } from '../../../lib/rows/local-time.ts';

const nowMs = Date.UTC(2026, 10, 26, 12, 0, 0);
const judge = (column = 'updated_at', timeZone = 'UTC') => {
  const fault = createCursorFault({ column, now: () => nowMs, localTime: createLocalTime(timeZone) });
  return (cursor: string) => fault(cursor) !== undefined;
};

test.each([
  '9999-12-31',
  '9999-12-31 00:00:00',
  '9999-99-99',
  '10000-01-01',
  '294247-01-10 04:00:54.775807',
  'infinity',
  'NaN',
  '2026-11-27',
  '2026-11-26 12:10:01',
  '2026-11-26 12:10:01.5+00',
  '2026-11-26T12:11:00Z',
  '2026-11-26 12:11:00 UTC',
  '2026-11-26T14:11:00+02:00',
  '2026-11-26 07:11-05',
  '20261126T121100Z',
  '2026/11/27 00:00',
])('a time later than now is a fault, whatever the name of the column: %s', (cursor) => {
  expect(judge('anything')(cursor)).toBe(true);
});

test.each([
  '2026-11-26',
  '2026-11-26 12:10:00',
  '2026-11-26 12:09:59.999+00',
  '2026-11-26T14:10:00+02:00',
  '2026-11-26 21:00:00+09',
  '2026-11-26 07:00:00-05:00',
  '20261126T120000Z',
  '1970-01-01',
  '0000-00-00 00:00:00',
  '-infinity',
  'order-2099-01-01',
  '2099-01-01-000123',
  '2099-07',
  'zz',
])('a time up to now, and a text that is no time, is no fault: %s', (cursor) => {
  expect(judge('anything')(cursor)).toBe(false);
});

test('a time without a zone is read in the zone of the sync', () => {
  expect(judge('updated_at', 'Asia/Tokyo')('2026-11-26 21:00:00')).toBe(false);
  expect(judge('updated_at', 'Asia/Tokyo')('2026-11-26 21:11:00')).toBe(true);
  expect(judge('updated_at', 'America/New_York')('2026-11-26 07:11:00')).toBe(true);
  expect(judge('updated_at', 'Asia/Tokyo')('2026-11-27')).toBe(true);
  expect(judge('updated_at', 'Asia/Tokyo')('20261126210000')).toBe(false);
});

const nowSeconds = nowMs / 1000;
test.each([
  `${nowSeconds + 601}`,
  `${(nowSeconds + 601) * 1000}`,
  `${nowSeconds + 601}000000`,
  `${nowSeconds + 601}000000000`,
  '2147483647',
  '9999999999',
  '253402300799',
  '253402300799000',
  '9223372036854775807',
  '2.53402300799e11',
  '99991231',
  '20261127',
  '99991231235959',
  '999912',
])('a number later than now is a fault in a column named like a time: %s', (cursor) => {
  for (const column of ['updated_at', 'createdAt', 'ts', 'order_date', 'lastModified', 'event_time'])
    expect(judge(column)(cursor)).toBe(true);
  for (const column of ['id', 'seq', 'update_id', 'order_number', 'rowversion', 'chat', 'items'])
    expect(judge(column)(cursor)).toBe(false);
});

test.each([
  `${nowSeconds + 600}`,
  `${nowSeconds}.53`,
  `${nowMs}`,
  `${nowSeconds}000000`,
  `${nowSeconds}000000000`,
  '1.795e9',
  '0',
  '86400',
  '20261126',
  '20261126120000',
  '202611261200',
  '202611',
])('a number up to now is no fault in a column named like a time: %s', (cursor) => {
  expect(judge('updated_at')(cursor)).toBe(false);
});

test('a jump from seconds to milliseconds within one column is a fault', () => {
  const isFault = judge('ts');
  expect([String(nowSeconds - 60), String(nowMs - 60), String(nowSeconds)].map(isFault)).toEqual([
    false,
    true,
    false,
  ]);
});

test('a day of Excel later than now is a fault in a column that has days of Excel up to now', () => {
  const isFault = judge('updated_at');
  expect(['46351', '46352.49', '46352.51', '46353', '2958465'].map(isFault)).toEqual([
    false,
    false,
    true,
    true,
    true,
  ]);
});

test('the last day of Excel is a fault even as the only value of a column named like a time', () => {
  expect(judge('order_date')('2958465')).toBe(true);
  expect(judge('order_date')('2958465.999')).toBe(true);
  expect(judge('order_id')('2958465')).toBe(false);
});

test('the problem names the column and not the value', () => {
  const fault = createCursorFault({
    column: 'updated_at',
    now: () => nowMs,
    localTime: createLocalTime('UTC'),
  })('9999-12-31');
  expect(fault).toMatchObject({ field: 'updated_at', code: 'cursor_in_future' });
  expect(JSON.stringify(fault)).not.toContain('9999');
});
