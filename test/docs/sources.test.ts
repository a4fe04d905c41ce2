/** The guides of webhooks are true: the gateway takes their settings, and their lists are complete. */
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { collectSchema } from '../../lib/collect/settings.ts';
import { grantingWords } from '../../lib/events/consent.ts';
import { compileMapping } from '../../lib/mapping/compile-mapping.ts';
import { mappingFunctions } from '../../lib/mapping/functions.ts';
import { platforms } from '../../lib/webhooks/platforms.ts';
import { prepareSources } from '../../lib/webhooks/prepare-source.ts';
import { shopifySettings, shopifyTopics } from '../../lib/webhooks/shopify/settings.ts';
import { parseSources } from '../../lib/webhooks/source-settings.ts';
import { skipReasons } from '../../lib/webhooks/webhook-outcome.ts';
import { wooSettings, wooTopics } from '../../lib/webhooks/woocommerce/settings.ts';
import { choices, type Json } from '../support/webhooks/webhook-bodies.ts';
import { allPages, fencedBlocks, readPage } from './pages.ts';

const read = (page: string): string => readPage(`docs/${page}`);
const pages = allPages
  .filter((page) => page === 'docs/webhooks.md' || page.startsWith('docs/sources/'))
  .map((page) => page.replace('docs/', ''));
const blocks = (page: string, kind: string): string[] => fencedBlocks(read(page), kind);

const settingsIn = pages.flatMap((page) =>
  blocks(page, 'yaml').map((text) => [page, parse(text) as Json] as const),
);

test.each(settingsIn)('%s shows settings that the gateway takes: %j', async (_page, settings) => {
  if (settings.collect !== undefined) collectSchema().parse(settings.collect);
  else if (settings.sources !== undefined) await prepareSources(parseSources(settings.sources));
  else compileMapping(settings.mapping);
});

test('more than a dozen blocks of settings are checked', () => expect(settingsIn.length).toBeGreaterThan(12));

test.each([...skipReasons])('webhooks.md explains the reason %s', (reason) => {
  expect(read('webhooks.md')).toContain(`\`${reason}\``);
});

test.each([...grantingWords])('webhooks.md lists %s among the words that grant consent', (word) => {
  expect(read('webhooks.md')).toContain(`\`${word}\``);
});

test.each(Object.keys(collectSchema().shape))('the guide of the browser explains the setting %s', (name) => {
  expect(read('sources/browser.md')).toContain(`| \`${name}\` |`);
});

test.each(Object.keys(mappingFunctions))('mapping.md explains the function %s', (name) => {
  expect(read('sources/mapping.md')).toMatch(new RegExp(`\`${name}\\(`));
});

const platformIn = (settings: Json): unknown => {
  const [source] = Object.values((settings.sources ?? {}) as Record<string, Json>);
  return source?.platform;
};
/** The guide of a platform is the page whose first block of settings is one of its sources. */
const guideOf = (name: string): string | undefined =>
  pages.find((page) => {
    const [first] = blocks(page, 'yaml');
    return page !== 'webhooks.md' && first !== undefined && platformIn(parse(first) as Json) === name;
  });

test.each(
  platforms.flatMap(({ name, local }) => (local === undefined ? [] : [[name, local.settings] as const])),
)('the guide of %s explains each of its settings', (name, settings) => {
  const text = read(guideOf(name) ?? '') + read('webhooks.md');
  for (const setting of Object.keys(parseSources({ s: { platform: name, ...settings } }).s ?? {}))
    expect(text).toContain(`\`${setting}\``);
});

test('the guides of Shopify and WooCommerce name each topic and its event', () => {
  const shopify = shopifySettings().parse(choices.shopify);
  const woocommerce = wooSettings().parse(choices.woocommerce);
  for (const [topic, event] of Object.entries(shopifyTopics(shopify)))
    expect(read('sources/shopify.md')).toContain(`| \`${topic}\` | ${event} |`);
  for (const [topic, event] of Object.entries(wooTopics(woocommerce)))
    expect(read('sources/woocommerce.md')).toContain(`| \`${topic}\` | ${event} |`);
});

test.each(platforms.map(({ name }) => name))(
  'webhooks.md lists the platform %s, and a guide uses it',
  (name) => {
    const row = read('webhooks.md').match(/^\| `platform` \|.*$/m)?.[0];
    expect(row).toContain(`\`${name}\``);
    const guided = settingsIn
      .filter(([page]) => page !== 'webhooks.md')
      .map(([, settings]) => JSON.stringify(settings));
    expect(guided.join()).toContain(`"platform":"${name}"`);
  },
);
