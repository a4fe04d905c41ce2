/** Which events wait for which reason. */
import { expect, test } from 'vitest';
import { createHeld } from '../../../console/server/view/held.ts';
import type { JournalLine } from '../../../lib/journal/line.ts';
import { answered, event, parked, waits } from '../../support/console/journal-lines.ts';

const at = (seconds: number): number => Date.UTC(2026, 10, 26, 12, 0, seconds);

function groupsOf(...lines: readonly JournalLine[]) {
  const held = createHeld('prod');
  for (const line of lines) held.add(line);
  return held.groups();
}

test('names the largest group first, with the earliest next attempt', () => {
  const groups = groupsOf(
    waits(at(0), [event(1)], { destination: 'app', outcome: 'retry', reason: 'http_503', wait_s: '3' }),
    waits(at(1), [event(2), event(3)], { wait_s: '30 40' }),
  );
  expect(groups).toMatchObject([
    { destination: 'default', outcome: 'held', count: 2, sinceMs: at(1), nextAttemptMs: at(31) },
    { destination: 'app', outcome: 'waiting', count: 1, sinceMs: at(0), nextAttemptMs: at(3) },
  ]);
});

test('keeps the time since when a group waits over its attempts, and starts again when it was empty', () => {
  const again = [waits(at(0), [event(1)]), waits(at(30), [event(1)])];
  expect(groupsOf(...again)).toMatchObject([{ sinceMs: at(0), nextAttemptMs: at(60), count: 1 }]);
  const later = [...again, answered(at(60), [event(1)]), waits(at(90), [event(2)])];
  expect(groupsOf(...later)).toMatchObject([{ sinceMs: at(90), count: 1 }]);
});

test('moves an event to the group of its last reason', () => {
  const groups = groupsOf(
    waits(at(0), [event(1)], { outcome: 'retry', reason: 'timeout' }),
    waits(at(5), [event(1)]),
  );
  expect(groups).toMatchObject([{ reason: 'tiktok_40105', count: 1 }]);
});

test.each([
  ['delivered', answered(at(9), [event(1)])],
  ['parked', parked(at(9), event(1))],
])('has no group when the event was %s', (_, line) => {
  expect(groupsOf(waits(at(0), [event(1)]), line)).toEqual([]);
});

test('keeps waiting what TikTok refused to take', () => {
  const refused = answered(at(9), [event(1)], { outcome: 'hold', reason: 'tiktok_40105' });
  expect(groupsOf(waits(at(0), [event(1)]), refused)).toHaveLength(1);
});

test('gives a command for a token, with the destination, and none for what passes by itself', () => {
  const [token] = groupsOf(waits(at(0), [event(1)], { destination: 'app' }));
  expect(token?.remedy).toBe('npx --no tiktok-events connect --stage prod --destination app');
  const [outage] = groupsOf(waits(at(0), [event(1)], { reason: 'http_503' }));
  expect(outage?.remedy).toBeUndefined();
  expect(outage?.text).toContain('503');
});

test('shows the code of a reason that has no text', () => {
  expect(groupsOf(waits(at(0), [event(1)], { reason: 'of_a_later_release' }))).toMatchObject([
    { text: 'of_a_later_release' },
  ]);
});
