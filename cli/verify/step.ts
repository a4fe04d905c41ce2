/** One step of `verify`: the thing checked, the expected result, and the actual one. */
import { cannotCheck } from '../doctor/cannot-check.ts';
import type { Finding } from '../doctor/finding.ts';
import { CliError } from '../errors/cli-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { isUnavailable } from '../errors/explain-error.ts';

export interface Step {
  readonly step: string;
  /** `untried`: neither right nor wrong; `saw` says why, and what makes it possible. */
  readonly outcome: 'ok' | 'failed' | 'untried';
  /** Statuses, codes, request ids and counts; never a key, a secret or personal data. */
  readonly saw: string;
  /** Of failed steps. */
  readonly expected?: string;
  /** What to do next, or the section of the documentation. */
  readonly see?: string;
  /** The stage could not be reached, so that the exit code is 3. */
  readonly unreachable?: true;
}

export const passed = (step: string, saw: string): Step => ({ step, outcome: 'ok', saw });
export const untried = (step: string, saw: string, see?: string): Step => ({
  step,
  outcome: 'untried',
  saw,
  ...(see !== undefined && { see }),
});

interface Failure {
  readonly expected: string;
  readonly saw: string;
  readonly see: string;
  readonly unreachable?: boolean | undefined;
}

export const failed = (step: string, { unreachable, ...seen }: Failure): Step => ({
  step,
  outcome: 'failed',
  ...seen,
  ...(unreachable === true && { unreachable }),
});

/** A check of `doctor` as a step. Every warning is a failure here: a stage that was just deployed has none. */
export function stepOf(
  step: string,
  expected: string,
  { level, text, remedy = '' }: Finding,
  isWarningFine = false,
): Step {
  if (level === 'unchecked') return untried(step, text, remedy);
  if (level === 'ok' || (isWarningFine && level === 'warning'))
    return { ...passed(step, text), ...(remedy !== '' && { see: remedy }) };
  return failed(step, { expected, saw: text, see: remedy });
}

/** The error of a check as a step: missing rights leave it untried, everything else is a failure. */
export function stepOfError(step: string, expected: string, error: unknown): Step {
  const finding = cannotCheck(step, error);
  if (finding.level === 'unchecked') return stepOf(step, expected, finding);
  return failed(step, {
    expected,
    saw: finding.text,
    see: finding.remedy ?? '',
    unreachable:
      isUnavailable(error) || (error instanceof CliError && error.exitCode === exitCodes.unavailable),
  });
}
