/** The commands of the command line. A new command is one import and one line here. */
import { readFileSync } from 'node:fs';
import { Command } from '@commander-js/extra-typings';
import { CommanderError } from 'commander';
import { connectCommand } from './connect/command.ts';
import { consoleCommand } from './console/command.ts';
import { deadLettersCommand } from './dead-letters/command.ts';
import { disconnectCommand } from './disconnect/command.ts';
import { doctorCommand } from './doctor/command.ts';
import { CliError } from './errors/cli-error.ts';
import { exitCodes } from './errors/exit-codes.ts';
import { explainError, isUnavailable } from './errors/explain-error.ts';
import { eventsCommand } from './events/command.ts';
import { initCommand } from './init/command.ts';
import { keysCommand } from './keys/command.ts';
import { qualityCommand } from './quality/command.ts';
import { reconcileCommand } from './reconcile/command.ts';
import { sendCommand } from './send/command.ts';
import { syncCommand } from './sync/command.ts';
import { syncsCommand } from './syncs/command.ts';
import { programName } from './terminal/command-line.ts';
import { endWith, runOn, type Terminal } from './terminal/io.ts';
import { note, showResult } from './terminal/output.ts';
import { triggerCommand } from './trigger/command.ts';
import { verifyCommand } from './verify/command.ts';

/**
 * Runs one command. An error becomes a message on the terminal and an exit code.
 * @param words the command line without the name of the program
 * @returns the exit code, see `exitCodes`. Never throws, and does not end the process.
 */
export async function run(words: readonly string[], io: Terminal): Promise<number> {
  const program = createProgram();
  takeOver(program, io);
  return runOn(io, async () => {
    try {
      await program.parseAsync(words, { from: 'user' });
    } catch (error) {
      endWith(fail(error, words.includes('--json')));
    }
  });
}

export function createProgram(): Command {
  const program = new Command(programName)
    .description(
      'Sends events to TikTok, shows what happened to each, and operates the stages of the gateway.',
    )
    .usage('<command> [options]')
    .version(version(), '--version')
    // `sync` has options of its own and a subcommand: each takes what comes after its name.
    .enablePositionalOptions()
    .showHelpAfterError('(see --help)')
    .showSuggestionAfterError();
  program.commandsGroup('Send events:');
  program.addCommand(sendCommand());
  program.addCommand(triggerCommand());
  program.addCommand(syncCommand());
  program.addCommand(syncsCommand());
  program.commandsGroup('See what happens:');
  program.addCommand(eventsCommand());
  program.addCommand(qualityCommand());
  program.addCommand(reconcileCommand());
  program.addCommand(consoleCommand());
  program.commandsGroup('Operate a stage:');
  program.addCommand(doctorCommand());
  program.addCommand(verifyCommand());
  program.addCommand(deadLettersCommand());
  program.commandsGroup('Set up a stage:');
  program.addCommand(initCommand());
  program.addCommand(connectCommand());
  program.addCommand(disconnectCommand());
  program.addCommand(keysCommand());
  return program;
}

function version(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return String(version);
}

/** Commander writes to the process, and exits it for help and usage errors. Here it throws, so that one place decides. */
function takeOver(command: Command, io: Terminal): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => void io.stdout.write(text),
    writeErr: (text) => void io.stderr.write(text),
    getOutHelpWidth: () => widthOf(io.stdout),
    getErrHelpWidth: () => widthOf(io.stderr),
  });
  for (const child of command.commands) takeOver(child as Command, io);
}

/** Lines of more than 100 characters are hard to read. */
const widthOf = ({ isTTY, columns = 80 }: Terminal['stdout']): number =>
  isTTY === true ? Math.min(columns, 100) : 80;

function fail(error: unknown, isJson: boolean): number {
  if (error instanceof CommanderError) return failUsage(error, isJson);
  const exitCode = exitCodeOf(error);
  const message = explainError(error);
  if (isJson) showResult(true, { error: { exit_code: exitCode, message } }, () => message);
  note(message);
  return exitCode;
}

/** Commander has already printed the error; help and version end with code 0. */
function failUsage({ exitCode, message }: CommanderError, isJson: boolean): number {
  if (exitCode === 0) return exitCodes.ok;
  const text = message.replace(/^error: /, '');
  if (isJson) showResult(true, { error: { exit_code: exitCodes.usage, message: text } }, () => text);
  return exitCodes.usage;
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CliError) return error.exitCode;
  return isUnavailable(error) ? exitCodes.unavailable : exitCodes.failed;
}
