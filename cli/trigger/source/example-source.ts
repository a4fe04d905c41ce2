/** A source of each platform with its default settings, for the list of topics and for addresses without a stage file. */

import { platformNamed } from '../../../lib/webhooks/platforms.ts';
import { parseSources, type SourceSettings } from '../../../lib/webhooks/source-settings.ts';

/** Settings without a default, where the stage `local` has no source of the platform. */
const required: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  nuvemshop: { storeId: '123456', contentId: 'variant_id' },
  bigcommerce: { storeHash: 'abc123', contentId: 'sku_or_variant_id' },
};

export function exampleSettings(platform: string): SourceSettings {
  const { local } = platformNamed(platform);
  const settings = local?.settings ?? required[platform] ?? {};
  const parsed = parseSources({ shop: { platform, ...settings } }).shop;
  if (parsed === undefined) throw new Error(`The platform ${platform} has no example settings.`);
  return parsed;
}
