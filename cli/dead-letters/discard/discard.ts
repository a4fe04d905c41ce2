/**
 * Deletes dead letters for good, each with a line in the journal. The line is written first: without the right to write it,
 * nothing is deleted.
 */
import type { SQSClient } from '@aws-sdk/client-sqs';
import { CliError } from '../../errors/cli-error.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import { explainError } from '../../errors/explain-error.ts';
import { browseDeadLetters } from '../browse.ts';
import type { DeadLetter } from '../dead-letter.ts';
import { type JournalWriter, writeLines } from '../journal/operator-lines.ts';
import { deleteLetters } from '../letter-queue.ts';
import { createTally } from '../tally.ts';
import { type Hand, walkLetters } from '../walk.ts';

interface Queue {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly signal: AbortSignal;
  readonly onProgress: (looked: number) => void;
}

/** Letters as a first look found them. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly reasons: Readonly<Record<string, number>>;
  /** Letters that were not selected. */
  readonly others: number;
  readonly isComplete: boolean;
}

/** Selects letters, and leaves all of them unchanged. */
export async function selectLetters(
  { sqs, queueUrl, signal, onProgress }: Queue,
  isWanted: (letter: DeadLetter) => boolean,
): Promise<Selection> {
  const [ids, reasons] = [new Set<string>(), createTally()];
  let looked = 0;
  const isComplete = await browseDeadLetters({ sqs, queueUrl, signal }, (letter) => {
    onProgress(++looked);
    if (!isWanted(letter)) return;
    ids.add(letter.messageId);
    reasons.add(letter.reason);
  });
  return { ids, reasons: reasons.counts(), others: looked - ids.size, isComplete };
}

export interface DiscardOptions extends Queue {
  readonly journal: JournalWriter;
  /** Message ids: a letter that was parked after the selection is not among them. */
  readonly ids: ReadonlySet<string>;
}

export interface Discarded {
  /** Message ids of the letters that are gone. */
  readonly ids: ReadonlySet<string>;
  /** Message ids of letters that SQS did not delete. */
  readonly stillThere: ReadonlySet<string>;
}

const workers = 4;

/** Throws a CliError when the journal cannot be written; no letter without a line is deleted then. */
export async function discardDeadLetters(options: DiscardOptions): Promise<Discarded> {
  const { sqs, queueUrl, signal, onProgress, ids } = options;
  const [gone, stillThere] = [new Set<string>(), new Set<string>()];

  async function discard(wanted: readonly DeadLetter[]): Promise<void> {
    await writeLines(options.journal, 'discarded', wanted).catch((error: unknown) => {
      throw notWritten(error, gone.size);
    });
    const open = await deleteLetters(sqs, queueUrl, wanted);
    for (const { messageId } of wanted) gone.add(messageId);
    for (const { messageId } of open) {
      gone.delete(messageId);
      stillThere.add(messageId);
    }
  }

  const isEnough = () => gone.size + stillThere.size >= ids.size;
  await walkLetters({ sqs, queueUrl, signal, workers, isEnough }, async ({ letters, isHeld }: Hand) => {
    const wanted = letters.filter(({ messageId }) => ids.has(messageId));
    if (wanted.length === 0 || !isHeld()) return letters;
    await discard(wanted);
    onProgress(gone.size);
    return letters.filter(({ messageId }) => !gone.has(messageId));
  });
  return { ids: gone, stillThere };
}

/** The error itself names the right that is missing. */
function notWritten(error: unknown, gone: number): CliError {
  const what = gone === 0 ? 'Nothing was discarded' : `${gone} discarded, and no others`;
  const message = `${what}: the journal cannot be written. ${explainError(error)}`;
  return new CliError(exitCodes.unavailable, message, { cause: error });
}
