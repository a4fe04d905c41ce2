/** The part of a stage that its browser script needs: the build writes it into the code, so the script fetches no settings. */
import { type CollectSettings, purchaseNames } from './settings.ts';
import type { BrowserSettings } from './wire.ts';

/**
 * @param sentElsewhere names that the other sources of the stage send. An id that the script invented would part the
 *   pixel's copy from theirs, so these names pass untouched, also with `purchases: true`
 */
export const browserSettings = (
  { consent, pageViews, purchases }: Pick<CollectSettings, 'consent' | 'pageViews' | 'purchases'>,
  sentElsewhere: Iterable<string>,
): BrowserSettings => ({
  consent,
  pageViews,
  untouched: [...new Set([...(purchases ? [] : purchaseNames), ...sentElsewhere])].sort(),
});
