/** `quality`: how well TikTok can match the events of a stage. */
import { stageCommand } from '../stage/stage-command.ts';
import { parseDays } from './parse-days.ts';

export const qualityCommand = () =>
  stageCommand('quality', 'Show how well TikTok can match your events, and what would improve it', [
    'quality',
    'quality --stage prod --days 30',
    'quality --stage prod --source shop --event Purchase --json',
  ])
    .option('--days <number>', 'days to look back, 1 to 30', parseDays, 7)
    .option('--source <name>', 'only events of api, queue, or one webhook source')
    .option(
      '--event <name>',
      'only events of this name; custom for all names that neither TikTok nor the stage file knows',
    )
    .action(async (options) => (await import('./quality.ts')).quality(options));
