import { expect, test } from 'vitest';
import { platform } from '../../../support/webhooks/signed-requests.ts';
import { choices, deliver } from '../../../support/webhooks/webhook-bodies.ts';

test.each<[Record<string, string>, string]>([
  [{ 'X-Shopify-Topic': 'orders/paid' }, 'orders/paid'],
  [{ 'shopify-topic': 'orders/paid' }, 'orders/paid'],
  [{}, ''],
])('reads the topic of Shopify from the headers %j as "%s"', (headers, topic) => {
  expect(platform('shopify').topicOf?.(headers, {})).toBe(topic);
});

const allowed = ['a.myshopify.com'];

test.each<[string[], Record<string, string>, string]>([
  [[], {}, 'ignored_topic'],
  [allowed, { 'x-shopify-shop-domain': 'A.myshopify.com' }, 'ignored_topic'],
  [allowed, { 'x-shopify-shop-domain': 'b.myshopify.com' }, 'shop_not_allowed'],
  [allowed, { 'x-shopify-shop-domain': '' }, 'shop_not_allowed'],
])('allows only the Shopify shops %j: the headers %j are skipped as %s', async (shops, headers, reason) => {
  const settings = { ...choices.shopify, shops };
  const { outcomes } = await deliver({ settings, topic: 'app/uninstalled', body: {}, headers });
  expect(outcomes).toEqual([expect.objectContaining({ reason })]);
});

test.each(['customers/data_request', 'customers/redact', 'shop/redact'])(
  "answers Shopify's compliance topic %s before it reads shop and body",
  async (topic) => {
    const settings = { ...choices.shopify, shops: ['other.myshopify.com'] };
    const { outcomes } = await deliver({ settings, topic, body: 'no JSON' });
    expect(outcomes).toEqual([{ kind: 'skipped', reason: 'compliance_topic' }]);
  },
);
