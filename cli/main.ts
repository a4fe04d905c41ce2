/** `npx --no tiktok-events <command>`: runs one command on the terminal of this process, and ends with its exit code. */
import { exitCodes } from './errors/exit-codes.ts';
import { run } from './program.ts';
import { processTerminal } from './terminal/io.ts';

// A reader such as `head` closes the pipe early: that is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
});

process.exitCode = await run(process.argv.slice(2), processTerminal);
