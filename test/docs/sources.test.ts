/** The guides are true: their settings are accepted, their recipes give what they say, their lists are complete. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compileMapping } from '../../lib/mapping/compile-mapping.ts';
import { mappingFunctions } from '../../lib/mapping/functions.ts';
import { parseSources } from '../../lib/webhooks/parse-sources.ts';
import { prepareSources } from '../../lib/webhooks/prepare-source.ts';
import { grantingWords } from '../../lib/webhooks/rules/consent.ts';
import { shopifyTopics } from '../../lib/webhooks/shopify/settings.ts';
import { skipReasons } from '../../lib/webhooks/webhook-outcome.ts';
import { wooTopics } from '../../lib/webhooks/woocommerce/settings.ts';
import { choices, deliver, type Json } from '../support/webhook-bodies.ts';
import { platform } from '../unit/webhooks/signatures/requests.ts';

const docs = join(import.meta.dirname, '../../docs');
const read = (page: string): string => readFileSync(join(docs, page), 'utf8');
const pages = ['webhooks.md', ...readdirSync(join(docs, 'sources')).map((name) => `sources/${name}`)];

/** Blocks may be indented, inside a list. */
function blocks(page: string, kind: string): string[] {
  const found = read(page).matchAll(new RegExp(`^( *)\`\`\`${kind}\\n([\\s\\S]*?)^ *\`\`\``, 'gm'));
  return [...found].map(([, indent = '', text = '']) => text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
}

const settingsIn = pages.flatMap((page) =>
  blocks(page, 'yaml').map((text) => [page, parse(text) as Json] as const),
);

describe('every block of settings is accepted', () => {
  it.each(settingsIn)('%s: %j', async (_page, settings) => {
    if (settings.sources !== undefined) await prepareSources(parseSources(settings.sources));
    else compileMapping(settings.mapping);
  });

  it('there are some', () => expect(settingsIn.length).toBeGreaterThan(12));
});

describe('every recipe gives what it says', () => {
  const recipes = pages.filter((page) => blocks(page, 'json event').length > 0);

  it.each(recipes)('%s', async (page) => {
    const [settings] = blocks(page, 'yaml').map((text) => parse(text) as { sources: Record<string, Json> });
    const [source] = Object.values(settings?.sources ?? {});
    const [body] = blocks(page, 'json body');
    const [event] = blocks(page, 'json event');
    const { outcomes } = await deliver({ settings: source ?? {}, body: body ?? '' });
    expect(outcomes).toEqual([
      { kind: 'event', event: JSON.parse(event ?? ''), notAfterMs: expect.any(Number), omitted: [] },
    ]);
  });

  it('Salla and an own back end are among them', () => {
    expect(recipes).toEqual(['sources/own-backend.md', 'sources/salla.md']);
  });
});

describe('every list is complete', () => {
  it.each([...skipReasons])('webhooks.md explains the reason %s', (reason) => {
    expect(read('webhooks.md')).toContain(`\`${reason}\``);
  });

  it.each([...grantingWords])('webhooks.md names the word %s', (word) => {
    expect(read('webhooks.md')).toContain(`\`${word}\``);
  });

  it.each(Object.keys(mappingFunctions))('mapping.md explains the function %s', (name) => {
    expect(read('sources/mapping.md')).toMatch(new RegExp(`\`${name}\\(`));
  });

  const guides = {
    shopify: 'shopify',
    woocommerce: 'woocommerce',
    stripe: 'stripe',
    standard: 'standard-webhooks',
  };
  it.each(Object.entries(guides))('the guide of %s explains each setting', (name, page) => {
    const text = read(`sources/${page}.md`) + read('webhooks.md');
    for (const setting of Object.keys(parseSources({ s: choices[name] }).s ?? {})) {
      expect(text).toContain(`\`${setting}\``);
    }
  });

  it('the guides name each topic and its event', () => {
    const shopify = platform('shopify');
    const woocommerce = platform('woocommerce');
    if (shopify.platform !== 'shopify' || woocommerce.platform !== 'woocommerce') throw new Error('settings');
    for (const [topic, event] of Object.entries(shopifyTopics(shopify)))
      expect(read('sources/shopify.md')).toContain(`| \`${topic}\` | ${event} |`);
    for (const [topic, event] of Object.entries(wooTopics(woocommerce)))
      expect(read('sources/woocommerce.md')).toContain(`| \`${topic}\` | ${event} |`);
  });

  it('links lead to pages that are there', () => {
    for (const page of pages) {
      for (const [, target = ''] of read(page).matchAll(/\]\(([^)#:]+\.md)/g)) {
        const path = join(docs, page, '..', target);
        expect(() => readFileSync(path), `${page}: ${target}`).not.toThrow();
      }
    }
  });
});
