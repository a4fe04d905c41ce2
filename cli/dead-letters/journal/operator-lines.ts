/** What an operator did to dead letters, as lines of the stage's journal. They name an event by its fingerprint. */
import type { OperatorLine } from '../../../lib/journal/line.ts';
import { explainError } from '../../errors/explain-error.ts';
import type { Journal } from '../../journal/journal.ts';
import type { DeadLetter } from '../dead-letter.ts';
import { factsOf } from '../letter-facts.ts';

export type JournalWriter = Pick<Journal, 'write'>;

/** Long enough for a slow line to AWS, and short enough to delete the letters while no one else can get them. */
const timeoutMs = 30_000;

/** Throws when the lines are not written within 30 s. */
export async function writeLines(
  journal: JournalWriter,
  kind: OperatorLine['kind'],
  letters: readonly DeadLetter[],
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DOMException('no answer', 'TimeoutError')), timeoutMs);
  });
  const lines = letters.map((letter) => toLine(kind, letter, Date.now()));
  await Promise.race([journal.write(lines), late]).finally(() => clearTimeout(timer));
}

function toLine(kind: OperatorLine['kind'], letter: DeadLetter, atMs: number): OperatorLine {
  const { event, trace } = factsOf(letter);
  return {
    kind,
    atMs,
    traces: trace === undefined ? [] : [trace],
    event,
    destination: letter.destination,
    // Anything else was not written by the gateway.
    reason: /^[a-z][a-z0-9_]{0,63}$/.test(letter.reason) ? letter.reason : 'unknown',
    messageId: letter.messageId,
  };
}

/** Writes what has been done already, so a failure stops nothing: after the first one it tries no more. */
export function createRecorder(journal: JournalWriter, kind: OperatorLine['kind']) {
  let problem: string | undefined;
  let missing = 0;
  return {
    async record(letters: readonly DeadLetter[]): Promise<void> {
      if (letters.length === 0) return;
      if (problem === undefined)
        await writeLines(journal, kind, letters).catch((error: unknown) => {
          problem = explainError(error);
        });
      if (problem !== undefined) missing += letters.length;
    },
    /** Why lines are missing; undefined when none is. */
    problem: () => problem,
    missing: () => missing,
  };
}
