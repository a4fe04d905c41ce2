/** `init`: asks for the settings that nobody can guess, writes the stage file, and says what comes next. */
import { writeFileSync } from 'node:fs';
import { isStageName } from '../../lib/config/names.ts';
import { parseStage, readStage } from '../../lib/config/read-stage.ts';
import { readStageText, stageFileName, stageFolder } from '../../lib/config/stage-file.ts';
import { CliError, usageError } from '../errors/cli-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { codeOf } from '../errors/explain-error.ts';
import { openStage } from '../stage/stage.ts';
import { type SharedOptions, stageCommand } from '../stage/stage-command.ts';
import { programName } from '../terminal/command-line.ts';
import { showResult } from '../terminal/output.ts';
import { askAnswers, type GivenAnswers } from './ask-answers.ts';
import { fillStageFile, isUntouched } from './fill-stage-file.ts';
import { describeTag, localTag, type StageTag, stageTag } from './stage-tag.ts';

interface Options extends SharedOptions, GivenAnswers {
  readonly tag?: boolean | undefined;
  readonly integrity?: boolean | undefined;
}

export const initCommand = () =>
  stageCommand(
    'init',
    'Write the stage file of a new stage',
    [
      'init',
      'init --stage eu',
      'init --stage local --tag',
      'init --stage prod --pixel-code C4A1B2C3D4E5F6G7H8I9 --region eu-central-1 --currency EUR --country DE --alarm-email oncall@example.com',
    ],
    'prod',
  )
    .option('--region <region>', 'AWS region of the stage (eu-central-1 if nobody can be asked)')
    .option('--pixel-code <code>', 'pixel code from TikTok Events Manager')
    .option('--currency <code>', 'currency of events that name none (EUR if nobody can be asked)')
    .option('--country <code>', 'country of phone numbers without a country code (DE if nobody can be asked)')
    .option('--alarm-email <address>', 'address that gets the alarms; empty if you subscribe in another way')
    .option('--shop-origin <origin>', "origin of the shop's pages, for events from browsers; empty for none")
    .option('--tag', 'print the tag of a stage that is there already, and write nothing')
    .option('--integrity', 'with --tag: an address that never changes, and the digest of its script')
    .action(init);

async function init(options: Options): Promise<void> {
  const { stage } = options;
  if (options.tag === true && stage === 'local') return printLocalTag(options);
  if (!isStageName(stage) || stage === 'local')
    throw usageError(
      '--stage: a stage name has lower-case letters, digits and - only, and is not local, which needs no file: --tag prints its tag.',
    );
  if (options.tag === true) return printTag(options);
  const template = templateFor(stage);
  const answers = await askAnswers(options);
  const text = fillStageFile(template, stage, answers);
  const file = stageFileName(stage);
  const tag = await stageTag(parseStage(text, file), options);
  write(stage, text);
  const next = nextSteps(stage);
  const result = { stage, file, next: next.map(({ command }) => command), ...(tag && { tag: tag.html }) };
  showResult(options.json === true, result, () =>
    [
      `${file} is written. Next:`,
      ...next.map(({ command, why }) => `  ${command.padEnd(width)}  # ${why}`),
      ...(tag === undefined ? [] : ['', describeTag(tag)]),
    ].join('\n'),
  );
}

async function printTag(options: Options): Promise<void> {
  const { stage } = options;
  const tag = await stageTag(readStage(stage), options);
  if (tag === undefined)
    throw usageError(
      `${stageFileName(stage)} has no section collect: add it (docs/sources/browser.md#settings), then ask again.`,
    );
  showTag(tag, options);
}

/** The stage of `npm start` has no file: it says itself what it runs. */
async function printLocalTag(options: Options): Promise<void> {
  const tag = await localTag(openStage(options), options);
  if (tag === undefined)
    throw usageError(
      'The stage that npm start runs has no section collect: add it to its file (docs/sources/browser.md#settings), then ask again.',
    );
  showTag(tag, options);
}

function showTag(tag: StageTag, { stage, json }: Options): void {
  showResult(json === true, { stage, tag: tag.html }, () => describeTag(tag));
}

const width = 52;

/** A file that still has the delivered placeholder is filled in; any other is the user's own. */
function templateFor(stage: string): string {
  const own = readStageText(stage);
  if (own === undefined) return readStageText('prod') ?? missingTemplate();
  if (isUntouched(own)) return own;
  throw usageError(
    `${stageFileName(stage)} is there already, and is not overwritten: edit it, or name another stage with --stage.`,
  );
}

function missingTemplate(): never {
  throw new CliError(
    exitCodes.failed,
    `${stageFileName('prod')} is the template of a stage file, and is missing: restore it with \`git checkout ${stageFileName('prod')}\`.`,
  );
}

function write(stage: string, text: string): void {
  try {
    writeFileSync(new URL(`${stage}.yml`, stageFolder), text);
  } catch (error) {
    throw new CliError(exitCodes.failed, `${stageFileName(stage)} cannot be written (${codeOf(error)}).`, {
      cause: error,
    });
  }
}

const nextSteps = (stage: string) => [
  { command: `npx osls deploy --stage ${stage}`, why: 'deploy the stage, with AWS credentials' },
  { command: `${programName} connect --stage ${stage}`, why: 'connect the TikTok account' },
  { command: `${programName} keys add --stage ${stage} --save`, why: 'make an API key for yourself' },
  { command: `${programName} doctor --stage ${stage}`, why: 'check everything' },
];
