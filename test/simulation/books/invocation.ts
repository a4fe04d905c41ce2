/** One invocation of the consumer, as the books see it. */

export interface Invocation {
  /** How many destinations its messages have. */
  readonly destinations: number;
  /** The destination of each of its events. */
  readonly destinationOf: ReadonlyMap<string, string | undefined>;
  /** The keys of its events that are not good. */
  readonly bad: ReadonlySet<string>;
  /** The calls to TikTok that it made. */
  calls: number;
  /** Of these, the calls that have not ended. */
  open: number;
}
