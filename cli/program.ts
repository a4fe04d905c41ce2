/** The commands of the command line. A new command is one import and one line here. */
import { readFileSync } from 'node:fs';
import { Command } from '@commander-js/extra-typings';
import { programName } from './command-line.ts';
import { connectCommand } from './commands/connect.ts';
import { deadLettersCommand } from './commands/dead-letters.ts';
import { disconnectCommand } from './commands/disconnect.ts';
import { doctorCommand } from './commands/doctor.ts';
import { keysCommand } from './commands/keys.ts';
import { sendCommand } from './commands/send.ts';
import { syncCommand } from './commands/sync.ts';
import { verifyCommand } from './commands/verify.ts';

function version(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return String(version);
}

export function createProgram(): Command {
  const program = new Command(programName)
    .description('Operates the TikTok Events Gateway: send, sync, connect, look and repair.')
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
