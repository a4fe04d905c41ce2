/** `dead-letters`: looks at parked messages, puts them back, takes them out for correction, and deletes them. */
import { Command, Option } from '@commander-js/extra-typings';
import { stageCommand } from '../stage/stage-command.ts';
import { parseCount, parseRate } from '../terminal/parse-options.ts';
import { parseMoment } from './filter/parse-moment.ts';

const filterCommand = (name: string, summary: string, examples: readonly string[]) =>
  stageCommand(name, summary, examples)
    .option('--reason <code>', 'only those parked for this reason, such as tiktok_40002')
    .option('--destination <name>', 'only those of this destination')
    .addOption(
      new Option('--outcome <outcome>', 'only those that TikTok refused, or may have (unknown)').choices([
        'refused',
        'unknown',
      ]),
    )
    .option(
      '--older-than <age>',
      'only those parked at least so long ago, such as 36h, or until 2026-11-26T20:41:07Z',
      parseMoment,
    )
    .option('--newer-than <age>', 'only those parked within this time, or from such a time on', parseMoment)
    .option(
      '--id <id...>',
      'only these: message id, fingerprint or event id (others can see command lines: prefer the first two)',
    );

export function deadLettersCommand(): Command {
  return new Command('dead-letters')
    .description('Look at parked messages, put them back, correct or delete them')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(exportCommand())
    .addCommand(replayCommand())
    .addCommand(discardCommand()) as Command;
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

function showCommand() {
  return stageCommand('show', 'Show everything about one parked message, and what to do', [
    'dead-letters show 9f86d081884c7d65',
    'dead-letters show 2f6c1d1e-0b7e-4b7e-9d55-1c5c0d1f0a11 --stage prod --show-body',
  ])
    .argument('<id>', 'message id, fingerprint of the event, or event id')
    .option('--show-body', 'show the values of its fields: they contain personal data')
    .action(async (id, options) => (await import('./show/show-letter.ts')).showLetter(id, options));
}

function exportCommand() {
  return filterCommand('export', 'Write the events of parked messages as NDJSON, to correct them', [
    'dead-letters export --reason invalid_event > events.ndjson',
    'dead-letters export --stage prod --reason tiktok_40002 --output events.ndjson',
  ])
    .option('-o, --output <file>', 'new file, which only you can read; standard output without it')
    .action(async (options) => (await import('./export/export-letters.ts')).exportLetters(options));
}

function replayCommand() {
  return filterCommand('replay', 'Put parked messages back into the queue', [
    'dead-letters replay --reason timeout',
    'dead-letters replay --stage prod --older-than 1h --limit 100 --rate 20 --yes',
  ])
    .option('--limit <number>', 'messages at most', parseCount)
    .option('--rate <number>', 'messages a second', parseRate, 100)
    .option(
      '--include-unknown',
      'also messages that TikTok may have accepted more than 48 hours ago: they can count twice',
    )
    .option('--renew', 'give messages that have expired another 47 hours')
    .option('--again', 'also messages that were replayed before and parked again for the same reason')
    .action(async (options) => (await import('./replay/replay-letters.ts')).replayLetters(options));
}

function discardCommand() {
  return filterCommand('discard', 'Delete parked messages for good', [
    'dead-letters discard --reason invalid_event --older-than 2h',
    'dead-letters discard --stage prod --all --yes',
    'dead-letters discard --stage prod --person',
  ])
    .option('--all', 'all of them, without another filter')
    .option(
      '--person',
      'only those with an e-mail address, phone number or external id that you type or pipe in',
    )
    .action(async (options) => (await import('./discard/discard-letters.ts')).discardLetters(options));
}
