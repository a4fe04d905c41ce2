/** Groups items into calls: one destination and one test code a call, 50 events and 1 MB at most. */
import type { Destination } from '../events/destination.ts';
import { maxBytesPerCharacter } from '../queue/exceeds-bytes.ts';
import { maxCallBytes, maxEventsPerCall } from '../tiktok/track-request.ts';
import type { Item } from './item.ts';

/** Items that may go in one call. */
export interface Group {
  readonly destinationName: string;
  readonly destination: Destination;
  readonly testEventCode: string | undefined;
  readonly items: readonly Item[];
}

interface OpenGroup extends Group {
  readonly items: Item[];
  bytes: number;
}

/** @returns groups in the order in which their first items came */
export function groupItems(items: readonly Item[]): Group[] {
  const groups: Group[] = [];
  const open = new Map<string, OpenGroup>();
  for (const item of items) {
    const { destinationName, destination, testEventCode } = item;
    // A destination's name holds no space, so that a name and a code cannot run into each other.
    const key = testEventCode === undefined ? destinationName : `${destinationName} ${testEventCode}`;
    const bytes = bytesOf(item.track);
    let group = open.get(key);
    if (group === undefined || !hasRoom(group, bytes)) {
      group = { destinationName, destination, testEventCode, items: [], bytes: 0 };
      open.set(key, group);
      groups.push(group);
    }
    group.items.push(item);
    group.bytes += bytes;
  }
  return groups;
}

const hasRoom = ({ items, bytes }: OpenGroup, more: number): boolean =>
  items.length < maxEventsPerCall && bytes + more <= maxDataBytes;

/** What is left of a call when its head has room: source, source id and test code. */
const maxDataBytes = maxCallBytes - 1_024;

/** Fifty of this size fit always. To count the bytes of smaller ones takes longer than the rest of the grouping. */
const smallBytes = Math.floor(maxDataBytes / maxEventsPerCall);

/** With the comma behind it; for a small event the most it can have. */
function bytesOf(track: string): number {
  const most = track.length * maxBytesPerCharacter + 1;
  return most <= smallBytes ? most : Buffer.byteLength(track) + 1;
}
