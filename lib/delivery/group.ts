/** Groups items into calls: one destination and one test code a call, 50 events and 1 MB at most. */
import { maxBytesPerCharacter } from '../queue/exceeds-bytes.ts';
import { maxCallBytes, maxEventsPerCall } from '../tiktok/track-request.ts';
import type { Item } from './item.ts';

export function groupItems(items: readonly Item[]): Item[][] {
  // A destination's name holds no space, so that a name and a code cannot run into each other.
  const byKey = Map.groupBy(items, ({ destinationName, testEventCode }) =>
    testEventCode === undefined ? destinationName : `${destinationName} ${testEventCode}`,
  );
  return [...byKey.values()].flatMap(splitBySize);
}

function splitBySize(items: Item[]): Item[][] {
  // Counting bytes takes time that small events need not spend.
  const characters = items.reduce((sum, { track }) => sum + track.length + 1, 0);
  if (items.length <= maxEventsPerCall && characters * maxBytesPerCharacter <= maxCallBytes - headRoom)
    return [items];
  const calls: Item[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const call = calls.at(-1);
    const itemBytes = Buffer.byteLength(item.track) + 1;
    if (
      call === undefined ||
      call.length === maxEventsPerCall ||
      bytes + itemBytes > maxCallBytes - headRoom
    ) {
      calls.push([item]);
      bytes = itemBytes;
    } else {
      call.push(item);
      bytes += itemBytes;
    }
  }
  return calls;
}

/** Room for the request's head: source, source id and test code. */
const headRoom = 1_024;
