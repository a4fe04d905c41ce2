/** A command with the options that all commands share. */
import { Command } from '@commander-js/extra-typings';
import { programName } from '../terminal/command-line.ts';

/** Shared options as a command's action gets them. */
export interface SharedOptions {
  readonly stage: string;
  readonly url?: string | undefined;
  readonly key?: string | undefined;
  readonly json?: true | undefined;
  readonly yes?: true | undefined;
}

/**
 * @param examples lines such as `send --event-name Purchase`, shown below the help
 * @param stage the stage without `--stage`
 */
export function stageCommand(name: string, summary: string, examples: readonly string[], stage = 'local') {
  const command = new Command(name)
    .description(summary)
    .option('-s, --stage <name>', 'stage to work on; `local` is the gateway of npm start', stage)
    .option('--json', 'print the result as JSON, for programs')
    .option('-y, --yes', 'change a deployed stage without confirmation (needed without a terminal)')
    .showHelpAfterError('(see --help)');
  const lines = examples.map((example) => wrapped(`  $ ${programName} ${example}`));
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}

const maxWidth = 100;

/** Breaks a long command before an option, so that it can still be pasted. */
function wrapped(line: string): string {
  const parts = line.split(/ (?=--?[a-z])/);
  const [first = '', ...others] = parts;
  const lines = [first];
  for (const part of others) {
    const last = lines.at(-1) ?? '';
    if (last.length + part.length + 3 <= maxWidth) lines[lines.length - 1] = `${last} ${part}`;
    else lines.push(`      ${part}`);
  }
  return lines.join(' \\\n');
}

/** The same for commands that talk to the HTTP API. */
export const apiCommand = (name: string, summary: string, examples: readonly string[]) =>
  stageCommand(name, summary, examples)
    .option('--url <url>', "base URL instead of the stage's own (or TIKTOK_EVENTS_URL)")
    .option(
      '--key <key>',
      'API key; better TIKTOK_EVENTS_KEY, or - to read it from standard input, since others can see command lines',
    );
