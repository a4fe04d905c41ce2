/** Says which stages there are when a name is none of them. */
import { readStageText, stageFileName, stageNames } from '../../lib/config/stage-file.ts';
import { nearestName } from '../../lib/schema/nearest-name.ts';
import { usageError } from '../errors/cli-error.ts';
import { commandLine } from '../terminal/command-line.ts';
import { terminal } from '../terminal/io.ts';

/** @returns sentences for a stage without a file here */
export function unknownStage(stage: string): string {
  const names = ['local', ...stageNames()];
  const near = nearestName(stage, names);
  const meant = near === undefined ? '' : ` Did you mean ${near}?`;
  return `There is no ${stageFileName(stage)} here.${meant} Stages: ${names.join(', ')}. Create one with ${commandLine(`init --stage ${stage}`)}.`;
}

/** Throws for a stage that can be neither of this clone nor deployed: without its file, the region must come from outside. */
export function checkStageExists(stage: string): void {
  const { AWS_REGION, AWS_DEFAULT_REGION } = terminal().env;
  if (stage === 'local' || AWS_REGION || AWS_DEFAULT_REGION || readStageText(stage) !== undefined) return;
  throw usageError(`${unknownStage(stage)} To operate a stage without its file, set AWS_REGION.`);
}
