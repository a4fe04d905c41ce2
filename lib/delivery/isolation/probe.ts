/**
 * Finds out whether an answer that names no event is an outage, or the fault of one event: two parts of the messages are
 * sent. When both fail, it is an outage, and two further calls were made. Otherwise bisection delivers the good events;
 * one bad event among 50 costs 15 further calls at most. The bad event stays in the queue: nobody knows that it is bad.
 */
import type { Disposition, SettledMessage } from '../message.ts';
import { halvesOf, type Messages, type Search, type Settle } from './search.ts';

const quartersFromReceive = 6;
const aloneFromReceive = 9;
/** Messages with fewer receives have hardly been tried: they are probably good. */
const triedFromReceive = 3;

/** @param messages at least two, whose attempt failed with an answer that names no event */
export async function probe(
  messages: Messages,
  latest: Disposition,
  search: Search,
  settle: Settle,
): Promise<SettledMessage[]> {
  const isUp = search.hasAnswered();
  const [first, second, rest] = isUp
    ? ([...halvesOf(messages), []] as const)
    : samplesOf(messages, search.receives);
  const shares = isUp ? sharesWhenUp(messages) : sharesWhenInDoubt;
  const results = [
    await search.send(first, latest, shares),
    await search.send(second, latest, shares - 1),
  ] as const;
  if (!search.hasAnswered()) search.stop();
  // The rest goes before a part is split: it has the most messages, and an event that stalls uses up the time.
  const others = rest.length > 0 ? await search.send(rest, latest, 2) : undefined;
  return [
    ...(await settle(first, results[0])),
    ...(await settle(second, results[1])),
    ...(others ? await settle(rest, others) : []),
  ];
}

/** A slow answer is better than none: each of the two parts gets a third of the time that is left, or 8 seconds. */
const sharesWhenInDoubt = 3;

/** TikTok is up, so a part that gets no answer contains the event that stalls: one such call is left for each halving. */
const sharesWhenUp = (messages: Messages): number => 1 + Math.ceil(Math.log2(messages.length));

type Samples = readonly [first: Messages, second: Messages, rest: Messages];

/**
 * Two halves, later two of four quarters, then two single messages, so that several bad messages cannot fail both parts
 * for long. The parts are others at each receive.
 */
function samplesOf(messages: Messages, receives: number): Samples {
  const fresh = messages.filter((message) => message.receives < triedFromReceive);
  const tried = messages.filter((message) => message.receives >= triedFromReceive);
  if (fresh.length > 0 && tried.length > 0) return [fresh, tried, []];
  const wanted = receives < quartersFromReceive ? 2 : receives < aloneFromReceive ? 4 : messages.length;
  const parts = divide(rotate(messages, receives), Math.min(wanted, messages.length), receives);
  const middle = Math.floor(parts.length / 2);
  const [first = [], ...others] = parts;
  const [second = []] = others.splice(middle - 1, 1);
  return [first, second, others.flat()];
}

/** The starts of successive receives are far from one another, and all positions have their turn (golden ratio). */
function rotate(messages: Messages, receives: number): Messages {
  const start = Math.floor(messages.length * ((receives * 0.618) % 1));
  return [...messages.slice(start), ...messages.slice(0, start)];
}

/** Deals the messages out like cards, or cuts them into runs, by turns. */
function divide(messages: Messages, count: number, receives: number): Messages[] {
  const partOf = (position: number): number =>
    receives % 2 === 0 ? Math.floor((position * count) / messages.length) : position % count;
  return [...Map.groupBy(messages, (_, position) => partOf(position)).values()];
}
