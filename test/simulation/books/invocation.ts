/** One invocation of the consumer, as the books see it. */
import type { SentEvent } from '../world-parts.ts';

export interface Invocation {
  /** How many destinations its messages have. */
  readonly destinations: number;
  /** How many groups its messages make: of one destination and one test code each, and not too large. */
  readonly groups: number;
  /** The group of each of its events. */
  readonly groupOf: ReadonlyMap<string, string>;
  /** The nature of each event that another producer wrote. */
  readonly foreign: ReadonlyMap<string, SentEvent['nature']>;
  /** Its messages whose event is not good: two of one event are two. */
  readonly bad: readonly { readonly key: string; readonly nature: SentEvent['nature'] | undefined }[];
  /** The calls to TikTok that it made. */
  calls: number;
  /** Of these, the destinations of the calls that have not ended. */
  readonly open: (string | undefined)[];
}
