/** Says at the start which syncs a stage has, and how to run one. */
import { relative } from 'node:path';
import type { LocalStage } from '../stage/local-stage.ts';

/** @returns no line for a stage without syncs */
export function describeSyncs({ syncs = {} }: LocalStage, tablesFolder: string | undefined): string[] {
  const names = Object.keys(syncs);
  const [first] = names;
  if (first === undefined) return [];
  const folder = tablesFolder === undefined ? 'tables' : relative('', tablesFolder) || '.';
  const missing = tablesFolder === undefined ? ', a folder that does not exist yet' : '';
  return [
    `Syncs: ${names.join(', ')}. Schedules do not fire here: npx --no tiktok-events syncs run ${first}`,
    `  Tables: ${folder}/<database>/<table>.csv, .parquet or .ndjson${missing}.`,
  ];
}
