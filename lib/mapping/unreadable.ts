/**
 * Values that are there and that a function cannot read. Such a value is never the same as an absent one, although both
 * give null: a time that is taken for absent would count an old order as one of now.
 */

interface Note {
  /** The end of the sentence "field: …". */
  readonly problem: string;
  readonly isZeroDate: boolean;
}

/** Evaluation is synchronous, so one list is enough, as in mapping-request.ts. */
let met: Note[] = [];

/** @param problem says what the function expected, never the value */
export function noteUnreadable(problem: string): null {
  met.push({ problem, isZeroDate: false });
  return null;
}

/** A database writes `0000-00-00` for "no date". To a condition that is an answer, but no event happened then. */
export function noteZeroDate(): null {
  met.push({ problem: 'expected a date, not the zero date of a database', isZeroDate: true });
  return null;
}

export interface Reading {
  readonly value: unknown;
  /** What the first value that could not be read should have been; undefined when all were read, or had an alternative. */
  readonly problem: string | undefined;
  /** The same, with zero dates. */
  readonly problemOfTime: string | undefined;
}

/** Evaluates an expression and collects what it cannot read. */
export function readingOf(evaluate: () => unknown): Reading {
  const outer = met;
  met = [];
  try {
    const value = evaluate();
    const problem = met.find(({ isZeroDate }) => !isZeroDate)?.problem;
    return { value, problem, problemOfTime: met[0]?.problem };
  } finally {
    met = outer;
  }
}

/** @returns a position for `forgetSince` */
export const countUnreadable = (): number => met.length;

/** An alternative gave a value, so what the others could not read is not missed. */
export function forgetSince(count: number): void {
  met.length = count;
}
