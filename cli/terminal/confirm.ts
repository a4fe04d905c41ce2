/** Asks before a deployed stage is changed. A stage on this machine is never asked about. */
import { confirm, isCancel } from '@clack/prompts';
import { CliError, usageError } from '../errors/cli-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';

export interface Change {
  /** What is about to be changed lies on this machine. */
  readonly isLoopback: boolean;
  /** `--yes` was given. */
  readonly yes: boolean;
  /** Completes "Shall I …?", such as `send 1 event to stage prod`. */
  readonly action: string;
}

/** Returns when the change may be made; throws when it was declined, or when there is nobody to ask. */
export async function confirmChange({ isLoopback, yes, action }: Change): Promise<void> {
  if (isLoopback || yes) return;
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) {
    throw usageError(`Not done: to ${action} without a terminal to ask on, add --yes.`);
  }
  const answer = await confirm({
    message: `Shall I ${action}?`,
    initialValue: false,
    output: process.stderr,
  });
  if (isCancel(answer)) throw new CliError(exitCodes.interrupted, 'Not done.');
  if (!answer) throw new CliError(exitCodes.failed, 'Not done.');
}
