/** One destination and one test code a call, 50 events and 1 MB at most. */
import { describe, expect, it } from 'vitest';
import { groupItems } from '../../../lib/delivery/group.ts';
import type { Item } from '../../../lib/delivery/item.ts';
import { toTrackRequest } from '../../../lib/tiktok/track-request.ts';
import { web } from '../../support/events.ts';

const item = (destinationName: string, testEventCode?: string, trackBytes = 100): Item => ({
  messageId: 'm',
  receiptHandle: 'h',
  body: '',
  receives: 1,
  sentAtMs: 0,
  firstReceivedAtMs: 0,
  destinationName,
  destination: web,
  testEventCode,
  track: 'x'.repeat(trackBytes),
  eventId: '',
  trace: '',
  receivedAtMs: 0,
  matchKeys: [],
});
const calls = (items: readonly Item[]) => groupItems(items).map((group) => group.items);
const sizes = (items: readonly Item[]) => calls(items).map(({ length }) => length);

describe('groups', () => {
  it('are one for each destination and test code, in order of arrival', () => {
    const items = [item('a'), item('b'), item('a', 'T'), item('a'), item('b', 'T'), item('a', 'T')];
    expect(calls(items)).toEqual([[items[0], items[3]], [items[1]], [items[2], items[5]], [items[4]]]);
  });

  it('names cannot run into each other', () => {
    expect(sizes([item('a","b'), item('a', 'b')])).toEqual([1, 1]);
    expect(sizes([item('a'), item('a', 'undefined')])).toEqual([1, 1]);
    expect(sizes([item('a', 'T'), item('a', 'U')])).toEqual([1, 1]);
  });

  it.each([
    [0, []],
    [1, [1]],
    [50, [50]],
    [51, [50, 1]],
    [120, [50, 50, 20]],
  ])('of %d events are %j', (count, expected) => {
    expect(sizes(Array(count).fill(item('a')))).toEqual(expected);
  });

  it('a call stays within 1 MB, its head and commas counted', () => {
    for (const bytes of [333_000, 332_990, 499_000, 499_488, 499_487, 20_000, 19_978, 19_979]) {
      for (const call of calls(Array(60).fill(item('a', 'T'.repeat(64), bytes)))) {
        const destination = { ...web, pixelCode: 'x'.repeat(128) };
        expect(
          toTrackRequest(
            destination,
            'T'.repeat(64),
            call.map(({ track }) => track),
          ).length,
        ).toBeLessThanOrEqual(1_000_000);
      }
    }
    expect(sizes(Array(2).fill(item('a', undefined, 499_487)))).toEqual([2]);
    expect(sizes(Array(2).fill(item('a', undefined, 499_488)))).toEqual([1, 1]);
  });

  it('the bytes of a call are counted, not its characters', () => {
    const wide = { ...item('a'), track: '\u20ac'.repeat(6_660) };
    expect(sizes(Array(50).fill(wide))).toEqual([49, 1]);
  });

  it('small events beside a large one leave the call within its limit', () => {
    const small = { ...item('a'), track: '\u20ac'.repeat(6_650) };
    for (const call of calls([item('a', undefined, 500_000), ...Array(49).fill(small)])) {
      const body = toTrackRequest(
        web,
        undefined,
        call.map(({ track }) => track),
      );
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(1_000_000);
    }
  });

  it('have the destination and the test code of their items', () => {
    const [group] = groupItems([item('a', 'T')]);
    expect(group).toMatchObject({ destinationName: 'a', destination: web, testEventCode: 'T' });
  });

  it('an event larger than a call stands alone', () => {
    expect(sizes([item('a'), item('a', undefined, 2_000_000), item('a')])).toEqual([1, 1, 1]);
  });

  it('the bytes of a call are counted from its own first event', () => {
    expect(sizes(Array(6).fill(item('a', undefined, 330_000)))).toEqual([3, 3]);
  });
});
