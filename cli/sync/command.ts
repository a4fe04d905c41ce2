/** `sync`: sends the rows of a query as events. */
import { Option } from '@commander-js/extra-typings';
import { apiCommand } from '../stage/stage-command.ts';
import { parseCount, parseDuration } from '../terminal/parse-options.ts';
import { syncInitCommand } from './init/command.ts';
import { isPiped } from './rows/is-piped.ts';
import { withSource } from './source-options.ts';
import { sync } from './sync.ts';

export const syncCommand = () =>
  withSource(
    apiCommand('sync', 'Send the rows of a query as events', [
      'sync --query "select * from \'orders.parquet\'" --dry-run',
      'sync --query "select * from \'orders/*.csv\'" --map orders.yml --cursor updated_at --state orders.state --stage prod',
      'sync --postgres postgres://shop@db.example/shop --query "select * from purchases" --cursor id --state purchases.state',
      'sync --query "select * from \'orders.parquet\'" --stage prod --wait 15m',
      'sync --mode add --audience vip --query "select email from \'vip.csv\'"',
      'sync - --rejects rejected.ndjson < events.ndjson',
    ]).argument(
      '[input]',
      '- reads rows from standard input, one JSON object per line; not needed when you pipe them in',
    ),
  )
    .option('-m, --map <file>', 'YAML that maps columns to event fields; columns named like fields need none')
    .option(
      '-x, --exclude <column>',
      'column that must not fill the field of its name, because it means something else; can be repeated',
      (column: string, columns: readonly string[]) => [...columns, column],
      [],
    )
    .addOption(
      new Option(
        '--mode <mode>',
        'insert sends each row once, add sends each new member of an audience once',
      ).default('insert'),
    )
    .option(
      '--cursor <column>',
      'column that grows from row to row, such as updated_at: the next sync continues from it',
    )
    .option(
      '--state <file>',
      'file that keeps where the next sync continues, or with --mode add the members added so far',
    )
    .option('--from <value>', 'cursor value to start with, when the state has none that can be used')
    .option('--audience <name>', 'with --mode add: the custom event that adds a member')
    .option('--strict', 'reject a row if the gateway would leave out a value that it cannot use')
    .option('-n, --dry-run', 'send nothing: show the first events and all problems')
    .option('--preview <number>', 'events that --dry-run shows', parseCount, 3)
    .option('--rejects <file>', 'rejected rows with their errors, as NDJSON')
    .option('--concurrency <number>', 'requests at once', parseCount, 4)
    .addOption(
      new Option('--give-up-after <duration>', 'how long to retry while the gateway accepts nothing')
        .argParser(parseDuration)
        .default(300_000, '5m'),
    )
    .addOption(
      new Option(
        '-w, --wait [duration]',
        'wait until the events are delivered or parked, for at most this long (5m)',
      )
        .argParser(parseDuration)
        .preset('5m'),
    )
    // The options of `sync init` come after its name.
    .enablePositionalOptions()
    .addCommand(syncInitCommand())
    .action((input, options) => sync(input ?? (isPiped(options) ? '-' : undefined), options));
