/** Makes the data and the actions of `letters.ts` from a stage's queues and its journal. */
import type { Stage } from '../stage/stage.ts';
import { namesInStageFile } from '../stage/stage-file.ts';
import { discardDeadLetters } from './discard/discard.ts';
import type { JournalWriter } from './journal/operator-lines.ts';
import type { ActionResult, Letters } from './letters.ts';
import { newestLetters } from './newest-letters.ts';
import { replayDeadLetters } from './replay/replay.ts';
import { leftSentences } from './replay/replay-text.ts';

/** A stage of the command line, or the queues of a gateway in this process. */
export type LettersStage = Pick<Stage, 'name' | 'sqs' | 'queueUrl' | 'deadLetterQueueUrl'>;

interface Parts {
  readonly stage: LettersStage;
  readonly journal: JournalWriter;
}

/**
 * Nothing is read before the first call.
 * @param journal gets a line for each letter; of a stage of the command line, `operatorJournal(stage)`
 */
export function openLetters(stage: LettersStage, journal: JournalWriter): Letters {
  const parts = { stage, journal };
  return {
    list: (limit, signal) => newestLetters(stage, limit, signal),
    replay: (ids, signal) => replay(parts, ids, signal),
    discard: (ids, signal) => discard(parts, ids, signal),
  };
}

/** Fast enough for a person who waits, and slow enough for TikTok. */
const messagesPerSecond = 100;

async function replay(
  { stage, journal }: Parts,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ActionResult> {
  const wanted = new Set(ids);
  const left = new Map<string, string>();
  const report = await replayDeadLetters({
    sqs: await stage.sqs(),
    queueUrl: await stage.queueUrl(),
    deadLetterQueueUrl: await stage.deadLetterQueueUrl(),
    journal,
    destinations: namesInStageFile(stage.name, 'destinations') ?? [],
    filter: { ids: wanted },
    limit: wanted.size,
    rate: messagesPerSecond,
    includeUnknown: false,
    renew: false,
    again: false,
    signal,
    isEnough: () => left.size === wanted.size,
    onProgress: () => undefined,
    onReplayed: ({ messageId }) => void wanted.delete(messageId),
    onLeft: ({ messageId }, why) => void (wanted.has(messageId) && left.set(messageId, leftSentences[why])),
  });
  return {
    done: report.replayed,
    left: [...wanted].map((id) => ({ id, why: left.get(id) ?? notFound })),
    problem: report.journal_problem ?? undefined,
  };
}

const notFound = 'It is not there: another command has it, or has finished it.';

async function discard(
  { stage, journal }: Parts,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ActionResult> {
  const wanted = new Set(ids);
  const { ids: gone, stillThere } = await discardDeadLetters({
    sqs: await stage.sqs(),
    queueUrl: await stage.deadLetterQueueUrl(),
    journal,
    ids: wanted,
    signal,
    onProgress: () => undefined,
  });
  const whyOf = (id: string) =>
    stillThere.has(id) ? 'SQS did not delete it. Discard it once more.' : notFound;
  const left = ids.filter((id) => !gone.has(id)).map((id) => ({ id, why: whyOf(id) }));
  return { done: gone.size, left, problem: undefined };
}
