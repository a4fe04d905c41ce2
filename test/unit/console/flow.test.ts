/** Events over time, in as many buckets as a chart can show. */
import { expect, test } from 'vitest';
import { createFlow } from '../../../console/server/view/flow.ts';
import type { JournalLine } from '../../../lib/journal/line.ts';
import { answered, event, parked, received, skipped } from '../../support/console/journal-lines.ts';

const nowMs = Date.UTC(2026, 10, 26, 12, 0, 5);
const ago = (seconds: number): number => nowMs - seconds * 1000;
const sum = (series: readonly number[]): number => series.reduce((total, count) => total + count, 0);

function bucketsOf(lines: readonly JournalLine[], sinceMs = ago(60)) {
  const flow = createFlow();
  for (const line of lines) flow.add(line);
  return flow.buckets(sinceMs, nowMs);
}

test('counts accepted, delivered and failed events in the bucket of their time', () => {
  const { bucketMs, startMs, accepted, delivered, failed } = bucketsOf([
    received(ago(30), [event(1), event(2)]),
    answered(ago(29), [event(1)]),
    parked(ago(3), event(2)),
  ]);
  const bucketOf = (atMs: number): number => Math.floor((atMs - startMs) / bucketMs);
  expect(bucketMs).toBe(10_000);
  expect(accepted[bucketOf(ago(30))]).toBe(2);
  expect(delivered[bucketOf(ago(29))]).toBe(1);
  expect(failed.at(-1)).toBe(1);
  expect([sum(accepted), sum(delivered), sum(failed)]).toEqual([2, 1, 1]);
});

test('counts a rejected event and a refused request as failed, and a skipped webhook as neither', () => {
  const { accepted, failed } = bucketsOf([
    received(ago(5), [event(1)], { accepted: 0, rejected: 1, status: 422, errors: 'email:required' }),
    received(ago(5), [], { accepted: 0, status: 400, reason: 'invalid_json' }),
    skipped(ago(5), 'test_order'),
  ]);
  expect([sum(accepted), sum(failed)]).toEqual([0, 2]);
});

test.each([
  ['a minute', 60],
  ['a day', 86_400],
  ['a week', 604_800],
])('has at most 60 buckets of one length for %s, and the last one contains now', (_, seconds) => {
  const { bucketMs, startMs, accepted, delivered, failed } = bucketsOf([], ago(seconds));
  expect(accepted.length).toBeLessThanOrEqual(60);
  expect(accepted.length).toBeGreaterThan(20);
  expect([delivered.length, failed.length]).toEqual([accepted.length, accepted.length]);
  const endMs = startMs + accepted.length * bucketMs;
  expect(endMs).toBeGreaterThan(nowMs);
  expect(endMs - bucketMs).toBeLessThanOrEqual(nowMs);
  expect(startMs % bucketMs).toBe(0);
});

test('leaves out what is older than the chart', () => {
  expect(sum(bucketsOf([received(ago(4_000), [event(1)])]).accepted)).toBe(0);
});
