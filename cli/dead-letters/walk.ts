/**
 * Goes through all dead letters once. Those that stay are hidden until the end, so that they are not received again and
 * again, and are visible again then: after the last one, on Ctrl-C, and after an error.
 */
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetter } from './dead-letter.ts';
import { giveBack, takeLetters } from './letter-queue.ts';

export interface WalkOptions {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  /** Stops after the letters in hand. */
  readonly signal: AbortSignal;
  /** Readers at once. */
  readonly workers: number;
  /** Stops as soon as it is true. */
  readonly isEnough?: () => boolean;
}

/** If this program is killed, the letters are visible again after this time. */
const hiddenSeconds = 300;
/** A change that starts later than this could meet a letter that another command has received meanwhile. */
const heldMs = 150_000;

/** Up to ten letters that no other command can receive now. */
export interface Hand {
  readonly letters: readonly DeadLetter[];
  /** False when they have been in hand for so long that another command may get them soon: leave them alone then. */
  isHeld(): boolean;
}

/**
 * @param handle gets each letter once. @returns the letters that stay in the queue
 * @returns true when all letters were seen
 */
export async function walkLetters(
  { sqs, queueUrl, signal, workers, isEnough = () => false }: WalkOptions,
  handle: (hand: Hand) => Promise<readonly DeadLetter[]>,
): Promise<boolean> {
  const kept = new Map<string, string>();
  let isDone = false;
  let hasFailed = false;
  let freshAtMs = performance.now();
  const keep = (letters: readonly DeadLetter[]): void => {
    for (const { messageId, receiptHandle } of letters) kept.set(messageId, receiptHandle);
  };

  /**
   * In a long run, letters that stay become visible and come again. All were seen when none is visible, or when nothing
   * new came for as long as a letter can be hidden.
   */
  const step = async (): Promise<void> => {
    const letters = await takeLetters(sqs, queueUrl, hiddenSeconds);
    const takenAtMs = performance.now();
    const fresh = letters.filter(({ messageId }) => !kept.has(messageId));
    // Kept from here on, so that nothing stays hidden if this fails; what is deleted cannot become visible.
    keep(letters);
    if (fresh.length > 0) freshAtMs = takenAtMs;
    isDone ||= letters.length === 0 || takenAtMs - freshAtMs > hiddenSeconds * 1000;
    if (fresh.length === 0) return;
    const stay = await handle({ letters: fresh, isHeld: () => performance.now() - takenAtMs < heldMs });
    for (const { messageId } of fresh) kept.delete(messageId);
    keep(stay);
  };
  const work = async (): Promise<void> => {
    try {
      while (!isDone && !hasFailed && !signal.aborted && !isEnough()) await step();
    } catch (error) {
      hasFailed = true;
      throw error;
    }
  };
  const results = await Promise.allSettled(Array.from({ length: workers }, work));
  await giveBack(sqs, queueUrl, [...kept.values()]);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return isDone && !signal.aborted;
}
