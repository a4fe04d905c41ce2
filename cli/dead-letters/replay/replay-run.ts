/** What one replay decides and counts: which dead letters to send, which to keep, and why. Its workers share it. */
import type { SQSClient } from '@aws-sdk/client-sqs';
import { sha256 } from '../../../lib/privacy/sha256.ts';
import { type OutgoingMessage, sizeOf } from '../../../lib/queue/entries.ts';
import { fairGroup } from '../../../lib/queue/fair-group.ts';
import { encodeReplay, replayAttribute } from '../../../lib/queue/replay-mark.ts';
import type { DeadLetter } from '../dead-letter.ts';
import { explain } from '../explain-letter.ts';
import { type LetterFilter, matches } from '../filter/letter-filter.ts';
import { createRecorder, type JournalWriter } from '../journal/operator-lines.ts';
import { deleteLetters, sendMessages } from '../letter-queue.ts';
import type { Hand } from '../walk.ts';
import { decideReplay, type ReplayChoices } from './replay-decision.ts';
import { createReplayCount, type Left } from './replay-report.ts';

export interface ReplaySettings extends ReplayChoices {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  /** Gets a line for each letter. */
  readonly journal: JournalWriter;
  /** Names of the destinations of the stage. */
  readonly destinations: readonly string[];
  readonly filter: LetterFilter;
  readonly limit: number;
  /** Hears of every letter that stays. */
  readonly onLeft?: (letter: DeadLetter, why: Left) => void;
  /** Hears of every letter whose message is back in the queue. */
  readonly onReplayed?: (letter: DeadLetter) => void;
}

interface Candidate {
  readonly letter: DeadLetter;
  readonly body: string;
  readonly isRenewed: boolean;
}

/** SQS takes this many bytes, attributes included. */
const maxBytes = 1_048_576;

export function createReplayRun(options: ReplaySettings) {
  const { sqs, queueUrl, deadLetterQueueUrl, destinations, filter, limit } = options;
  /** Taken for sending, by any worker. */
  let taken = 0;
  const count = createReplayCount(options.onLeft);
  const recorder = createRecorder(options.journal, 'replayed');
  /** Digests of what was sent in this run: what comes back would go round for ever. */
  const sent = new Set<string>();

  function prepare(letter: DeadLetter): Candidate | Left {
    if (!matches(letter, filter)) return 'filtered';
    if (sent.has(sha256(letter.body))) return 'parked_again';
    const decision = decideReplay(letter, options, Date.now());
    return decision.kind === 'leave'
      ? decision.why
      : { letter, body: decision.body, isRenewed: decision.isRenewed };
  }

  /** The letters to send, no more than the limit allows. */
  function choose(letters: readonly DeadLetter[]): Candidate[] {
    const chosen: Candidate[] = [];
    for (const letter of letters) {
      const prepared = prepare(letter);
      if (typeof prepared === 'string') count.leave(letter, prepared);
      else if (taken < limit) {
        chosen.push(prepared);
        taken += 1;
      }
    }
    return chosen;
  }

  function toMessage({ letter, body }: Candidate): OutgoingMessage {
    const { reason, replay, firstSentAtMs, destination } = letter;
    const mark = { count: (replay?.count ?? 0) + 1, atMs: Date.now(), reason, firstSentAtMs };
    const groupId = fairGroup(destination, destinations);
    const marked = { body, groupId, attributes: { [replayAttribute]: encodeReplay(mark) } };
    // The message matters more than its mark.
    return sizeOf(marked) > maxBytes ? { body, groupId } : marked;
  }

  /** @returns the letters whose message SQS has stored */
  async function send(chosen: readonly Candidate[]): Promise<Candidate[]> {
    const stored = await sendMessages(sqs, queueUrl, chosen.map(toMessage));
    const done = chosen.filter((_, index) => stored[index]);
    for (const { letter } of chosen.filter((_, index) => !stored[index])) count.leave(letter, 'not_sent');
    for (const { body } of done) sent.add(sha256(body));
    for (const { letter, isRenewed } of done) {
      count.replay(letter, { isRenewed, isHopeless: explain(letter).isHopeless });
      options.onReplayed?.(letter);
    }
    return done;
  }

  return {
    /** @returns the letters that stay */
    async handle({ letters, isHeld }: Hand): Promise<readonly DeadLetter[]> {
      const chosen = choose(letters);
      if (chosen.length === 0) return letters;
      const done = (await send(chosen)).map(({ letter }) => letter);
      const open = isHeld() ? await deleteLetters(sqs, deadLetterQueueUrl, done) : done;
      count.stillThere(open.length);
      await recorder.record(done);
      const gone = new Set(done);
      return letters.filter((letter) => !gone.has(letter));
    },
    replayed: count.replayed,
    taken: () => taken,
    hasRoom: () => taken < limit,
    report: (isInterrupted: boolean) => ({
      ...count.report(),
      not_in_journal: recorder.missing(),
      journal_problem: recorder.problem() ?? null,
      interrupted: isInterrupted,
    }),
  };
}
