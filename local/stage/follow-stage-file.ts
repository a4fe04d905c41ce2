/** Applies each change of a stage file to the running gateway. A file with a mistake changes nothing. */
import { basename } from 'node:path';
import { readStageText, stageFileName, stageFolder } from '../../lib/config/stage-file.ts';
import { AppError } from '../../lib/errors/app-error.ts';
import { describeChanges } from './describe-changes.ts';
import { type LocalStage, stageFromFile } from './local-stage.ts';
import { watchFile } from './watch-file.ts';

export interface FollowedStage {
  /** The stage that runs, as it was read from its file. */
  readonly stage: LocalStage;
  /** Makes another version of it run. @returns lines to print below the changes */
  readonly apply: (stage: LocalStage) => Promise<readonly string[]>;
  readonly print: (line: string) => void;
  readonly printError: (line: string) => void;
}

/** @returns a function that ends it */
export function followStageFile({ stage, apply, print, printError }: FollowedStage): () => void {
  const { name } = stage;
  const file = stageFileName(name);
  let running = stage;
  let seen: { readonly text: string | undefined } | undefined;

  async function reload(isSilent: boolean): Promise<void> {
    const next = await stageFromFile(name);
    const changes = describeChanges(running, next);
    if (changes.length === 0 && isSilent) return;
    const lines = changes.length > 0 ? await apply(next) : [];
    running = next;
    print(`Reloaded ${file}: ${changes.join('; ') || 'nothing changed for this gateway'}.`);
    for (const line of lines) print(line);
  }

  async function look(): Promise<void> {
    const text = readStageText(name);
    // One answer to each version of the file, however often the system reports it.
    if (seen !== undefined && seen.text === text) return;
    // The first look finds what changed while the gateway started: usually nothing.
    const isFirst = seen === undefined;
    seen = { text };
    await reload(isFirst);
  }

  return watchFile({
    folder: stageFolder,
    file: basename(file),
    onChange: () => look().catch((error: unknown) => printError(`${messageOf(error)}\n${kept}`)),
    onLost: () => printError(`Changes of ${file} are no longer noticed: start again after a change.`),
  });
}

const kept = 'The settings from before stay in use.';

const messageOf = (error: unknown): string => (error instanceof AppError ? error.message : String(error));
