/** Reads dead letters without removing them: at the end all of them are visible again. */
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetter } from './dead-letter.ts';
import { giveBack, takeLetters } from './letter-queue.ts';

export interface BrowseOptions {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  /** Stops early; all letters become visible again. */
  readonly signal: AbortSignal;
  readonly maxLetters?: number;
}

/** If this program is killed, the letters are visible again after this time. */
const hiddenSeconds = 300;
const readers = 4;

/** Calls `look` once for each dead letter. @returns true when all were seen */
export async function browseDeadLetters(
  { sqs, queueUrl, signal, maxLetters = Number.POSITIVE_INFINITY }: BrowseOptions,
  look: (letter: DeadLetter) => void,
): Promise<boolean> {
  const handles = new Map<string, string>();
  let isDone = false;
  let freshAtMs = performance.now();

  /**
   * In a long run, a letter can become visible again: it is not reported twice. All were seen when none is visible, or
   * when nothing new came for as long as a letter can be hidden.
   */
  const takeSome = async (): Promise<void> => {
    const letters = await takeLetters(sqs, queueUrl, hiddenSeconds);
    const fresh = letters.filter(({ messageId }) => !handles.has(messageId));
    for (const letter of letters) handles.set(letter.messageId, letter.receiptHandle);
    for (const letter of fresh) look(letter);
    if (fresh.length > 0) freshAtMs = performance.now();
    isDone ||= letters.length === 0 || performance.now() - freshAtMs > hiddenSeconds * 1000;
  };
  const read = async (): Promise<void> => {
    while (!isDone && !signal.aborted && handles.size < maxLetters) await takeSome();
  };

  try {
    await Promise.all(Array.from({ length: readers }, read));
  } finally {
    await giveBack(sqs, queueUrl, [...handles.values()]);
  }
  return isDone && !signal.aborted;
}
