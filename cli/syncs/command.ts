/** `syncs`: the scheduled syncs of a stage. */
import { Command } from '@commander-js/extra-typings';
import { stageCommand } from '../stage/stage-command.ts';
import { parseCount } from '../terminal/parse-options.ts';
import { showHistory } from './history.ts';
import { listSyncs } from './list.ts';
import { pauseSync, resumeSync } from './pause.ts';
import { runNow } from './run.ts';

export const syncsCommand = () =>
  new Command('syncs')
    .description('Syncs that the stage runs by itself: queries on a schedule, whose rows become events')
    .addCommand(listCommand())
    .addCommand(runCommand())
    .addCommand(historyCommand())
    .addCommand(pauseCommand())
    .addCommand(resumeCommand());

const listCommand = () =>
  stageCommand('list', 'All syncs of the stage, with their state and their last run', [
    'syncs list --stage prod',
  ]).action(listSyncs);

const runCommand = () =>
  stageCommand('run', 'Run a sync now, also a paused one, and wait for its end', [
    'syncs run orders --stage prod',
    'syncs run orders --stage prod --no-wait --yes',
  ])
    .argument('<sync>', 'name of the sync in the stage file')
    .option('--no-wait', 'start the run only')
    .action(runNow);

const historyCommand = () =>
  stageCommand('history', 'The runs of a sync, or one run with its rejected rows', [
    'syncs history orders --stage prod',
    'syncs history orders --stage prod --run 3f2b8c1d',
  ])
    .argument('<sync>', 'name of the sync in the stage file')
    .option('--limit <number>', 'runs to show, newest first', parseCount, 20)
    .option('--run <id>', 'one run, by its id or the first characters of it')
    .action(showHistory);

const pauseCommand = () =>
  stageCommand('pause', 'Keep a sync from running by its schedule, until you resume it', [
    'syncs pause orders --stage prod',
  ])
    .argument('<sync>', 'name of the sync in the stage file')
    .action(pauseSync);

const resumeCommand = () =>
  stageCommand('resume', 'Let a paused sync run by its schedule again', ['syncs resume orders --stage prod'])
    .argument('<sync>', 'name of the sync in the stage file')
    .action(resumeSync);
