/** The dead letters that were parked last, as data. */
import { readDepth } from '../../lib/queue/queue-depth.ts';
import type { Stage } from '../stage/stage.ts';
import { browseDeadLetters } from './browse.ts';
import type { DeadLetter } from './dead-letter.ts';
import { explain } from './explain-letter.ts';
import { factsOf } from './letter-facts.ts';

/** One dead letter. Nothing but `eventId` and `name` can hold what a sender wrote: show both on the operator's own screen only. */
export interface ListedLetter {
  /** The id of its SQS message: what `replay` and `discard` take. */
  readonly id: string;
  /** The fingerprint of its event; undefined when the event has no id that stays the same. */
  readonly event: string | undefined;
  readonly eventId: string | undefined;
  readonly name: string | undefined;
  /** The name when TikTok knows it, else `custom`. */
  readonly loggableName: string | undefined;
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

/** Reads all letters, and keeps no more than twice the limit in memory. */
export async function newestLetters(
  stage: Pick<Stage, 'sqs' | 'deadLetterQueueUrl'>,
  limit: number,
  signal: AbortSignal,
): Promise<LetterList> {
  const [sqs, queueUrl] = [await stage.sqs(), await stage.deadLetterQueueUrl()];
  const { inFlight: hidden } = await readDepth(sqs, queueUrl);
  let total = 0;
  let newest: ListedLetter[] = [];
  const trim = (): void => {
    newest = newest.toSorted((a, b) => b.failedAtMs - a.failedAtMs).slice(0, limit);
  };
  const isComplete = await browseDeadLetters({ sqs, queueUrl, signal }, (letter) => {
    total += 1;
    newest.push(listed(letter));
    if (newest.length >= limit * 2) trim();
  });
  trim();
  return { letters: newest, total, hidden, isComplete };
}

function listed(letter: DeadLetter): ListedLetter {
  const { messageId: id, destination, reason, detail, outcome, failedAtMs, replay: mark } = letter;
  const { event, eventId, name, loggableName, source } = factsOf(letter);
  const { meaning, remedy } = explain(letter);
  const text = `${meaning} ${remedy}`;
  const [replays, replayedAtMs] = [mark?.count ?? 0, mark?.atMs];
  const facts = { event, eventId, name, loggableName, source };
  return { id, ...facts, destination, reason, text, detail, outcome, failedAtMs, replays, replayedAtMs };
}
