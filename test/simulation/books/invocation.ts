/** One invocation of the consumer, as the books see it. */
import type { SentEvent } from '../world-parts.ts';

export interface Invocation {
  /** How many destinations its messages have. */
  readonly destinations: number;
  /** The destination of each of its events. */
  readonly destinationOf: ReadonlyMap<string, string | undefined>;
  /** Its messages whose event is not good: two of one event are two. */
  readonly bad: readonly { readonly key: string; readonly nature: SentEvent['nature'] | undefined }[];
  /** The calls to TikTok that it made. */
  calls: number;
  /** Of these, the calls that have not ended. */
  open: number;
}
