/** Groups messages into calls: one destination and one test code per call, 50 events and 1 MB at most. */
import type { Destination } from '../events/destination.ts';
import { maxCallBytes, maxEventsPerCall } from '../tiktok/track-request.ts';
import type { SendableMessage } from './message.ts';

/** Messages that may go in one call. */
export interface Group {
  readonly destinationName: string;
  readonly destination: Destination;
  readonly testEventCode: string | undefined;
  readonly messages: readonly SendableMessage[];
}

interface OpenGroup extends Group {
  readonly messages: SendableMessage[];
  bytes: number;
}

/** @returns groups in the order in which their first messages arrived */
export function groupMessages(messages: readonly SendableMessage[]): Group[] {
  const groups: Group[] = [];
  const open = new Map<string, OpenGroup>();
  for (const message of messages) {
    const { destinationName, event } = message;
    const { destination, testEventCode } = event;
    // A destination's name contains no space, so the key is unambiguous.
    const key = testEventCode === undefined ? destinationName : `${destinationName} ${testEventCode}`;
    const bytes = Buffer.byteLength(event.trackJson) + comma;
    let group = open.get(key);
    if (group === undefined || !hasRoom(group, bytes)) {
      group = { destinationName, destination, testEventCode, messages: [], bytes: 0 };
      open.set(key, group);
      groups.push(group);
    }
    group.messages.push(message);
    group.bytes += bytes;
  }
  return groups;
}

const comma = 1;

const hasRoom = ({ messages, bytes }: OpenGroup, more: number): boolean =>
  messages.length < maxEventsPerCall && bytes + more <= maxDataBytes;

/** Leaves room for the head of a call: source, source id and test code. */
const maxDataBytes = maxCallBytes - 1_024;
