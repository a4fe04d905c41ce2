/** What a replay has done and left: the counts, and the same in words. */
import type { DeadLetter } from '../dead-letter.ts';
import { createTally } from '../tally.ts';

/** Why a letter stays. */
export type Left = 'filtered' | 'unknown_outcome' | 'expired' | 'came_back' | 'parked_again' | 'not_sent';

export interface ReplayReport {
  readonly replayed: number;
  /** Of these, with a new `not_after`. */
  readonly renewed: number;
  /** Of these, by reason, those whose content was refused: they come back unless the refusal had another cause. */
  readonly likely_to_return: Readonly<Record<string, number>>;
  /** Left where they are, because: */
  readonly left: Readonly<Record<Left, number>>;
  /** Those that came back, by reason. */
  readonly came_back: Readonly<Record<string, number>>;
  /** When one of these was last replayed. */
  readonly last_replayed_at: string | null;
  /** Sent, but their dead letters could not be deleted. */
  readonly still_there: number;
  /** Sent, but without a line in the journal. */
  readonly not_in_journal: number;
  readonly journal_problem: string | null;
  readonly interrupted: boolean;
}

/** @param onLeft hears of every letter that stays */
export function createReplayCount(onLeft: (letter: DeadLetter, why: Left) => void = () => undefined) {
  const sums = { replayed: 0, renewed: 0, still_there: 0 };
  const left: Record<Left, number> = {
    filtered: 0,
    unknown_outcome: 0,
    expired: 0,
    came_back: 0,
    parked_again: 0,
    not_sent: 0,
  };
  const [likelyToReturn, cameBack] = [createTally(), createTally()];
  let lastReplayedAtMs = 0;
  return {
    leave(letter: DeadLetter, why: Left): void {
      left[why] += 1;
      onLeft(letter, why);
      if (why !== 'came_back') return;
      cameBack.add(letter.reason);
      lastReplayedAtMs = Math.max(lastReplayedAtMs, letter.replay?.atMs ?? 0);
    },
    replay(letter: DeadLetter, { isRenewed, isHopeless }: { isRenewed: boolean; isHopeless: boolean }): void {
      sums.replayed += 1;
      if (isRenewed) sums.renewed += 1;
      if (isHopeless) likelyToReturn.add(letter.reason);
    },
    stillThere(count: number): void {
      sums.still_there += count;
    },
    replayed: () => sums.replayed,
    report: () => ({
      ...sums,
      likely_to_return: likelyToReturn.counts(),
      left,
      came_back: cameBack.counts(),
      last_replayed_at: lastReplayedAtMs === 0 ? null : new Date(lastReplayedAtMs).toISOString(),
    }),
  };
}
