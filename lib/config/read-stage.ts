/** Reads `stages/<name>.yml`: a stage that is returned is complete and keeps every rule of `stage-rules.ts`. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';
import * as z from 'zod/mini';
import { type Stage, stageSchema } from './stage.ts';
import { stageProblems } from './stage-problems.ts';
import { brokenStageRules } from './stage-rules.ts';

const folder = new URL('../../stages/', import.meta.url);

/** Leaves room for a function's name of up to 17 characters in the 64 that Lambda takes. */
export const longestStageName = 32;

/** Says what is wrong with a stage file, one line per setting. */
export class StageError extends Error {
  override readonly name = 'StageError';
}

/** Names of the stages that can be deployed, in alphabetical order. */
export function stageNames(): string[] {
  return readdirSync(fileURLToPath(folder))
    .filter((file) => file.endsWith('.yml'))
    .map((file) => file.slice(0, -'.yml'.length))
    .sort();
}

/** @throws StageError when there is no such file, or a setting of it is unknown, missing or impossible */
export function readStage(name: string): Stage {
  if (name.length > longestStageName) {
    throw new StageError(
      `the stage name has ${name.length} characters: ${longestStageName} is the limit, since AWS takes function names of 64 characters (tiktok-events-<stage>-<function>)`,
    );
  }
  // `local` is the stage of one machine and is never deployed.
  if (!/^[a-z][a-z0-9-]*$/.test(name) || name === 'local') {
    throw new StageError(
      `a stage name has 1 to ${longestStageName} lower-case letters, digits and -, starts with a letter, and is not "local"`,
    );
  }
  if (!stageNames().includes(name)) {
    throw new StageError(`there is no stages/${name}.yml: copy stages/prod.yml to make this stage`);
  }
  return parseStage(readFileSync(new URL(`${name}.yml`, folder), 'utf8'), `stages/${name}.yml`);
}

/** @param file how errors name the text */
export function parseStage(yaml: string, file: string): Stage {
  const document = parseDocument(yaml, { prettyErrors: false });
  const broken = document.errors[0];
  if (broken)
    throw new StageError(`${file}, line ${lineOf(yaml, broken.pos[0])}: not valid YAML (${broken.code})`);
  const input: unknown = document.toJS();
  const result = z.safeParse(stageSchema, input);
  const problems = result.success ? brokenStageRules(result.data) : stageProblems(result.error.issues, input);
  if (!result.success || problems.length > 0) {
    throw new StageError(
      [`${file} cannot be used:`, ...problems.map((problem) => `  - ${problem}`)].join('\n'),
    );
  }
  return { ...result.data, sourcesAsWritten: (input as Pick<Stage, 'sources'>).sources };
}

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
