/** Dead letters of one reason belong together: its text stands once, above them. */
import type { DeadLettersAnswer } from '../../api.ts';

type Letter = DeadLettersAnswer['letters'][number];

export interface LetterGroup extends Pick<Letter, 'reason' | 'text' | 'detail'> {
  readonly key: string;
  readonly letters: readonly Letter[];
}

/** @returns the groups in the order of their first letters */
export function groupLetters(letters: readonly Letter[]): readonly LetterGroup[] {
  const groups = Map.groupBy(letters, ({ reason, text, detail = '' }) => [reason, detail, text].join('\n'));
  return [...groups].flatMap(([key, grouped]) => {
    const [first] = grouped;
    if (first === undefined) return [];
    const { reason, text, detail } = first;
    return [{ key, reason, text, ...(detail !== undefined && { detail }), letters: grouped }];
  });
}
