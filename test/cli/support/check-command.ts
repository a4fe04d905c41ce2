/** Reads the commands that a text tells a person to run with the definitions of the commands themselves. */
import { createProgram } from '../../../cli/program.ts';

/** @returns the commands in backticks, without the name of the program */
export const commandsIn = (text: string): string[] =>
  [...text.matchAll(/`npx --no tiktok-events ([^`]+)`/g)].map(([, words]) => String(words));

interface AnyCommand {
  readonly commands: readonly AnyCommand[];
  readonly registeredArguments: readonly unknown[];
  exitOverride(): unknown;
  action(run: () => void): unknown;
  configureOutput(output: object): unknown;
}

function disarm(command: AnyCommand): void {
  command.exitOverride();
  command.configureOutput({ writeErr: () => undefined });
  // `sync` does something itself, and has `sync init` below it.
  if (command.commands.length === 0 || command.registeredArguments.length > 0)
    command.action(() => undefined);
  for (const child of command.commands) disarm(child);
}

/** Throws what the command line would say of unknown commands, options and missing arguments; runs nothing. */
export async function checkCommand(words: string): Promise<void> {
  const program = createProgram();
  disarm(program as unknown as AnyCommand);
  await program.parseAsync(words.split(' '), { from: 'user' });
}
