/** The API key that `keys add --save` keeps for this user's own `send`, `sync`, `doctor` and `verify` of a stage. */
import * as z from 'zod/mini';
import { parseJson } from '../../lib/schema/parse-json.ts';
import { unavailable } from '../errors/cli-error.ts';
import { prepareOwnFile, readOwnFile, writeOwnFile } from './private-folder.ts';

const schema = z.object({ id: z.string(), key: z.string() });
export type SavedKey = z.infer<typeof schema>;

/** `openStage` has checked the name: it cannot leave the folder. */
const fileName = (stage: string): string => `${stage}.json`;

export const prepareSavedKey = (stage: string): string => prepareOwnFile(fileName(stage));

export const saveKey = (stage: string, key: SavedKey): void =>
  writeOwnFile(fileName(stage), `${JSON.stringify(key)}\n`);

export function readSavedKey(stage: string): SavedKey | undefined {
  const file = readOwnFile(fileName(stage));
  if (file === undefined) return undefined;
  const saved = schema.safeParse(parseJson(file.text));
  if (saved.success) return saved.data;
  throw unavailable(`${file.path} is not what keys add --save writes: remove it, and save a key again.`);
}
