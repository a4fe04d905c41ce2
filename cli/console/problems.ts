/** Keeps what the console cannot read now, in sentences that name the missing right or another remedy. */
import { ConsoleProblem } from '../../console/server/write-answer.ts';
import { missingRight } from '../errors/denied.ts';
import { explainError } from '../errors/explain-error.ts';

/** A part of the view. */
export type Part = 'journal' | 'search' | 'letters' | 'actions' | 'syncs' | 'sync-actions';

export interface Problems {
  /** Runs `work`, and remembers its error until the part works again. @throws ConsoleProblem with the remedy */
  watch<T>(part: Part, work: () => Promise<T>): Promise<T>;
  report(part: Part, error: unknown): void;
  clear(part: Part): void;
  list(): readonly string[];
}

const subjects: Readonly<Record<Part, string>> = {
  journal: 'The events cannot be read',
  search: 'Older events cannot be searched',
  letters: 'The dead letters cannot be read',
  actions: 'The dead letters cannot be changed',
  syncs: 'The syncs cannot be read',
  'sync-actions': 'The sync cannot be started, paused or resumed',
};

export function createProblems(): Problems {
  const texts = new Map<Part, string>();
  const report = (part: Part, error: unknown): void => void texts.set(part, problemText(part, error));
  return {
    watch: async (part, work) => {
      try {
        const result = await work();
        texts.delete(part);
        return result;
      } catch (error) {
        report(part, error);
        throw new ConsoleProblem(502, problemText(part, error));
      }
    },
    report,
    clear: (part) => void texts.delete(part),
    list: () => [...texts.values()],
  };
}

function problemText(part: Part, error: unknown): string {
  const right = missingRight(error);
  const cause =
    right === undefined
      ? explainError(error)
      : `These AWS credentials lack the right ${right}. Add it to your role, or set AWS_PROFILE to another one.`;
  return `${subjects[part]}. ${cause}`;
}
