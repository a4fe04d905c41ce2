/** Wrong settings of sources stop the start: the error names each setting and the remedy, and never a value. */
import { expect, test } from 'vitest';
import { parseSources } from '../../../lib/webhooks/source-settings.ts';
import { choices } from '../../support/webhooks/webhook-bodies.ts';

const shopify = (own: object) => () => parseSources({ shop: { ...choices.shopify, ...own } });

test.each([
  ['a setting that no platform has', shopify({ colour: 1 }), 'sources.shop has an unknown setting: colour'],
  [
    'a value that is not in the list',
    shopify({ contentId: 'name' }),
    'sources.shop.contentId must be one of',
  ],
  ['a value of the wrong type', shopify({ dryRun: 'yes' }), 'sources.shop.dryRun must be given, as boolean'],
  ['a name that an address cannot contain', () => parseSources({ 'a/b': choices.shopify }), 'sources.a/b'],
  ['a list instead of sources', () => parseSources([]), 'sources must be given, as record'],
  ['a text instead of a source', () => parseSources({ shop: 'shopify' }), 'sources.shop must be given'],
  ['an unknown platform', () => parseSources({ shop: { platform: 'magento' } }), 'sources.shop.platform'],
])('stops the start on %s and names the setting', (_mistake, start, problem) => {
  expect(start).toThrow(problem);
});

test('names each wrong setting of a source at once', () => {
  const wrong = { contentId: 'name', consent: 'maybe', latePayment: 1 };
  expect(shopify(wrong)).toThrow(
    /sources\.shop\.consent .*; sources\.shop\.contentId .*; sources\.shop\.latePayment /,
  );
});
