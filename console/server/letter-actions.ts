/** The dead letters of a stage for the page. What a sender wrote leaves this file on the local stage only. */
import type { ActionResult, Letters, ListedLetter } from '../../cli/dead-letters/letters.ts';
import { standardEvents } from '../../lib/events/standard-events.ts';
import type { ActionAnswer, DeadLettersAnswer } from '../api.ts';
import type { LetterActions } from './source.ts';

const maxLetters = 500;
/** SQS is asked again and again until no letter is visible. */
const timeoutMs = 30_000;

export function letterActions(all: Letters, isLocal: boolean): LetterActions {
  const act = async (action: 'replay' | 'discard', ids: readonly string[]): Promise<ActionAnswer> =>
    toAnswer(await all[action](ids, AbortSignal.timeout(timeoutMs)));
  return {
    list: async () => {
      const { letters, total } = await all.list(maxLetters, AbortSignal.timeout(timeoutMs));
      return { letters: letters.map((letter) => toLetter(letter, isLocal)), total };
    },
    replay: (ids) => act('replay', ids),
    discard: (ids) => act('discard', ids),
  };
}

const toAnswer = ({ done, left, problem }: ActionResult): ActionAnswer => ({
  done,
  left,
  ...(problem !== undefined && { problem }),
});

function toLetter(letter: ListedLetter, isLocal: boolean): DeadLettersAnswer['letters'][number] {
  const { id, event, eventId, name, source, destination, reason, text, detail } = letter;
  const { outcome, failedAtMs, replays } = letter;
  return {
    ...{ id, reason, text, outcome, failedAtMs, replays },
    ...(event !== undefined && { event }),
    ...(eventId !== undefined && isLocal && { eventId }),
    ...(name !== undefined && { name: isLocal || standardEvents.has(name) ? name : 'custom' }),
    ...(source !== undefined && { source }),
    ...(destination !== undefined && { destination }),
    ...(detail !== undefined && { detail }),
  };
}
