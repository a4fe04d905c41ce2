/** The bounds of event_time, which is judged against the time of receipt. */
import { expect, test } from 'vitest';
import { errorsOf, parse, receivedAt, receivedAtMs, warningsOf } from '../../../support/events/events.ts';

const day = 86_400;
const codes = (fields: Record<string, unknown>) =>
  errorsOf(fields).map(({ field, code }) => `${field}: ${code}`);

test.each([
  [28 * day, []],
  [28 * day + 1, ['event_time: too_old']],
  [28 * day + 60, ['event_time: too_old']],
  [-600, []],
  [-601, ['event_time: in_future']],
])('judges an event_time %d s before the receipt with the errors %j', (age, expected) => {
  expect(codes({ event_time: receivedAt - age })).toEqual(expected);
});

test.each([
  [7 * day, 0],
  [7 * day + 1, 1],
  [28 * day, 1],
])('accepts an event_time %d s before the receipt with %d warnings', (age, count) => {
  expect(warningsOf({ event_time: receivedAt - age })).toHaveLength(count);
});

test.each([
  [99_999_999_999, 'in_future'],
  [100_000_000_000, 'too_old'],
])('reads the event_time %d as seconds below 10^11 and as milliseconds from there on', (event_time, code) => {
  expect(codes({ event_time })).toEqual([`event_time: ${code}`]);
});

test('reads an event_time with the smallest fraction of a second as that second', () => {
  const parsed = parse({ event_name: 'Lead', ttclid: 'a', event_time: `${receivedAt - 1}999` });
  expect(parsed.ok && parsed.event.event_time).toBe(receivedAt - 1);
  expect(receivedAtMs % 1000).toBe(0);
});
