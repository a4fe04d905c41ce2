/** Fair queues: SQS hands the messages of a destination that piles up to the consumer after those of the others. */

/**
 * @param destination whose event the message holds; undefined when it cannot be read
 * @param known names of all destinations of the stage
 * @returns its group on the standard queue, `MessageGroupId`: none when there is nobody to be fair to
 */
export const fairGroup = (destination: string | undefined, known: readonly string[]): string | undefined =>
  known.length > 1 ? destination : undefined;
