/**
 * Values that are there and that a function cannot read. Such a value is never the same as an absent one, although both
 * give null: a time that is taken for absent would count an old order as one of now.
 */

/** The ends of the sentences "field: …". Evaluation is synchronous, so one list is enough, as in mapping-request.ts. */
let met: string[] = [];

/** @param problem says what the function expected, never the value */
export function noteUnreadable(problem: string): null {
  met.push(problem);
  return null;
}

export interface Reading {
  readonly value: unknown;
  /** What the first value that could not be read should have been; undefined when all were read, or had an alternative. */
  readonly problem: string | undefined;
}

/** Evaluates an expression and collects what it cannot read. */
export function readingOf(evaluate: () => unknown): Reading {
  const outer = met;
  met = [];
  try {
    const value = evaluate();
    return { value, problem: met[0] };
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
