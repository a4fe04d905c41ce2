/** Which events wait, for which reason, since when and until when. */
import { expect, test } from 'vitest';
import type { JournalLine } from '../../../lib/journal/line.ts';
import { createWaiting } from '../../../lib/journal/waiting.ts';
import { answered, event, parked, waits } from '../../support/console/journal-lines.ts';

const at = (seconds: number): number => Date.UTC(2026, 10, 26, 12, 0, seconds);

function foldOf(lines: readonly JournalLine[], settings?: { readonly maxEvents: number }) {
  const fold = createWaiting(settings);
  for (const line of lines) fold.add(line);
  return fold;
}

test('a group has the earliest start, the earliest next attempt and the last request id of its reason', () => {
  const hold = { outcome: 'hold', reason: 'tiktok_40105' };
  const fold = foldOf([
    answered(at(0), [event(1)], { ...hold, tiktok_request_id: 'R1' }),
    waits(at(0), [event(1)], { wait_s: '60', receives: '1' }),
    waits(at(5), [event(2)], { wait_s: '30', receives: '3' }),
    answered(at(6), [event(2)], { ...hold, tiktok_request_id: 'R2' }),
    answered(at(7), [event(9)], { outcome: 'retry', reason: 'http_503', tiktok_request_id: 'R3' }),
  ]);
  expect(fold.groups()).toMatchObject([
    {
      outcome: 'hold',
      count: 2,
      sinceMs: at(0),
      nextAttemptMs: at(35),
      isOlder: true,
      requestId: 'R2',
    },
  ]);
});

test('events are in different groups when their destination, outcome, reason or detail differs', () => {
  const fold = foldOf([
    waits(at(0), [event(1)]),
    waits(at(0), [event(2)], { destination: 'app' }),
    waits(at(0), [event(3)], { outcome: 'retry' }),
    waits(at(0), [event(4)], { reason: 'no_token' }),
    waits(at(0), [event(5)], { detail: 'event_source_id' }),
  ]);
  expect(fold.groups().map(({ count }) => count)).toEqual([1, 1, 1, 1, 1]);
});

test('an event that was refused together with others waits again by the next line', () => {
  const lines = [
    waits(at(0), [event(1)], { outcome: 'retry', reason: 'http_503' }),
    answered(at(5), [event(1), event(2)], { outcome: 'reject', reason: 'tiktok_40002' }),
  ];
  expect(foldOf(lines).groups()).toEqual([]);
  const again = [...lines, waits(at(5), [event(1)], { outcome: 'retry', reason: 'tiktok_40002' })];
  expect(foldOf(again).groups()).toMatchObject([{ reason: 'tiktok_40002', count: 1, sinceMs: at(5) }]);
});

test('a dead letter that names no event ends no waiting', () => {
  expect(foldOf([waits(at(0), [event(1)]), parked(at(1), '')]).groups()).toHaveLength(1);
});

test('an event that was heard of least recently is forgotten first when too many wait', () => {
  const lines = [waits(at(0), [event(1)]), waits(at(1), [event(2)]), waits(at(2), [event(1)])];
  const fold = foldOf([...lines, waits(at(3), [event(3)])], { maxEvents: 2 });
  expect(fold.groups(new Set([event(1)]))).toHaveLength(1);
  expect(fold.groups(new Set([event(2)]))).toEqual([]);
  expect(fold.groups()).toMatchObject([{ count: 2 }]);
});
