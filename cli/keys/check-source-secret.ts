/** Checks the secret of a webhook source before it is stored: the functions refuse every webhook of a source with a bad one. */

import { Misconfigured } from '../../lib/errors/app-error.ts';
import { isObject } from '../../lib/schema/is-object.ts';
import { platformNamed } from '../../lib/webhooks/platforms.ts';
import { checkSecrets } from '../../lib/webhooks/signatures/check-secrets.ts';
import { parseSources, type SourceSettings } from '../../lib/webhooks/source-settings.ts';
import { ownStage } from '../../local/stage/local-stage.ts';
import { usageError } from '../errors/cli-error.ts';
import { readStageFile } from '../stage/stage-file.ts';

/**
 * Throws a usage error that says which secret belongs to the source, and never repeats the one that was given.
 * @param localSources the sources that the gateway of this machine runs
 */
export function checkSourceSecret(
  stage: string,
  source: string,
  secret: string,
  localSources: Readonly<Record<string, unknown>> = ownStage().sources,
): void {
  const written = stage === 'local' ? localSources : readStageFile(stage)?.toJS()?.sources;
  const settings = settingsOf(written, source);
  if (settings === undefined) return;
  try {
    checkSecrets(source, platformNamed(settings.platform).bind(settings), [secret]);
  } catch (error) {
    if (!(error instanceof Misconfigured)) throw error;
    throw usageError(`Nothing was stored: ${error.setting} ${error.problem}.`);
  }
}

/** @returns undefined when the stage file is not on this machine, or this part of it is wrong: `doctor` reports that */
function settingsOf(written: unknown, source: string): SourceSettings | undefined {
  if (!isObject(written) || !Object.hasOwn(written, source)) return undefined;
  try {
    return parseSources({ [source]: written[source] })[source];
  } catch {
    return undefined;
  }
}
