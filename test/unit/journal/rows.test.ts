/** One current row for each event of the journal. */
import { expect, test } from 'vitest';
import { readLine } from '../../../lib/journal/parse-line.ts';
import type { EventRow } from '../../../lib/journal/row.ts';
import { createRows } from '../../../lib/journal/rows.ts';

const fp = 'aaaaaaaaaaaaaaaa';
const at = (seconds: number) => new Date(Date.UTC(2026, 10, 26, 9, 0, seconds)).toISOString();

type Fields = Readonly<Record<string, unknown>>;
const line = (seconds: number, message: string, fields: Fields): Fields => ({
  level: 'INFO',
  message,
  timestamp: at(seconds),
  trace: 'trace-1',
  ...fields,
});
const received = line(0, 'events received', {
  source: 'api',
  status: 202,
  accepted: 1,
  rejected: 0,
  not_queued: 0,
  event: fp,
  order: '1111111111111111',
  event_name: 'Purchase',
  warnings: 'email:invalid_email',
});
const answer = (seconds: number, outcome: string, reason: string) =>
  line(seconds, 'tiktok answered', {
    destination: 'default',
    count: 1,
    outcome,
    reason,
    event: fp,
    duration_ms: 90,
  });
const waits = (seconds: number, outcome: string, reason: string) =>
  line(seconds, 'message waits', {
    destination: 'default',
    outcome,
    reason,
    count: 1,
    event: fp,
    wait_s: '30',
    receives: '1',
  });
const parked = (seconds: number) =>
  line(seconds, 'message parked', {
    reason: 'tiktok_40002',
    detail: 'event_id',
    outcome: 'refused',
    destination: 'default',
    source: 'api',
    event: fp,
    event_name: 'Purchase',
    message_id: `m${seconds}`,
    receives: 1,
  });
const finished = (seconds: number, what: 'replayed' | 'discarded') =>
  line(seconds, `message ${what}`, {
    event: fp,
    destination: 'default',
    reason: 'tiktok_40002',
    message_id: 'm',
  });

function rowAfter(...lines: readonly Fields[]): EventRow | undefined {
  const rows = createRows();
  for (const each of lines) {
    const read = readLine(each);
    if (read !== undefined) rows.add(read);
  }
  return rows.list()[0];
}

test('shows an event that was accepted and is not sent yet', () => {
  expect(rowAfter(received)).toMatchObject({
    id: fp,
    event: fp,
    outcome: 'accepted',
    source: 'api',
    name: 'Purchase',
    orders: ['1111111111111111'],
    warnings: ['email:invalid_email'],
    attempts: 0,
    receipts: 1,
  });
});

test('shows a delivered event with its duration, also when the receipt is logged after the delivery', () => {
  expect(rowAfter(received, answer(2, 'delivered', 'tiktok_0'))).toMatchObject({
    outcome: 'delivered',
    reason: undefined,
    tookMs: 2_000,
    attempts: 1,
    destination: 'default',
  });
  const late = { ...received, timestamp: at(4) };
  expect(rowAfter(late, answer(2, 'delivered', 'tiktok_0'))).toMatchObject({
    outcome: 'delivered',
    tookMs: 0,
  });
});

test('shows why an event waits or is held, and when it is tried again', () => {
  expect(rowAfter(received, answer(2, 'retry', 'http_503'), waits(2, 'retry', 'http_503'))).toMatchObject({
    outcome: 'waiting',
    reason: 'http_503',
    nextAttemptMs: Date.parse(at(32)),
  });
  expect(rowAfter(received, waits(2, 'retry', 'http_503'), waits(9, 'hold', 'tiktok_40105'))).toMatchObject({
    outcome: 'held',
    reason: 'tiktok_40105',
  });
});

test('shows a dead letter until each of its copies is replayed or discarded', () => {
  expect(rowAfter(received, answer(2, 'reject', 'tiktok_40002'), parked(2))).toMatchObject({
    outcome: 'dead-letter',
    reason: 'tiktok_40002',
    detail: 'event_id',
    deadLetterId: 'm2',
  });
  expect(rowAfter(received, parked(2), finished(9, 'replayed'))).toMatchObject({
    outcome: 'accepted',
    deadLetterId: undefined,
  });
  expect(rowAfter(received, parked(2), finished(9, 'discarded'))?.outcome).toBe('discarded');
  expect(rowAfter(received, parked(2), finished(9, 'replayed'), parked(12))?.outcome).toBe('dead-letter');
  // The operator's clock is ahead.
  expect(rowAfter(received, parked(2), finished(30, 'replayed'), parked(12))?.outcome).toBe('dead-letter');
  expect(
    rowAfter(received, parked(2), finished(30, 'replayed'), answer(12, 'delivered', 'tiktok_0'))?.outcome,
  ).toBe('delivered');
});

test('shows a dead letter whose event was sent again as what became of the new one', () => {
  const again = { ...received, timestamp: at(40) };
  expect(rowAfter(received, parked(2), again, answer(42, 'delivered', 'tiktok_0'))).toMatchObject({
    outcome: 'delivered',
    receipts: 2,
    deadLetterId: 'm2',
  });
});

test('shows a rejected event by its first error, unless the same event was accepted', () => {
  const rejected = { ...received, status: 422, errors: 'value:negative', accepted: 0, rejected: 1 };
  expect(rowAfter(rejected)).toMatchObject({ outcome: 'rejected', reason: 'value:negative', receipts: 0 });
  expect(rowAfter(received, { ...rejected, timestamp: at(5) })?.outcome).toBe('accepted');
});

