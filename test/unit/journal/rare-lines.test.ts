/** Lines that few stages have: without an id, a reason, a destination, or of a later release. */
import { expect, test } from 'vitest';
import { gainsOf } from '../../../lib/journal/gains.ts';
import type { JournalLine } from '../../../lib/journal/line.ts';
import { partsOf } from '../../../lib/journal/parts.ts';
import { receivedLists } from '../../../lib/journal/received-lists.ts';
import { createRows } from '../../../lib/journal/rows.ts';
import { tellLetter, tellPart, tellStory } from '../../../lib/journal/story.ts';
import { createWaiting } from '../../../lib/journal/waiting.ts';
import { reasonText } from '../../../lib/reasons/reason-text.ts';
import {
  answered,
  event,
  journalLine,
  parked,
  received,
  skipped,
  waits,
} from '../../support/console/journal-lines.ts';

const at = (seconds: number): number => Date.UTC(2026, 10, 26, 12, 0, seconds);
const coverage = journalLine(at(9), 'coverage', { source: 'api', event_name: 'Purchase', events: 1 });

const rowsOf = (...lines: readonly JournalLine[]) => {
  const rows = createRows();
  for (const line of lines) rows.add(line);
  return rows.list();
};
const story = (id: string, ...lines: readonly JournalLine[]) => tellStory(id, lines, reasonText);
const requestStory = (line: JournalLine) =>
  line.kind === 'received' ? partsOf(line).flatMap((part) => tellPart(part, reasonText)) : [];

test('a line of coverage is no row and no step of a story', () => {
  expect(rowsOf(coverage)).toEqual([]);
  expect(story(event(1), coverage)).toEqual([]);
});

test('a waiting message without an id is no row', () => {
  expect(rowsOf(waits(at(0), ['-']))).toEqual([]);
});

test('a webhook without a status and an event is skipped for its reason, and a probe is no row', () => {
  expect(rowsOf(skipped(at(0), 'test_order', { status: undefined }))).toMatchObject([{ outcome: 'skipped' }]);
  expect(rowsOf(skipped(at(0), '', { status: undefined, rejected: 0 }))).toEqual([]);
});

test('a message that waits for an unknown destination leaves the destination open', () => {
  expect(rowsOf(waits(at(0), [event(1)], { destination: undefined }))).toMatchObject([
    { outcome: 'held', destination: undefined },
  ]);
  expect(waitingOf(waits(at(0), [event(1)], { destination: undefined })).groups()).toMatchObject([
    { destination: undefined, count: 1 },
  ]);
});

function waitingOf(...lines: readonly JournalLine[]) {
  const fold = createWaiting();
  for (const line of lines) fold.add(line);
  return fold;
}

test('only the events asked for are counted as waiting', () => {
  const fold = waitingOf(waits(at(0), [event(1), event(2)]), parked(at(1), ''));
  expect(fold.groups(new Set([event(2)]))).toMatchObject([{ count: 1 }]);
  expect(fold.groups(new Set())).toEqual([]);
});

test('rows of one millisecond are ordered by id', () => {
  const ids = rowsOf(received(at(0), [event(2), event(1), event(3)])).map(({ id }) => id);
  expect(ids).toEqual([event(1), event(2), event(3)]);
});

test('an event that TikTok received twice was delivered the first time', () => {
  const rows = rowsOf(received(at(0), [event(1)]), answered(at(2), [event(1)]), answered(at(8), [event(1)]));
  expect(rows).toMatchObject([{ deliveredAtMs: at(2), tookMs: 2_000, attempts: 2 }]);
});

test('a request without a reason or with one of a later release is shown with what it has', () => {
  const post = received(at(0), [], { accepted: 0, status: 500, trace: undefined, reason: undefined });
  expect(requestStory(post)).toEqual([
    { atMs: at(0), tone: 'bad', title: 'rejected by the API', details: ['answered HTTP 500'] },
  ]);
  const later = skipped(at(0), 'of_a_later_release', {
    status: undefined,
    trace: undefined,
    topic: undefined,
  });
  expect(requestStory(later)).toEqual([
    { atMs: at(0), tone: 'neutral', title: 'skipped from shopify: of_a_later_release', details: [] },
  ]);
});

test('codes of a later release are shown as they are', () => {
  const codes = { errors: 'value:later_code@0', warnings: 'email:later_code@1' };
  const line = received(at(0), [event(1), event(2)], { ...codes, trace: undefined, status: undefined });
  expect(story(event(1), line)[0]?.details).toEqual(['event Purchase', 'value:later_code']);
  expect(story(event(2), line)[0]?.details).toEqual(['event Purchase', 'warning email:later_code']);
});

test('a dead letter without an id of its message is shown without one', () => {
  const lines = ['message parked', 'message discarded'].map((message, index) =>
    journalLine(at(index), message, { event: event(1), reason: 'expired', trace: undefined }),
  );
  const details = story(event(1), ...lines).flatMap((step) => step.details);
  expect(details).not.toContainEqual(expect.stringMatching(/^message/));
});

test('messages without an id are counted as waiting, and coverage changes nothing', () => {
  expect(waitingOf(waits(at(0), ['-', '-']), coverage).groups()).toMatchObject([{ count: 2 }]);
});

test('a thousand calls of an event are counted, and no more remembered', () => {
  const calls = Array.from({ length: 1_001 }, (_, second) => answered(at(second), [event(1)]));
  expect(rowsOf(...calls)).toMatchObject([{ attempts: 1_000 }]);
});

test('an id that no line names has no row, and no events have no lists and no gains', () => {
  expect(createRows().get('none')).toBeUndefined();
  expect(receivedLists([])).toMatchObject({ event: undefined, order: undefined, event_name: undefined });
  const nothing = { counts: {}, eventName: 'Purchase', eventSource: 'web', isDelivered: true } as const;
  expect(gainsOf(nothing)).toEqual([]);
});

test('a line without a destination does not hide the one that is known', () => {
  const known = waits(at(0), [event(1)], { destination: 'app' });
  expect(rowsOf(known, waits(at(5), [event(1)], { destination: undefined }))).toMatchObject([
    { destination: 'app' },
  ]);
});

test('late events of an app are no gain, because no pixel has a second copy of them', () => {
  const late = { counts: { events: 10 }, eventName: 'Lead', isDelivered: true } as const;
  const fieldsOf = (eventSource: 'app' | 'web') =>
    gainsOf({ ...late, eventSource }).map(({ field }) => field);
  expect(fieldsOf('web')).toContain('in_time');
  expect(fieldsOf('app')).not.toContain('in_time');
});

test('a dead letter that cannot be read is parked, replayed and discarded under the id of its message', () => {
  const lines = ['message parked', 'message replayed', 'message discarded'].map((message, index) =>
    journalLine(at(index), message, { reason: 'undecodable', message_id: 'letter-1', trace: undefined }),
  );
  const others = [
    journalLine(at(0), 'message parked', { reason: 'expired', message_id: 'letter-2' }),
    coverage,
  ];
  expect(tellLetter('letter-1', [...lines, ...others], reasonText).map(({ title }) => title)).toEqual([
    'parked as a dead letter: undecodable',
    'replayed by an operator',
    'discarded by an operator',
  ]);
});

test('an order that is missing in the list of orders leaves its event without one', () => {
  const [row] = rowsOf(received(at(0), [event(1), event(2)], { order: '-' }));
  expect(row).toMatchObject({ orders: [] });
});
