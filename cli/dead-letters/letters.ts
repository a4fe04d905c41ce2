/**
 * The dead letters of a stage as data, for programs that show them and act on some of them: the console. It prints and asks
 * nothing. `openLetters` makes it from the stage's queues and its journal.
 */

/** One dead letter. Nothing but `eventId` and `name` can hold what a sender wrote: show both on the operator's own screen only. */
export interface ListedLetter {
  /** The id of its SQS message: what `replay` and `discard` take. */
  readonly id: string;
  /** The fingerprint of its event; undefined when the event has no id that stays the same. */
  readonly event: string | undefined;
  readonly eventId: string | undefined;
  readonly name: string | undefined;
  readonly source: string | undefined;
  readonly destination: string | undefined;
  readonly reason: string;
  /** The reason in words, and what to do. */
  readonly text: string;
  readonly detail: string | undefined;
  readonly outcome: 'refused' | 'unknown';
  readonly failedAtMs: number;
  readonly replays: number;
  readonly replayedAtMs: number | undefined;
}

export interface LetterList {
  /** The ones parked last come first; at most `limit`. */
  readonly letters: readonly ListedLetter[];
  /** Letters that were seen: more than are listed, when there are more than `limit`. */
  readonly total: number;
  /** Letters that another command reads at this moment. */
  readonly hidden: number;
  /** False when the signal ended the look. */
  readonly isComplete: boolean;
}

export interface ActionResult {
  readonly done: number;
  /** Letters that stay, each with the reason as a sentence. */
  readonly left: readonly { readonly id: string; readonly why: string }[];
  /** The journal could not be written: what was replayed is not in it. */
  readonly problem: string | undefined;
}

export interface Letters {
  list(limit: number, signal: AbortSignal): Promise<LetterList>;
  /** Puts letters back into the queue. Those that would only come back, or could count twice, stay. */
  replay(ids: readonly string[], signal: AbortSignal): Promise<ActionResult>;
  /** Deletes letters for good. Throws a CliError that names the remedy, and deletes nothing, when the journal cannot be written. */
  discard(ids: readonly string[], signal: AbortSignal): Promise<ActionResult>;
}