test('shows a rejected post and a skipped webhook as rows without an event', () => {
  expect(
    rowAfter(line(0, 'events received', { source: 'api', status: 400, reason: 'invalid_json' })),
  ).toMatchObject({
    outcome: 'rejected',
    reason: 'invalid_json',
    event: undefined,
    name: undefined,
  });
  const webhook = { source: 'shop', topic: 'orders/paid', status: 200, accepted: 0, rejected: 1 };
  expect(
    rowAfter(
      line(0, 'webhook received', {
        ...webhook,
        reason: 'test_order',
        order: '1111111111111111,2222222222222222',
      }),
    ),
  ).toMatchObject({
    outcome: 'skipped',
    reason: 'test_order',
    topic: 'orders/paid',
    orders: ['1111111111111111', '2222222222222222'],
  });
  expect(
    rowAfter(line(0, 'webhook received', { source: 'shop', status: 401, reason: 'signature_mismatch' }))
      ?.outcome,
  ).toBe('rejected');
});

test('shows the event of a dry run as skipped, and no row for a probe', () => {
  const dryRun = { ...received, message: 'webhook received', source: 'shop', dry_run: true };
  expect(rowAfter(dryRun)).toMatchObject({ outcome: 'skipped', reason: 'dry_run' });
  expect(rowAfter(line(0, 'webhook received', { source: 'shop', status: 200 }))).toBeUndefined();
});

test('shows an event whose receipt is not among the lines', () => {
  expect(rowAfter(answer(2, 'delivered', 'tiktok_0'))).toMatchObject({
    source: 'unknown',
    outcome: 'delivered',
    atMs: Date.parse(at(2)),
  });
  expect(rowAfter(parked(2))).toMatchObject({ source: 'api', name: 'Purchase', outcome: 'dead-letter' });
});

test('keeps the newest rows and counts the ones that it forgets', () => {
  const rows = createRows({ maxRows: 100 });
  for (let second = 0; second < 1_000; second += 1) {
    const read = readLine({
      ...received,
      timestamp: at(second),
      event: second.toString(16).padStart(16, '0'),
    });
    if (read !== undefined) rows.add(read);
  }
  expect(rows.list().length).toBeLessThanOrEqual(110);
  expect(rows.list().length + rows.forgotten()).toBe(1_000);
  expect(rows.list()[0]?.event).toBe((999).toString(16).padStart(16, '0'));
});

test('gives all rows for a cursor that it never gave', () => {
  const rows = createRows();
  const read = readLine(received);
  if (read !== undefined) rows.add(read);
  for (const cursor of ['9', 'x', '', '-1']) expect(rows.changed(cursor).rows).toHaveLength(1);
  expect(rows.changed(rows.changed().cursor).rows).toEqual([]);
});

test('shows the first of two receipts, whichever line comes first', () => {
  const again = { ...received, timestamp: at(60), source: 'shop', warnings: undefined };
  for (const lines of [
    [received, again],
    [again, received],
  ])
    expect(rowAfter(...lines)).toMatchObject({
      atMs: Date.parse(at(0)),
      source: 'api',
      warnings: ['email:invalid_email'],
      receipts: 2,
    });
});

test('shows an event as delivered when a delivery and a wait have the same millisecond', () => {
  const [delivered, waiting] = [answer(5, 'delivered', 'tiktok_0'), waits(5, 'hold', 'tiktok_40105')];
  for (const lines of [
    [received, delivered, waiting],
    [received, waiting, delivered],
  ])
    expect(rowAfter(...lines)).toMatchObject({ outcome: 'delivered', nextAttemptMs: undefined });
});

test('has a row for a request that was answered with an error, also without a reason', () => {
  const request = (status: number) => line(0, 'events received', { source: 'api', status });
  expect(rowAfter(request(399))).toBeUndefined();
  expect(rowAfter(request(400))).toMatchObject({ outcome: 'rejected', reason: undefined, orders: [] });
});

test('has one row for a message that cannot be read: that of its dead letter', () => {
  const rows = createRows();
  const unread = { source: 'queue', accepted: 0, rejected: 1, event: '-', errors: ':undecodable' };
  const letter = { ...parked(1), event: undefined, reason: 'undecodable' };
  for (const each of [line(0, 'events received', unread), letter]) {
    const read = readLine(each);
    if (read !== undefined) rows.add(read);
  }
  expect(rows.list()).toMatchObject([{ outcome: 'dead-letter', reason: 'undecodable' }]);
});

test('names the reason of an event that was not queued without the sign of a reason of no field', () => {
  const lost = { ...received, status: 503, accepted: 0, not_queued: 1, errors: ':queue_unavailable' };
  expect(rowAfter(lost)).toMatchObject({ outcome: 'rejected', reason: 'queue_unavailable' });
});

test('shows the dead letter of one copy when the other was delivered in the same millisecond', () => {
  const lines = [received, answer(5, 'delivered', 'tiktok_0'), parked(5)];
  expect(rowAfter(...lines)).toMatchObject({ outcome: 'dead-letter', deadLetterId: 'm5' });
});

test('has no row for an event that no line names', () => {
  expect(createRows().get(fp)).toBeUndefined();
});
