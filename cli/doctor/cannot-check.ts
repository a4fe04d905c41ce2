/** A check that could not run, as a finding: a missing right leaves it unchecked, any other error is a problem. */
import { AppError } from '../../lib/errors/app-error.ts';
import { isDenied, missingRight } from '../errors/denied.ts';
import { explainError, isAwsRefusal } from '../errors/explain-error.ts';
import { caused, type Finding, problem, unchecked } from './finding.ts';

export function cannotCheck(subject: string, error: unknown): Finding {
  return isDenied(error)
    ? denied(subject, error)
    : problem(subject, 'This could not be checked.', explainError(error));
}

/** The same for `doctor`, where one error often keeps several checks from running: their findings become one. */
export function blocked(subject: string, error: unknown): Finding {
  if (isDenied(error)) return denied(subject, error);
  const message = explainError(error);
  const remedy =
    error instanceof AppError
      ? 'See docs/deploy.md#2-write-the-stage-file.'
      : 'See docs/cli.md#options-and-rules-of-all-commands.';
  const found = problem(isAwsRefusal(error) ? 'AWS' : subject, message, remedy);
  return { ...caused(message, found), blocks: subject };
}

const denied = (subject: string, error: Error): Finding =>
  unchecked(
    subject,
    `You are not allowed to look (${missingRight(error) ?? error.name}).`,
    'See docs/cli.md#doctor for the rights that this command needs.',
  );
