/**
 * Replays or discards dead letters by their own ids, or by the ids that rows have: those of the messages in the queue, because
 * the consumer logs a dead letter before SQS gives it an id of its own.
 */
import type { ActionAnswer } from '../api.ts';
import type { LetterActions } from './source.ts';

/** @param eventOf the event of a row with this id of a message */
export async function finishLetters(
  action: 'replay' | 'discard',
  ids: readonly string[],
  { letters, eventOf }: { readonly letters: LetterActions; readonly eventOf: ReadonlyMap<string, string> },
): Promise<ActionAnswer> {
  if (!ids.some((id) => eventOf.has(id))) return letters[action](ids);
  const { letters: listed } = await letters.list();
  const given = new Map(
    ids.map((id) => [
      listed.find(({ event }) => event !== undefined && event === eventOf.get(id))?.id ?? id,
      id,
    ]),
  );
  const { left, ...answer } = await letters[action]([...given.keys()]);
  return { ...answer, left: left.map(({ id, why }) => ({ id: given.get(id) ?? id, why })) };
}
