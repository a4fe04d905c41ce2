/** Groups items into calls: one destination and one test code a call, 50 events and 1 MB at most. */
import { maxCallBytes, maxEventsPerCall } from '../tiktok/track-request.ts';
import type { Item } from './item.ts';

export function groupItems(items: readonly Item[]): Item[][] {
  const byKey = Map.groupBy(items, ({ destinationName, testEventCode }) =>
    JSON.stringify([destinationName, testEventCode]),
  );
  return [...byKey.values()].flatMap(splitBySize);
}

function splitBySize(items: readonly Item[]): Item[][] {
  const calls: Item[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const call = calls.at(-1);
    if (
      call === undefined ||
      call.length === maxEventsPerCall ||
      bytes + item.trackBytes + 1 > maxCallBytes - headRoom
    ) {
      calls.push([item]);
      bytes = item.trackBytes;
    } else {
      call.push(item);
      bytes += item.trackBytes + 1;
    }
  }
  return calls;
}

/** Room for the request's head: source, source id and test code. */
const headRoom = 1_024;
