/** Asks before a command changes a deployed stage. It never asks about a stage on this machine. */
import { confirm, isCancel } from '@clack/prompts';
import { CliError, usageError } from '../errors/cli-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { terminal } from './io.ts';

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
  const { stdin: input, stderr: output } = terminal();
  if (input.isTTY !== true || output.isTTY !== true) {
    throw usageError(`Refusing to ${action} without confirmation; pass --yes.`);
  }
  const answer = await confirm({ message: `Proceed: ${action}?`, initialValue: false, input, output });
  if (isCancel(answer)) throw new CliError(exitCodes.interrupted, 'Canceled.');
  if (!answer) throw new CliError(exitCodes.failed, 'Canceled.');
}
