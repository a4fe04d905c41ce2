/** Asks before a command changes a deployed stage. It never asks about a stage on this machine. */
import { confirm, isCancel } from '@clack/prompts';
import { CliError, usageError } from '../errors/cli-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';

export interface Change {
  /** The change is on this machine. */
  readonly isLoopback: boolean;
  /** `--yes` was given. */
  readonly yes: boolean;
  /** Completes "Proceed: …?", such as `send 1 event to stage prod`. */
  readonly action: string;
}

/** Returns when the user confirms the change. Throws when the user declines, or when there is no terminal to ask on. */
export async function confirmChange({ isLoopback, yes, action }: Change): Promise<void> {
  if (isLoopback || yes) return;
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) {
    throw usageError(`Refusing to ${action} without confirmation; pass --yes.`);
  }
  const answer = await confirm({
    message: `Proceed: ${action}?`,
    initialValue: false,
    output: process.stderr,
  });
  if (isCancel(answer)) throw new CliError(exitCodes.interrupted, 'Canceled.');
  if (!answer) throw new CliError(exitCodes.failed, 'Canceled.');
}
