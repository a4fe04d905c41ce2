/** The settings of a stage that the check of an event depends on, where this machine knows them. */
import { readStage } from '../../lib/config/read-stage.ts';
import { readStageText } from '../../lib/config/stage-file.ts';
import type { StageRules } from '../../lib/rows/check-event.ts';
import type { Stage } from '../stage/stage.ts';

/** @returns undefined when this machine does not know them; throws when the stage file is wrong */
export async function knownRules(stage: Stage): Promise<StageRules | undefined> {
  if (stage.hasOtherUrl) return undefined;
  if (stage.isLocal) return stage.localSettings();
  if (readStageText(stage.name) === undefined) return undefined;
  const { destinations, api } = readStage(stage.name);
  return { destinations, consent: api?.consent };
}
