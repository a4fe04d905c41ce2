/** `console`: shows the events of a stage on a page of this machine. */
import { Option } from '@commander-js/extra-typings';
import { stageCommand } from '../stage/stage-command.ts';
import { parseDuration, parsePort } from '../terminal/parse-options.ts';

export const consoleCommand = () =>
  stageCommand(
    'console',
    'Show events, dead letters and match quality of a stage on a page of this machine',
    ['console', 'console --stage prod', 'console --stage prod --since 7d --port 4000 --no-open'],
  )
    .option('--port <number>', 'port on 127.0.0.1; 0 takes a free one', parsePort, 0)
    .addOption(
      new Option('--since <duration>', 'how far the page looks back, such as 7d')
        .argParser(parseDuration)
        .default(day, '24h'),
    )
    .option('--no-open', 'do not open a browser')
    .action(async (options) => (await import('./run-console.ts')).runConsole(options));

const day = 86_400_000;
