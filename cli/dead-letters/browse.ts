/** Reads dead letters without removing them: at the end all of them are visible again. */
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetter } from './dead-letter.ts';
import { walkLetters } from './walk.ts';

export interface BrowseOptions {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  /** Stops early; all letters become visible again. */
  readonly signal: AbortSignal;
  readonly maxLetters?: number;
}

const readers = 4;

/** Calls `look` once for each dead letter. @returns true when all were seen */
export function browseDeadLetters(
  { sqs, queueUrl, signal, maxLetters = Number.POSITIVE_INFINITY }: BrowseOptions,
  look: (letter: DeadLetter) => void,
): Promise<boolean> {
  let seen = 0;
  const isEnough = (): boolean => seen >= maxLetters;
  return walkLetters({ sqs, queueUrl, signal, workers: readers, isEnough }, async ({ letters }) => {
    seen += letters.length;
    for (const letter of letters) look(letter);
    return letters;
  });
}
