/** What one replay decides and counts: which dead letters to send, which to keep, and why. Its workers share it. */
import type { SQSClient } from '@aws-sdk/client-sqs';
import { sha256 } from '../../../lib/privacy/sha256.ts';
import { fairGroup } from '../../../lib/queue/fair-group.ts';
import type { DeadLetter } from '../dead-letter.ts';
import { type LetterFilter, matches } from '../letter-filter.ts';
import { deleteLetters, sendMessages } from '../letter-queue.ts';
import { decideReplay, type ReplayChoices } from './replay-decision.ts';

export interface ReplaySettings extends ReplayChoices {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  /** Names of the destinations of the stage. */
  readonly destinations: readonly string[];
  readonly filter: LetterFilter;
  readonly limit: number;
}

export interface ReplayReport {
  readonly replayed: number;
  /** Of these, with a new `not_after`. */
  readonly renewed: number;
  /** Left where they are, because: */
  readonly left: {
    readonly filtered: number;
    readonly unknown_outcome: number;
    readonly expired: number;
    readonly parked_again: number;
    readonly not_sent: number;
  };
  /** Sent, but their dead letters could not be deleted. */
  readonly still_there: number;
  readonly interrupted: boolean;
}

type Left = keyof ReplayReport['left'];
interface ReplayCandidate {
  readonly letter: DeadLetter;
  readonly body: string;
  readonly isRenewed: boolean;
}

export function createReplayRun(options: ReplaySettings) {
  const { sqs, queueUrl, deadLetterQueueUrl, destinations, filter, limit } = options;
  /** Taken for sending, by any worker. */
  let taken = 0;
  const count = { replayed: 0, renewed: 0, still_there: 0 };
  const left: Record<Left, number> = {
    filtered: 0,
    unknown_outcome: 0,
    expired: 0,
    parked_again: 0,
    not_sent: 0,
  };
  /** Letters that stay, by message id: hidden until the end, so that they are not received again and again. */
  const kept = new Map<string, string>();
  /** Digests of what was sent in this run: what comes back would go round for ever. */
  const sent = new Set<string>();

  const keep = (letter: DeadLetter, why: Left | undefined): void => {
    if (why !== undefined && !kept.has(letter.messageId)) left[why] += 1;
    kept.set(letter.messageId, letter.receiptHandle);
  };

  function prepare(letter: DeadLetter): ReplayCandidate | Left {
    const nowMs = Date.now();
    if (!matches(letter, filter, nowMs)) return 'filtered';
    if (sent.has(sha256(letter.body))) return 'parked_again';
    const decision = decideReplay(letter, options, nowMs);
    return decision.kind === 'leave'
      ? decision.why
      : { letter, body: decision.body, isRenewed: decision.isRenewed };
  }

  /** The letters to send, no more than the limit allows; all others are kept. */
  function choose(letters: readonly DeadLetter[]): ReplayCandidate[] {
    const chosen: ReplayCandidate[] = [];
    for (const letter of letters) {
      const prepared = prepare(letter);
      if (typeof prepared === 'string') keep(letter, prepared);
      else if (taken >= limit) keep(letter, undefined);
      else {
        chosen.push(prepared);
        taken += 1;
      }
    }
    return chosen;
  }

  async function putBack(chosen: readonly ReplayCandidate[]): Promise<void> {
    if (chosen.length === 0) return;
    const messages = chosen.map(({ body, letter }) => ({
      body,
      groupId: fairGroup(letter.destination, destinations),
    }));
    const stored = await sendMessages(sqs, queueUrl, messages).catch((error: unknown) => {
      for (const { letter } of chosen) keep(letter, undefined);
      throw error;
    });
    const done = chosen.filter((_, index) => stored[index]);
    for (const { letter } of chosen.filter((_, index) => !stored[index])) keep(letter, 'not_sent');
    for (const { body } of done) sent.add(sha256(body));
    count.replayed += done.length;
    count.renewed += done.filter(({ isRenewed }) => isRenewed).length;
    const letters = done.map(({ letter }) => letter);
    count.still_there += await deleteLetters(sqs, deadLetterQueueUrl, letters);
  }

  return {
    choose,
    putBack,
    isNews: (letters: readonly DeadLetter[]) => letters.some(({ messageId }) => !kept.has(messageId)),
    replayed: () => count.replayed,
    taken: () => taken,
    room: () => limit - taken,
    kept: () => [...kept.values()],
    report: (interrupted: boolean): ReplayReport => ({ ...count, left, interrupted }),
  };
}
