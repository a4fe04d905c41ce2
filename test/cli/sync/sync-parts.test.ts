import { expect, test, vi } from 'vitest';
import { CliError } from '../../../cli/errors/cli-error.ts';
import { checkSyncOptions, type SyncOptions } from '../../../cli/sync/options.ts';

import { createCheckpoint } from '../../../lib/rows/checkpoint.ts';
import { compareCursors } from '../../../lib/rows/compare-cursors.ts';
import { fitEvent } from '../../../lib/rows/fit-event.ts';
import { createLocalTime } from '../../../lib/rows/local-time.ts';
import { numberOrDigits, withoutEmpty } from '../../../lib/rows/source-row.ts';

const defaults: SyncOptions = {
  stage: 'local',
  timezone: 'UTC',
  mode: 'insert',
  preview: 3,
  exclude: [],
  concurrency: 4,
  giveUpAfter: 1,
};
const query = 'select 1';

function refusal(options: Partial<SyncOptions>, input?: string): string {
  try {
    checkSyncOptions(input, { ...defaults, ...options });
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(CliError);
    return error instanceof CliError && error.exitCode === 2 ? error.message : 'another code';
  }
}

test.each([
  { mode: 'update', says: 'cannot change' },
  { mode: 'upsert', says: 'cannot change' },
  { mode: 'mirror', says: 'cannot take back' },
  { mode: 'remove', says: 'cannot take a member out' },
])('mode $mode is refused by name, with the reason', ({ mode, says }) => {
  expect(refusal({ mode, query })).toMatch(new RegExp(`--mode ${mode} is not possible: .*${says}`));
});

test.each<{ options: Partial<SyncOptions>; input?: string; says: string }>([
  { options: { query }, input: '-', says: 'not both' },
  { options: {}, says: 'Which rows' },
  { options: {}, input: 'orders.csv', says: '--query' },
  { options: { query: "from read_csv('/dev/stdin')" }, says: 'cannot read standard input' },
  { options: { query, cursor: 'id' }, says: 'belong together' },
  { options: { query, state: 'x' }, says: 'belong together' },
  { options: { query, mode: 'add' }, says: 'needs --audience' },
  { options: { query, mode: 'add', audience: 'vip', cursor: 'id' }, says: 'leave --cursor out' },
  { options: { query, audience: 'vip' }, says: 'belongs to --mode add' },
  { options: { query, mode: 'push' }, says: 'insert or add' },
])('sync rejects options that do not fit: $says', ({ options, input, says }) => {
  expect(refusal(options, input)).toContain(says);
});

test.each([
  ['12.50', 12.5],
  ['0.10', 0.1],
  ['-7', -7],
  ['9007199254740991', 9_007_199_254_740_991],
  ['9007199254740993', '9007199254740993'],
  ['19.123456789012345678', '19.123456789012345678'],
  ['1e3', '1e3'],
  ['NaN', 'NaN'],
])('the number %s becomes %j: no digit is lost', (text, expected) => {
  expect(numberOrDigits(text)).toBe(expected);
});

test.each(['7'.repeat(150_000), `0.${'0'.repeat(150_000)}1`, `1${'0'.repeat(150_000)}.0`])(
  'a number of 150 KB is kept as text without a look at its digits',
  (text) => {
    const exec = vi.spyOn(RegExp.prototype, 'exec');
    const number = numberOrDigits(text);
    const looks = exec.mock.calls.length;
    exec.mockRestore();
    expect(looks).toBe(0);
    expect(number === text).toBe(true);
  },
);

test('null and empty text are absent, in nested values too; zero and false are not', () => {
  expect(withoutEmpty({ a: null, b: '', c: 0, d: false, e: ' ', f: [{ g: null, h: 1 }, null] })).toEqual({
    c: 0,
    d: false,
    e: ' ',
    f: [{ h: 1 }],
  });
});

