/** Halves calls that are too large (HTTP 413) until they fit, within the invocation. */
import type { Disposition, Park, SendableMessage, SettledMessage } from '../message.ts';
import { halvesOf, type Messages, type Search, type Settle, settleAll } from './search.ts';

/** @returns a function that settles at least two messages that are too large for one call */
export function createHalving(search: Search, settle: Settle) {
  /** The bytes of the smallest call that was too large. */
  let tooLarge = Number.POSITIVE_INFINITY;

  return async function halve(messages: Messages, latest: Disposition): Promise<SettledMessage[]> {
    tooLarge = Math.min(tooLarge, bytesOf(messages));
    const results = [];
    for (const part of halvesOf(messages)) {
      const isKnown = part.length > 1 && bytesOf(part) >= tooLarge;
      const result = isKnown ? undefined : await search.send(part, latest);
      if (result?.fault?.of === 'size') tooLarge = Math.min(tooLarge, bytesOf(part));
      results.push({ part, result });
    }
    const settled: SettledMessage[] = [];
    for (const { part, result } of results)
      settled.push(...(result ? await settle(part, result) : await halve(part, latest)));
    return settled;
  };
}

/** No limit on the size of a call is this low: an answer 413 to so few bytes is a fault of the network. */
const leastLimit = 4_096;

/** Settles a message that was too large alone: its own fault, if others passed or it really is large. */
export function settleOversized(
  message: SendableMessage,
  park: Park,
  latest: Disposition,
  search: Search,
): SettledMessage[] {
  const isOwnFault = search.hasAnswered() || bytesOf([message]) > leastLimit;
  if (isOwnFault) return settleAll([message], park);
  search.stop();
  return settleAll([message], latest);
}

const bytesOf = (messages: Messages): number =>
  messages.reduce((sum, { event }) => sum + Buffer.byteLength(event.trackJson), 0);
