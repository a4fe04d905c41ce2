/** The dead letters that were parked last, as data. */
import { readDepth } from '../../lib/queue/queue-depth.ts';
import type { Stage } from '../stage/stage.ts';
import { browseDeadLetters } from './browse.ts';
import type { DeadLetter } from './dead-letter.ts';
import { explain } from './explain-letter.ts';
import { factsOf } from './letter-facts.ts';
import type { LetterList, ListedLetter } from './letters.ts';

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
  const { event, eventId, name, source } = factsOf(letter);
  const { meaning, remedy } = explain(letter);
  const text = `${meaning} ${remedy}`;
  const [replays, replayedAtMs] = [mark?.count ?? 0, mark?.atMs];
  const facts = { event, eventId, name, source };
  return { id, ...facts, destination, reason, text, detail, outcome, failedAtMs, replays, replayedAtMs };
}