test.each([
  { zone: 'UTC', text: '2026-06-01 10:00', expected: '2026-06-01T10:00:00Z' },
  { zone: 'Europe/Berlin', text: '2026-06-01 10:00:00', expected: '2026-06-01T08:00:00Z' },
  { zone: 'Europe/Berlin', text: '2026-12-01T10:00:00.5', expected: '2026-12-01T09:00:00.500Z' },
  { zone: 'Europe/Berlin', text: '2026-03-29 01:59:59', expected: '2026-03-29T00:59:59Z' },
  { zone: 'Europe/Berlin', text: '2026-03-29 03:00:00', expected: '2026-03-29T01:00:00Z' },
  { zone: 'America/New_York', text: '2026-11-01 03:00:00', expected: '2026-11-01T08:00:00Z' },
  { zone: 'Asia/Kolkata', text: '2026-06-01 10:00:00', expected: '2026-06-01T04:30:00Z' },
  { zone: 'Asia/Tokyo', text: '2026-06-01T10:00:00+02:00', expected: '2026-06-01T10:00:00+02:00' },
  { zone: 'Asia/Tokyo', text: 'order 2026-06-01 10:00', expected: 'order 2026-06-01 10:00' },
  { zone: 'Asia/Tokyo', text: '2026-06-01 10:00:00 UTC', expected: '2026-06-01 10:00:00 UTC' },
  { zone: 'Asia/Tokyo', text: '2026-02-30 10:00:00', expected: '2026-02-30 10:00:00' },
  { zone: 'Asia/Tokyo', text: '20260601 100000', expected: '20260601 100000' },
  { zone: 'Asia/Tokyo', text: '20260601T100000', expected: '2026-06-01T01:00:00Z' },
  { zone: 'Asia/Tokyo', text: '2026-06-01t10:00:00,123456789012', expected: '2026-06-01T01:00:00.123Z' },
  { zone: 'Asia/Tokyo', text: '2026-W23-1 10:00', expected: '2026-06-01T01:00:00Z' },
])('$text in $zone is $expected', ({ zone, text, expected }) => {
  expect(createLocalTime(zone)(text)).toBe(expected);
});

test.each([
  {
    what: 'a date is the beginning of its day',
    event: { event_time: '2026-06-01' },
    expected: { event_time: '2026-05-31T22:00:00Z' },
  },
  {
    what: 'a number in a text field is text',
    event: { content_name: 501, city: 7 },
    expected: { content_name: '501', city: '7' },
  },
  { what: 'a number in a number field stays one', event: { value: 5 }, expected: { value: 5 } },
  {
    what: 'the text of a truth value stays: the check of the event reads it',
    event: { limited_data_use: 'TRUE' },
    expected: { limited_data_use: 'TRUE' },
  },
  {
    what: 'an event id that looks like a time stays',
    event: { event_id: '2026-06-01 10:00' },
    expected: { event_id: '2026-06-01 10:00' },
  },
])('$what', ({ event, expected }) => {
  expect(fitEvent(event, createLocalTime('Europe/Berlin'))).toEqual(expected);
});

test.each([
  ['9', '10', -1],
  ['9007199254740993', '9007199254740992', 1],
  ['1.5', '1.25', 1],
  ['2026-01-02', '2026-01-10', -1],
  ['a', 'a', 0],
])('cursor %s against %s', (a, b, sign) => {
  expect(Math.sign(compareCursors(a, b))).toBe(sign);
});

test('advances the checkpoint in order and never past an open batch', () => {
  const advanced: number[] = [];
  const batch = (number: number) => ({ number, rows: 1, events: [], entries: [] });
  const checkpoint = createCheckpoint(({ number }) => advanced.push(number));
  for (const number of [2, 3]) checkpoint.settle(batch(number));
  expect(advanced).toEqual([]);
  checkpoint.settle(batch(1));
  checkpoint.settle(batch(5));
  expect(advanced).toEqual([1, 2, 3]);
});
