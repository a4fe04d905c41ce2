/** The problem that a step throws. */
import { type Problem, ProblemError } from '../../lib/http/problem.ts';

export function problemOf(run: () => unknown): Problem {
  try {
    run();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('no problem was thrown');
}

export const problemOfAsync = (run: Promise<unknown>): Promise<Problem> =>
  run.then(
    () => Promise.reject(new Error('no problem was thrown')),
    (error: unknown) => (error instanceof ProblemError ? error.problem : Promise.reject(error)),
  );
