/** Makes the settings of the browser script out of a stage. */
import { browserSettings } from '../../collect/browser-settings.ts';
import type { BrowserSettings } from '../../collect/wire.ts';
import type { StageSettings } from '../stage.ts';
import { sentNames } from './sent-names.ts';

/** @returns undefined for a stage without a collector */
export async function browserSettingsOf({
  collect,
  sources,
}: Pick<StageSettings, 'collect' | 'sources'>): Promise<BrowserSettings | undefined> {
  return collect && browserSettings(collect, await sentNames(sources));
}
