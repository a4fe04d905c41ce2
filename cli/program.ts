/** The commands of the command line. A new command is one import and one line here. */
import { readFileSync } from 'node:fs';
import { Command } from '@commander-js/extra-typings';
import { connectCommand } from './connect/command.ts';
import { deadLettersCommand } from './dead-letters/command.ts';
import { disconnectCommand } from './disconnect/command.ts';
import { doctorCommand } from './doctor/command.ts';
import { keysCommand } from './keys/command.ts';
import { sendCommand } from './send/command.ts';
import { syncCommand } from './sync/command.ts';
import { programName } from './terminal/command-line.ts';
import { verifyCommand } from './verify/command.ts';

function version(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return String(version);
}

export function createProgram(): Command {
  const program = new Command(programName)
    .description('Operates the TikTok Events Gateway: send, sync, connect, check and repair.')
    .usage('<command> [options]')
    .version(version(), '--version')
    .showHelpAfterError('(see --help)')
    .showSuggestionAfterError();
  program.addCommand(sendCommand());
  program.addCommand(syncCommand());
  program.addCommand(connectCommand());
  program.addCommand(disconnectCommand());
  program.addCommand(keysCommand());
  program.addCommand(deadLettersCommand());
  program.addCommand(doctorCommand());
  program.addCommand(verifyCommand());
  return program;
}
