/** Times at the terminal, in the zone of this machine, whichever it is. */
import { expect, test } from 'vitest';
import { clockText, shortTime, sortableTime } from '../../../../cli/terminal/local-time.ts';

const at = (day: number, hour: number, minute: number): number =>
  new Date(2026, 10, day, hour, minute, 7).getTime();

test('a time of today has no date', () => {
  expect(shortTime(at(26, 0, 5), at(26, 23, 59))).toBe('00:05');
  expect(shortTime(at(26, 23, 59), at(26, 0, 5))).toBe('23:59');
});

test('a time of another day has the date of this zone, at both ends of the day', () => {
  expect(shortTime(at(25, 0, 5), at(26, 12, 0))).toBe('2026-11-25 00:05');
  expect(shortTime(at(25, 23, 59), at(26, 0, 1))).toBe('2026-11-25 23:59');
});

test('a time in a table has date and seconds, the time of a step only the clock', () => {
  expect(sortableTime(at(6, 9, 4))).toBe('2026-11-06 09:04:07');
  expect(clockText(at(6, 9, 4))).toBe('09:04:07');
});
