/** The problem that a step throws. */
import { AppError } from '../../../lib/errors/app-error.ts';
import { type Problem, problemOf as toProblem } from '../../../lib/http/problem.ts';

export function problemOf(run: () => unknown): Problem {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return toProblem(error);
    throw error;
  }
  throw new Error('no problem was thrown');
}

export const problemOfAsync = (run: Promise<unknown>): Promise<Problem> =>
  run.then(
    () => Promise.reject(new Error('no problem was thrown')),
    (error: unknown) => (error instanceof AppError ? toProblem(error) : Promise.reject(error)),
  );
