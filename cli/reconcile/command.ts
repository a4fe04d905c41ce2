/** `reconcile`: adds up what came in, and compares it with TikTok's own counts. */
import { parseDays } from '../quality/parse-days.ts';
import { stageCommand } from '../stage/stage-command.ts';
import { parseDuration } from '../terminal/parse-options.ts';

export const reconcileCommand = () =>
  stageCommand('reconcile', "Check that every event adds up, and compare with TikTok's own counts", [
    'reconcile',
    'reconcile --stage prod --days 7',
    'reconcile --stage prod --destination default --json',
  ])
    .option('--days <number>', 'UTC days to compare, 1 to 30, today included', parseDays, 7)
    .option('-d, --destination <name>', 'only this destination, and no balance of the whole stage')
    .option(
      '--final-after <duration>',
      "how long TikTok's count of a day may still change (default: 24h; 0s for the local sandbox)",
      parseDuration,
    )
    .action(async (options) => (await import('./reconcile.ts')).reconcile(options));
