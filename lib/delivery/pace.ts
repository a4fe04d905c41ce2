/**
 * The pace of one invocation: at most four calls to TikTok in flight, and one for each destination. Without it, a batch
 * in which every event has a different test code would make fifty calls at once.
 */
import type { Group } from './group.ts';

/** The stack derives the number of consumers from it, so that a stage keeps to `tiktokCallsPerSecond`. */
export const maxCallsInFlight = 4;

/**
 * Delivers every group: the groups of one destination one after another, four destinations in parallel. All groups of a
 * destination get their first call before one is isolated: an event that stalls would use up the time of the others.
 * @param start makes the first call of a group, and gives what finishes it with further calls, one at a time
 * @returns results in the order in which groups were finished
 */
export async function deliverAtPace<Result>(
  groups: readonly Group[],
  start: (group: Group) => Promise<() => Promise<Result>>,
): Promise<Result[]> {
  const waiting = Map.groupBy(groups, ({ destinationName }) => destinationName).values();
  const results: Result[] = [];
  const deliverNext = async (): Promise<void> => {
    // The workers share the iterator: each takes the next destination as soon as it is free.
    for (const sameDestination of waiting) {
      const started: (() => Promise<Result>)[] = [];
      for (const group of sameDestination) started.push(await start(group));
      for (const finish of started) results.push(await finish());
    }
  };
  await Promise.all(Array.from({ length: maxCallsInFlight }, deliverNext));
  return results;
}
