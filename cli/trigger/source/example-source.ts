/** The source of each platform on the stage `local`, for the list of topics and for addresses without a stage file. */

import { platformNamed } from '../../../lib/webhooks/platforms.ts';
import { parseSources, type SourceSettings } from '../../../lib/webhooks/source-settings.ts';

export function exampleSettings(platform: string): SourceSettings {
  const { local } = platformNamed(platform);
  const parsed = parseSources({ shop: { platform, ...local?.settings } }).shop;
  if (parsed === undefined) throw new Error(`The platform ${platform} has no example settings.`);
  return parsed;
}
