/**
 * The pace of one invocation: at most four calls to TikTok in flight, and one for each destination. Without it, a batch
 * in which every event has a different test code would make fifty calls at once.
 */
import type { Group } from './group.ts';

/** The stack derives the number of consumers from it, so that a stage keeps to `tiktokCallsPerSecond`. */
export const maxCallsInFlight = 4;

/**
 * Delivers every group: the groups of one destination one after another, four destinations in parallel.
 * @param deliver makes one call at a time
 * @returns results in the order in which groups were finished
 */
export async function deliverAtPace<Result>(
  groups: readonly Group[],
  deliver: (group: Group) => Promise<Result>,
): Promise<Result[]> {
  const waiting = Map.groupBy(groups, ({ destinationName }) => destinationName).values();
  const results: Result[] = [];
  const deliverNext = async (): Promise<void> => {
    // The workers share the iterator: each takes the next destination as soon as it is free.
    for (const sameDestination of waiting)
      for (const group of sameDestination) results.push(await deliver(group));
  };
  await Promise.all(Array.from({ length: maxCallsInFlight }, deliverNext));
  return results;
}
