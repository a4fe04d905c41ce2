/** Checks that a stage has the webhook source to which a secret is given: a secret of any other would never be used. */
import { stageFileName } from '../../lib/config/stage-file.ts';
import { settingName } from '../../lib/events/destination.ts';
import { nearestName } from '../../lib/schema/nearest-name.ts';
import { usageError } from '../errors/cli-error.ts';
import { openStage } from '../stage/stage.ts';
import type { SharedOptions } from '../stage/stage-command.ts';
import { namesInStageFile } from '../stage/stage-file.ts';

/** Throws a usage error that names the sources of the stage. A stage whose file is not here is not checked. */
export async function checkSource(source: string, options: SharedOptions): Promise<void> {
  if (!settingName.test(source))
    throw usageError('--webhook: a source name has letters, digits, - and _ only, 64 at most.');
  const { stage } = options;
  const local = stage === 'local' ? await openStage(options).localSettings() : undefined;
  const known = local === undefined ? namesInStageFile(stage, 'sources') : Object.keys(local.sources);
  if (known === undefined || known.includes(source)) return;
  const near = nearestName(source, known);
  const meant = near === undefined ? '' : ` Did you mean ${near}?`;
  const names = known.length === 0 ? 'It has none.' : `Its sources: ${known.join(', ')}.`;
  throw usageError(
    stage === 'local'
      ? `--webhook: the stage local has no source of this name.${meant} ${names}`
      : `--webhook: ${stageFileName(stage)} has no source of this name.${meant} ${names} Add it there and deploy.`,
  );
}
