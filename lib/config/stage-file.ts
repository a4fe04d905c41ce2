/** Where stage files are: `stages/<name>.yml`. Nothing else builds this path. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export const stageFolder = new URL('../../stages/', import.meta.url);
const extension = '.yml';

/** How messages name the file of a stage. */
export const stageFileName = (stage: string): string => `stages/${stage}${extension}`;

/** @returns the names of all stage files, in alphabetical order */
export function stageNames(): string[] {
  return readdirSync(stageFolder)
    .filter((file) => file.endsWith(extension))
    .map((file) => file.slice(0, -extension.length))
    .sort();
}

/**
 * @param stage a name that `isStageName` accepts: any other could leave the folder
 * @returns the YAML of the stage file, undefined when there is none
 */
export function readStageText(stage: string): string | undefined {
  const file = new URL(`${stage}${extension}`, stageFolder);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
