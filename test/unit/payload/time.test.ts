/** The times of platforms and databases: what each writes for a time, and for none. */
import { expect, test } from 'vitest';
import { asUnixSeconds, readPlatformTime } from '../../../lib/payload/time.ts';

const seconds = Date.UTC(2026, 9, 1, 10) / 1000;

test.each<[string, unknown]>([
  ['Postgres', '2026-10-01 10:00:00+00'],
  ['Postgres without a zone', '2026-10-01 10:00:00.123456'],
  ['BigQuery', '2026-10-01 10:00:00 UTC'],
  ['BigQuery with a fraction', '2026-10-01 10:00:00.5 UTC'],
  ['Snowflake', '2026-10-01 10:00:00.000 +0000'],
  ['Snowflake with Z', '2026-10-01 10:00:00 Z'],
  ['MySQL', '2026-10-01 10:00:00'],
  ['RFC 2822', 'Thu, 01 Oct 2026 12:00:00 +0200'],
  ['RFC 2822 with a comment', 'Thu, 1 Oct 2026 10:00:00 +0000 (UTC)'],
  ['an HTTP header', 'Thu, 01 Oct 2026 10:00:00 GMT'],
  ['JavaScript', 'Thu Oct 01 2026 13:00:00 GMT+0300 (Arabian Standard Time)'],
  ['Stripe', seconds],
  ['JavaScript numbers', seconds * 1000 + 5],
  ['a CSV', ` ${seconds}.0 `],
])('reads the time of %s: %j', (_writer, value) => {
  expect(asUnixSeconds(value)).toBe(seconds);
});

test.each([
  null,
  undefined,
  '',
  ' \u200b',
  '0000-00-00',
  '0000-00-00 00:00:00',
  '0000-00-00 00:00:00.000000',
  '0000-00-00T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '0001-01-01 00:00:00 +0000 UTC',
])('takes %j for an absent time', (value) => {
  expect(readPlatformTime(value)).toBe('absent');
  expect(asUnixSeconds(value)).toBeUndefined();
});

test.each([
  'soon',
  'null',
  0,
  '0',
  -5,
  '1970-01-01',
  '1969-12-31 23:59:59',
  '2026-02-30',
  'Tue, 31 Feb 2026 10:00:00 +0000',
  'Thu, 01 Okt 2026 10:00:00 +0000',
  'Thu, 01 Oct 2026 10:00:00',
  'Thu Oct 32 2026 13:00:00 GMT+0300',
  '10/01/2026',
  1_795_670_245_369_833,
  true,
  {},
  ['2026-10-01'],
])('never takes %j, which is there but no time, for an absent one', (value) => {
  expect(readPlatformTime(value)).toEqual({ problem: expect.stringMatching(/^expected /) });
  expect(asUnixSeconds(value)).toBeUndefined();
});

test('keeps a time that is too far away for Unix seconds in the future', () => {
  expect(asUnixSeconds('9999-12-31')).toBe(99_999_999_999);
});
