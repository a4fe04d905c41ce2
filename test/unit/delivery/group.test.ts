/** One destination and one test code a call, 50 events and 1 MB at most. */
import { expect, test } from 'vitest';
import { groupMessages } from '../../../lib/delivery/group.ts';
import { undecodableFacts } from '../../../lib/delivery/journal/facts.ts';
import type { SendableMessage } from '../../../lib/delivery/message.ts';
import { toTrackRequest } from '../../../lib/tiktok/track-request.ts';
import { web } from '../../support/events/events.ts';

const message = (destinationName: string, testEventCode?: string, trackBytes = 100): SendableMessage => ({
  messageId: 'm',
  receiptHandle: 'h',
  body: '',
  receives: 1,
  firstReceivedAtMs: 0,
  trace: '',
  facts: undecodableFacts,
  destinationName,
  event: eventOf('x'.repeat(trackBytes), testEventCode),
});
const eventOf = (trackJson: string, testEventCode?: string) => ({
  destination: web,
  testEventCode,
  trackJson,
  receivedAtMs: 0,
  happenedAtMs: 0,
  canonical: { event_name: 'Lead' },
  coverage: [],
});
const calls = (messages: readonly SendableMessage[]) =>
  groupMessages(messages).map((group) => group.messages);
const sizes = (messages: readonly SendableMessage[]) => calls(messages).map(({ length }) => length);

test('makes a group for each destination and test code, in order of arrival', () => {
  const items = [
    message('a'),
    message('b'),
    message('a', 'T'),
    message('a'),
    message('b', 'T'),
    message('a', 'T'),
  ];
  expect(calls(items)).toEqual([[items[0], items[3]], [items[1]], [items[2], items[5]], [items[4]]]);
});

test('keeps names and test codes apart, whatever characters they contain', () => {
  expect(sizes([message('a","b'), message('a', 'b')])).toEqual([1, 1]);
  expect(sizes([message('a'), message('a', 'undefined')])).toEqual([1, 1]);
  expect(sizes([message('a', 'T'), message('a', 'U')])).toEqual([1, 1]);
});

test.each([
  [0, []],
  [1, [1]],
  [50, [50]],
  [51, [50, 1]],
  [120, [50, 50, 20]],
])('divides %d events into groups of %j', (count, expected) => {
  expect(sizes(Array(count).fill(message('a')))).toEqual(expected);
});

test('keeps a call within 1 MB, its head and commas included', () => {
  for (const bytes of [333_000, 332_990, 499_000, 499_488, 499_487, 20_000, 19_978, 19_979]) {
    for (const call of calls(Array(60).fill(message('a', 'T'.repeat(64), bytes)))) {
      const destination = { ...web, pixelCode: 'x'.repeat(128) };
      expect(
        toTrackRequest(
          destination,
          'T'.repeat(64),
          call.map(({ event }) => event.trackJson),
        ).length,
      ).toBeLessThanOrEqual(1_000_000);
    }
  }
  expect(sizes(Array(2).fill(message('a', undefined, 499_487)))).toEqual([2]);
  expect(sizes(Array(2).fill(message('a', undefined, 499_488)))).toEqual([1, 1]);
});

test('counts the bytes of a call, not its characters', () => {
  const wide = { ...message('a'), event: eventOf('\u20ac'.repeat(6_660)) };
  expect(sizes(Array(50).fill(wide))).toEqual([49, 1]);
});

test('keeps a call within its limit when small events follow a large one', () => {
  const small = { ...message('a'), event: eventOf('\u20ac'.repeat(6_650)) };
  for (const call of calls([message('a', undefined, 500_000), ...Array(49).fill(small)])) {
    const body = toTrackRequest(
      web,
      undefined,
      call.map(({ event }) => event.trackJson),
    );
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(1_000_000);
  }
});

test('gives a group the destination and test code of its messages', () => {
  const [group] = groupMessages([message('a', 'T')]);
  expect(group).toMatchObject({ destinationName: 'a', destination: web, testEventCode: 'T' });
});

test('puts an event that is larger than a call into a group of its own', () => {
  expect(sizes([message('a'), message('a', undefined, 2_000_000), message('a')])).toEqual([1, 1, 1]);
});

test('counts the bytes of each call from its first event', () => {
  expect(sizes(Array(6).fill(message('a', undefined, 330_000)))).toEqual([3, 3]);
});
