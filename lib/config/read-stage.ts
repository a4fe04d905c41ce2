/** Reads `stages/<name>.yml`: a returned stage is complete and follows every rule of `stage-rules.ts`. */
import { parseDocument } from 'yaml';
import * as z from 'zod/mini';
import { AppError, Misconfigured } from '../errors/app-error.ts';
import { yamlProblem } from '../schema/yaml-problem.ts';
import { prepareSources } from '../webhooks/prepare-source.ts';
import { isStageName, longestStageName, stackName } from './names.ts';
import { type StageSettings, stageSchema } from './stage.ts';
import { readStageText, stageFileName } from './stage-file.ts';
import { stageProblems } from './stage-problems.ts';
import { brokenStageRules } from './stage-rules.ts';
import { brokenSyncMappings } from './sync/sync-rules.ts';

/** A stage file that cannot be used. The message has one line per wrong setting. */
export class StageError extends AppError {
  override readonly name = 'StageError';

  constructor(message: string, options?: ErrorOptions) {
    super('invalid_stage_file', message, options);
  }
}

/** @throws StageError when there is no such file, or a setting of it is unknown, missing or impossible */
export function readStage(name: string): StageSettings {
  if (name.length > longestStageName) {
    throw new StageError(
      `the stage name has ${name.length} characters: ${longestStageName} is the limit, since AWS accepts function names of 64 characters (${stackName('<stage>')}-<function>)`,
    );
  }
  // `local` is the stage of one machine and is never deployed.
  if (!isStageName(name) || name === 'local') {
    throw new StageError(
      `a stage name has 1 to ${longestStageName} lower-case letters, digits and -, starts with a letter, and is not "local"`,
    );
  }
  const file = stageFileName(name);
  const yaml = readStageText(name);
  if (yaml === undefined)
    throw new StageError(`there is no ${file}: copy ${stageFileName('prod')} to make this stage`);
  return parseStage(yaml, file);
}

/** @param file how errors name the text */
export function parseStage(yaml: string, file: string): StageSettings {
  const document = parseDocument(yaml, { prettyErrors: false });
  const broken = yamlProblem(document, yaml);
  if (broken) throw new StageError(`${file}, line ${broken.line}: not valid YAML: ${broken.problem}`);
  const input: unknown = document.toJS();
  const result = z.safeParse(stageSchema, input);
  const problems = result.success ? brokenStageRules(result.data) : stageProblems(result.error.issues, input);
  if (!result.success || problems.length > 0) {
    throw unusable(file, problems);
  }
  return { ...result.data, sourcesAsWritten: (input as Pick<StageSettings, 'sources'>).sources };
}

/**
 * The functions `webhook` and `sync` compile the mappings while they are loaded; a broken one must fail earlier.
 * @throws StageError that names the file and the setting
 */
export async function checkMappings({ sources, syncs }: StageSettings, file: string): Promise<void> {
  const problems = brokenSyncMappings(syncs);
  if (problems.length > 0) throw unusable(file, problems);
  try {
    await prepareSources(sources);
  } catch (error) {
    if (!(error instanceof Misconfigured)) throw error;
    throw unusable(file, [`${error.setting} ${error.problem}`], error);
  }
}

function unusable(file: string, problems: readonly string[], cause?: unknown): StageError {
  const lines = [`${file} cannot be used:`, ...problems.map((problem) => `  - ${problem}`)];
  return new StageError(lines.join('\n'), { cause });
}
