/** A stage file of an older release, with the settings that it must have since: their values are those of `stages/prod.yml`. */
import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { parseStage, StageError } from '../../lib/config/read-stage.ts';

const prod = parseDocument(readFileSync(new URL('../../stages/prod.yml', import.meta.url), 'utf8'));

export interface UpdatedStageFile {
  readonly text: string;
  /** Paths of the settings that were missing, such as `alarms.throttles`. */
  readonly added: readonly string[];
}

/** @throws StageError when the file has another fault than a missing setting */
export function updatedStageFile(old: string): UpdatedStageFile {
  const added = missingSettings(old);
  const document = parseDocument(old);
  for (const path of added) document.setIn(path.split('.'), prod.getIn(path.split('.')));
  return { text: String(document), added };
}

function missingSettings(text: string): string[] {
  try {
    parseStage(text, 'stages/old.yml');
    return [];
  } catch (error) {
    const problems = error instanceof StageError ? error.message.split('\n').slice(1) : [];
    const missing = problems.flatMap((line) => /^ {2}- (\S+) is missing$/.exec(line)?.[1] ?? []);
    if (missing.length === 0 || missing.length < problems.length) throw error;
    return missing;
  }
}
