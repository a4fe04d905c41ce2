/** Groups items into calls: one destination and one test code a call, 50 events and 1 MB at most. */
import type { Destination } from '../events/destination.ts';
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
    const bytes = Buffer.byteLength(item.track) + 1;
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
  items.length < maxEventsPerCall && bytes + more <= maxCallBytes - headRoom;

/** Room for the request's head: source, source id and test code. */
const headRoom = 1_024;
