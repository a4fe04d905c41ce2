/** `events`: what happened to one event or order, and what happens now. */
import { Command, Option } from '@commander-js/extra-typings';
import { stageCommand } from '../stage/stage-command.ts';
import { parseCount, parseDuration } from '../terminal/parse-options.ts';
import { tailOutcomes } from './tail-filter.ts';

export function eventsCommand(): Command {
  return new Command('events')
    .description('Find what happened to an event or an order, or follow what happens')
    .addCommand(findCommand())
    .addCommand(tailCommand()) as Command;
}

function findCommand() {
  return stageCommand('find', 'Show everything that happened to an event, or to the events of an order', [
    'events find order-1001',
    "events find '#1001' --stage prod",
    'events find 9f86d081884c7d65 --stage prod --days 7 --json',
  ])
    .argument('<id>', 'event id, order id or number, fingerprint, or trace id of a request')
    .option('--days <number>', "how far to look back (default: the stage's log retention)", parseCount)
    .action(async (id, options) => (await import('./find.ts')).find(id, options));
}

function tailCommand() {
  return stageCommand('tail', 'Follow what happens to the events of a stage, until Ctrl-C', [
    'events tail',
    'events tail --stage prod --source shop --outcome held',
    'events tail --stage prod --since 10m --json',
  ])
    .option('--source <name>', 'only events of api, queue (other producers), or one webhook source')
    .option('--event <name>', 'only events with this name, such as Purchase')
    .addOption(new Option('--outcome <outcome>', 'only events with this outcome').choices(tailOutcomes))
    .option('--since <age>', 'show also what happened in this time before, such as 10m', parseDuration)
    .action(async (options) => (await import('./tail.ts')).tail(options));
}
