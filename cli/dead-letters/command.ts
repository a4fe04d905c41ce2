/** `dead-letters list` and `dead-letters replay`: shows the parked messages, and puts them back into the queue. */
import { Command } from '@commander-js/extra-typings';
import { stageCommand } from '../stage/stage-command.ts';
import { parseCount, parseDuration, parseRate } from '../terminal/parse-options.ts';

const filterCommand = (name: string, summary: string, examples: readonly string[]) =>
  stageCommand(name, summary, examples)
    .option('--reason <code>', 'only those parked for this reason, such as tiktok_40002')
    .option('--destination <name>', 'only those of this destination')
    .option('--older-than <duration>', 'only those parked at least so long ago, such as 36h', parseDuration);

export function deadLettersCommand(): Command {
  return new Command('dead-letters')
    .description('Look at parked messages, and put them back')
    .addCommand(listCommand())
    .addCommand(replayCommand()) as Command;
}

function listCommand() {
  return filterCommand('list', 'Show what was parked, why and when', [
    'dead-letters list',
    'dead-letters list --stage prod --reason tiktok_40002 --json',
  ])
    .option('--limit <number>', 'lines to show at most', parseCount, 100)
    .option('--show-body', 'show the messages themselves: they contain personal data')
    .action(async (options) => (await import('./list.ts')).list(options));
}

function replayCommand() {
  return filterCommand('replay', 'Put parked messages back into the queue', [
    'dead-letters replay --reason tiktok_40002',
    'dead-letters replay --stage prod --older-than 1h --limit 100 --rate 20 --yes',
  ])
    .option('--limit <number>', 'messages at most', parseCount)
    .option('--rate <number>', 'messages a second', parseRate, 100)
    .option(
      '--include-unknown',
      'also messages that TikTok may have accepted more than 48 hours ago: they can count twice',
    )
    .option('--renew', 'give messages that have expired another 47 hours')
    .action(async (options) => (await import('./replay/replay-letters.ts')).replayLetters(options));
}
