/** One invocation of the consumer, as the books see it. */

export interface Invocation {
  /** How many destinations its messages have. */
  readonly destinations: number;
  /** How many of its messages are not good. */
  readonly bad: number;
  /** The calls to TikTok that it made. */
  calls: number;
  /** Of these, the calls that have not ended. */
  open: number;
}
