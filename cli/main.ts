/** `npx --no tiktok-events <command>`: runs one command and turns its error into a message and an exit code. */
import { CommanderError } from 'commander';
import { CliError } from './errors/cli-error.ts';
import { exitCodes } from './errors/exit-codes.ts';
import { explainError, isUnavailable } from './errors/explain-error.ts';
import { createProgram } from './program.ts';
import { printableJson } from './terminal/output.ts';

/** Commander exits the process for help and usage errors. Here it throws, so that one place decides. */
function takeOver(command: ReturnType<typeof createProgram>): void {
  command.exitOverride();
  for (const child of command.commands) takeOver(child as ReturnType<typeof createProgram>);
}

async function main(): Promise<number> {
  const program = createProgram();
  takeOver(program);
  try {
    await program.parseAsync();
    return Number(process.exitCode ?? exitCodes.ok);
  } catch (error) {
    // Commander has already printed the error; help and version end with code 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    return fail(error);
  }
}

function fail(error: unknown): number {
  const exitCode = exitCodeOf(error);
  const message = explainError(error);
  if (process.argv.includes('--json')) {
    process.stdout.write(`${printableJson({ error: { exit_code: exitCode, message } })}\n`);
  }
  process.stderr.write(`${message}\n`);
  return exitCode;
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CliError) return error.exitCode;
  return isUnavailable(error) ? exitCodes.unavailable : exitCodes.failed;
}

// A reader such as `head` closes the pipe early: that is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
});

process.exitCode = await main();
