/** Fair queues: when the messages of one destination pile up, SQS hands out those of other destinations first. */

/**
 * @param destination of the message's event; undefined when it is not known
 * @param known names of all destinations of the stage
 * @returns the message's `MessageGroupId` on the standard queue; none when the stage has one destination only
 */
export const fairGroup = (destination: string | undefined, known: readonly string[]): string | undefined =>
  known.length > 1 ? destination : undefined;
