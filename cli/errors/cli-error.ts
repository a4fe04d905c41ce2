/** Ends a command: one sentence for the user, with the remedy, and the exit code. */
import { type ExitCode, exitCodes } from './exit-codes.ts';

export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

export const usageError = (message: string): CliError => new CliError(exitCodes.usage, message);
export const unavailable = (message: string, cause?: unknown): CliError =>
  new CliError(exitCodes.unavailable, message, { cause });
