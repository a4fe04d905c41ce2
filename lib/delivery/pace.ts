/**
 * The pace of one invocation: at most four calls to TikTok in flight, and one for each destination, however many groups
 * a batch makes. A test code of its own in every event would else make fifty calls at once of one batch.
 */
import type { Group } from './group.ts';

/** The number of consumers is set by it too, so that a stage keeps to `tiktokCallsPerSecond`. */
export const maxCallsInFlight = 4;

/**
 * Delivers every group: those of one destination one after the other in their order, four destinations side by side.
 * @param deliver makes one call at a time
 */
export async function deliverAtPace(
  groups: readonly Group[],
  deliver: (group: Group) => Promise<void>,
): Promise<void> {
  const waiting = Map.groupBy(groups, ({ destinationName }) => destinationName).values();
  const deliverNext = async (): Promise<void> => {
    // The workers share the iterator: each takes the next destination as soon as it is free.
    for (const groupsOfOne of waiting) for (const group of groupsOfOne) await deliver(group);
  };
  await Promise.all(Array.from({ length: maxCallsInFlight }, deliverNext));
}
