/** Where the tables of the local Athena are. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stageFolder } from '../../lib/config/stage-file.ts';
import { stageName } from '../stage.ts';

const ownTables = fileURLToPath(new URL('../tables', import.meta.url));

/**
 * @param given by `--tables`; by default the stage `local` has tables of its own, and a stage file has `tables/` beside its folder
 * @returns undefined when that folder does not exist
 */
export function tablesFolderOf(stage: string, given: string | undefined): string | undefined {
  if (given !== undefined) return given;
  const folder = stage === stageName ? ownTables : fileURLToPath(new URL('../tables', stageFolder));
  return existsSync(folder) ? folder : undefined;
}
