/**
 * Isolates the events whose content TikTok refuses: by the position that its message names as long as it proves right,
 * otherwise by bisection. One bad event among 50 costs 13 further calls at most.
 */
import type { Disposition, SettledMessage } from '../message.ts';
import { halvesOf, isDelivered, type Messages, type Search, type Settle } from './search.ts';

/** @returns a function that settles at least two messages of which TikTok refused one, and named `index` */
export function createRefusedSearch(search: Search, settle: Settle) {
  let trustsNames = true;

  const sendAndSettle = async (messages: Messages, latest: Disposition) =>
    settle(messages, await search.send(messages, latest));

  async function takeOut(messages: Messages, index: number, latest: Disposition) {
    const named = messages.slice(index, index + 1);
    const rest = messages.toSpliced(index, 1);
    const result = await search.send(named, latest);
    trustsNames = result.fault?.of === 'content';
    const settled = await settle(named, result);
    // The named event is good, so a bad one is among the rest.
    const others = isDelivered(result) ? bisect(rest, latest) : sendAndSettle(rest, latest);
    return [...settled, ...(await others)];
  }

  /** @param messages at least one of them is bad: TikTok refused them, alone or with others that it delivered since */
  async function bisect(messages: Messages, latest: Disposition): Promise<SettledMessage[]> {
    if (messages.length === 1) return sendAndSettle(messages, latest);
    const [left, right] = halvesOf(messages);
    const result = await search.send(left, latest);
    const settled = await settle(left, result);
    // The left half was delivered, so TikTok would refuse the right half as a whole.
    const others = isDelivered(result) ? bisect(right, latest) : sendAndSettle(right, latest);
    return [...settled, ...(await others)];
  }

  return (messages: Messages, index: number | undefined, latest: Disposition) =>
    trustsNames && index !== undefined ? takeOut(messages, index, latest) : bisect(messages, latest);
}
