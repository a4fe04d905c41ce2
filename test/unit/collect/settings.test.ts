/** The section `collect` of a stage file, and what the browser script and the function make of it. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { browserSettingsOf } from '../../../lib/config/collect/browser-stage.ts';
import { parseStage } from '../../../lib/config/read-stage.ts';
import { standardEvents } from '../../../lib/events/standard-events.ts';

const prod = readFileSync(new URL('../../../stages/prod.yml', import.meta.url), 'utf8');

function stageWith(collect: object, sources: object = {}) {
  const document = parseDocument(prod);
  document.set('collect', collect);
  document.set('sources', sources);
  return parseStage(String(document), 'stages/x.yml');
}

const origins = ['https://shop.example'];

test('needs the origins only', () => {
  expect(stageWith({ origins }).collect).toEqual({
    origins,
    destinations: ['default'],
    events: [...standardEvents],
    consent: 'always',
    purchases: false,
    pageViews: false,
  });
});

test.each<[string, object, string]>([
  ['no origin', {}, 'collect.origins is missing: list the origins of the pages that may send'],
  ['an empty list', { origins: [] }, 'collect.origins: list the origins of the pages that may send'],
  [
    'a single origin',
    { origins: origins[0] },
    'collect.origins: list the origins of the pages that may send',
  ],
  ['no destination', { origins, destinations: [] }, 'collect.destinations: must have at least 1 entry'],
  ['an empty name', { origins, events: [''] }, 'collect.events[0]: must not be empty'],
  [
    'a long name',
    { origins, events: ['x'.repeat(101)] },
    'collect.events[0]: must have at most 100 characters',
  ],
  [
    'page views whose name is not among the events',
    { origins, pageViews: true, events: ['ViewContent', 'PageView'] },
    'collect.pageViews needs Pageview among collect.events: add the name, or remove collect.pageViews',
  ],
  [
    'purchases whose names are not among the events',
    { origins, purchases: true, events: ['ViewContent'] },
    'collect.purchases needs a purchase such as Purchase among collect.events: add the name, or remove',
  ],
  ...[
    'https://shop.example/',
    'http://shop.example',
    'https://*.shop.example',
    'https://Shop.example',
    'null',
    'https://shop.example:443',
  ].map((origin): [string, object, string] => [
    `the origin ${origin}`,
    { origins: [origin] },
    'collect.origins[0]: expected an exact origin',
  ]),
  [
    'a cookie domain with a dot',
    { origins, cookieDomain: '.shop.example' },
    'collect.cookieDomain: expected a domain',
  ],
  [
    'a cookie domain of others',
    { origins, cookieDomain: 'other.example' },
    'collect.cookieDomain must be the domain of all',
  ],
  [
    'a cookie domain that only ends alike',
    { origins: ['https://my-shop.example'], cookieDomain: 'shop.example' },
    'collect.cookieDomain must be',
  ],
  [
    'an unknown destination',
    { origins, destinations: ['eu'] },
    'collect.destinations[0] must be the name of an entry',
  ],
  ['another consent', { origins, consent: 'limit' }, 'collect.consent: expected one of always, require'],
  [
    'a misspelled setting',
    { origins, pageviews: true },
    'collect.pageviews is not a setting: did you mean pageViews?',
  ],
])('rejects %s and names the remedy', (_, collect, problem) => {
  expect(() => stageWith(collect)).toThrow(problem);
});

test.each([
  { pageViews: true },
  { pageViews: true, events: ['Pageview'] },
  { purchases: true },
  { purchases: true, events: ['CompletePayment'] },
  { events: ['ViewContent'] },
])('takes %j, whose switches have their names', (collect) => {
  expect(stageWith({ origins, ...collect }).collect).toMatchObject(collect);
});

describe('the script leaves untouched', () => {
  const untouched = async (collect: object = {}, sources: object = {}) =>
    (await browserSettingsOf(stageWith({ origins, ...collect }, sources)))?.untouched;

  test('purchases, unless the stage takes them from the browser', async () => {
    expect(await untouched()).toEqual(['CompletePayment', 'PlaceAnOrder', 'Purchase']);
    expect(await untouched({ purchases: true })).toEqual([]);
  });

  const shopify = { platform: 'shopify', contentId: 'sku' };
  test.each<[string, object, readonly string[]]>([
    ['of Shopify', shopify, ['CompleteRegistration', 'InitiateCheckout', 'PlaceAnOrder', 'Purchase']],
    ['of Shopify with its own topics', { ...shopify, topics: { 'orders/paid': 'Subscribe' } }, ['Subscribe']],
    ['of Shopify in a dry run', { ...shopify, dryRun: true }, []],
    [
      'of WooCommerce',
      { platform: 'woocommerce', contentId: 'sku' },
      ['CompleteRegistration', 'PlaceAnOrder', 'Purchase', 'Subscribe'],
    ],
    ['of Shoplazza', { platform: 'shoplazza', contentId: 'sku' }, ['PlaceAnOrder', 'Purchase']],
    [
      'of Nuvemshop',
      { platform: 'nuvemshop', storeId: '1', contentId: 'sku' },
      ['CompleteRegistration', 'PlaceAnOrder', 'Purchase'],
    ],
    [
      'of BigCommerce',
      { platform: 'bigcommerce', storeHash: 'abc123', contentId: 'sku', unpaidEvent: 'none' },
      ['CompleteRegistration', 'InitiateCheckout', 'Purchase'],
    ],
    ['of Stripe', { platform: 'stripe', unpaidEvent: 'Lead' }, ['Lead', 'Purchase']],
    [
      'of a mapping',
      {
        platform: 'custom',
        mapping: { event_name: "paid && 'Purchase' || 'StartTrial'" },
        auth: { profile: 'hmac', header: 'x-signature' },
      },
      ['Purchase', 'StartTrial'],
    ],
    ['of a source that names its events itself', { platform: 'standard' }, []],
  ])('every name that a source sends: those %s', async (_, source, names) => {
    expect(await untouched({ purchases: true }, { shop: source })).toEqual(names);
  });
});

test('a stage without a collector has no script', async () => {
  expect(await browserSettingsOf(parseStage(prod, 'stages/x.yml'))).toBeUndefined();
});
