/** The mappings that the guide of Shopify shows do what it says, on orders as Shopify sends them. */
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  deliver,
  eventOf,
  fixture,
  hoursAgo,
  type Json,
  reasonOf,
  shopifyOrder,
} from '../../support/webhooks/webhook-bodies.ts';
import { fencedBlocks, readPage } from '../pages.ts';

const topic = 'orders/paid';
const sources = fencedBlocks(readPage('docs/sources/shopify.md'), 'yaml').map(
  (text) => (parse(text) as { sources: { shop: Json } }).sources.shop,
);
/** The settings whose block contains this text. */
const settingsWith = (text: string): Json =>
  sources.find((source) => JSON.stringify(source).includes(text)) ?? {};

const thirdParty = (changes: Json = {}): Json => ({
  ...fixture('shopify/third-party-order'),
  created_at: hoursAgo(1),
  processed_at: hoursAgo(1),
  updated_at: hoursAgo(1),
  ...changes,
});

test('the mapping for third-party checkouts reads address and browser from the attributes of the order', async () => {
  const settings = settingsWith('user_ip_address');
  expect(await eventOf({ settings, topic, body: thirdParty() })).toMatchObject({
    ip: '203.0.113.9',
    user_agent: expect.stringMatching(/^Mozilla.*Android 10/),
  });
});

test('the mapping for third-party checkouts keeps what an order of the online store has', async () => {
  const { outcomes } = await deliver({
    settings: settingsWith('user_ip_address'),
    topic,
    body: shopifyOrder(),
  });
  expect(outcomes).toMatchObject([
    { event: { ip: '203.0.113.34', user_agent: expect.stringContaining('Macintosh') }, omitted: [] },
  ]);
});

test.each([
  ['web', 'event'],
  ['234582441985', 'event'],
  ['294517', 'channel_not_allowed'],
])('the list of channels lets the source_name %s come to %s', async (source_name, reason) => {
  const settings = settingsWith('sourceNames');
  expect(await reasonOf({ settings, topic, body: thirdParty({ source_name }) })).toBe(reason);
});

test.each([
  ['tiktok', 'filtered'],
  ['amazon', 'filtered'],
  ['web', 'event'],
  [null, 'event'],
])('the filter of marketplaces lets the source_name %j come to %s', async (source_name, reason) => {
  const settings = settingsWith('source.when');
  expect(await reasonOf({ settings, topic, body: thirdParty({ source_name }) })).toBe(reason);
});

test('the conversion of a currency sends value and currency that TikTok takes', async () => {
  const body = shopifyOrder({ currency: 'JOD', total_price: '10.000', total_price_set: null });
  expect(await eventOf({ settings: settingsWith('1.41'), topic, body })).toMatchObject({
    value: 14.1,
    currency: 'USD',
  });
});
