/** What follows from replaying or discarding dead letters, in sentences. */
import type { ConsoleState, DeadLettersAnswer } from '../../api.ts';

/** The parts of a dead letter on which the consequences depend. */
export type Finished = Pick<DeadLettersAnswer['letters'][number], 'outcome' | 'replays'>;

export function consequences(
  action: 'replay' | 'discard',
  letters: readonly Finished[],
  { stage, isLocal }: Pick<ConsoleState, 'stage' | 'isLocal'>,
): readonly string[] {
  const where = isLocal ? [] : [`This changes the deployed stage ${stage}.`];
  if (action === 'discard') return ['TikTok never gets these events. You cannot undo this.', ...where];
  const unknown = letters.filter(({ outcome }) => outcome === 'unknown').length;
  const again = letters.filter(({ replays }) => replays > 0).length;
  return [
    'The gateway puts the messages back into the queue and sends them again. Fix the cause first, or they fail again.',
    ...(again === 0 ? [] : [`${again} of them came back after an earlier replay.`]),
    ...(unknown === 0
      ? []
      : [`TikTok may have ${unknown} of them already: the gateway leaves those that could count twice.`]),
    ...where,
  ];
}
