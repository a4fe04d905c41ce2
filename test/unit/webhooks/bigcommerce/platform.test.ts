/** What the gateway knows about BigCommerce before a webhook comes: settings, address, topics and the guide. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bigcommerce } from '../../../../lib/webhooks/bigcommerce/platform.ts';
import { bigcommerceSettings, bigcommerceTopics } from '../../../../lib/webhooks/bigcommerce/settings.ts';
import { loggableTopic } from '../../../../lib/webhooks/report-webhook.ts';
import { parseSources } from '../../../../lib/webhooks/source-settings.ts';
import { type Json, prepareSource } from '../../../support/webhooks/webhook-bodies.ts';
import { settings } from './bodies.ts';

const guide = readFileSync(join(import.meta.dirname, '../../../../docs/sources/bigcommerce.md'), 'utf8');
const common = readFileSync(join(import.meta.dirname, '../../../../docs/webhooks.md'), 'utf8');

test('fixes the address of the API by the store’s hash, and sends the token in its own header', () => {
  const { fetch } = bigcommerce.bind(settings());
  expect(fetch?.baseUrl).toBe('https://api.bigcommerce.com/stores/abc123');
  expect(fetch?.headers('t-1')).toEqual({ 'x-auth-token': 't-1' });
});

test.each<[string, Json]>([
  ['sources.shop.storeHash', { storeHash: undefined }],
  ['sources.shop.storeHash', { storeHash: 'abc123/../other' }],
  ['sources.shop.storeHash', { storeHash: 'ABC123' }],
  ['sources.shop.contentId', { contentId: 'variation_id' }],
  ['sources.shop.channels.0', { channels: [0] }],
  ['sources.shop.eventId', { eventId: '{order_number}' }],
  ['sources.shop has an unknown setting: apiUrl', { apiUrl: 'https://evil.example' }],
])('rejects a wrong setting and names it: %s', (problem, own) => {
  expect(() => parseSources({ shop: settings(own) })).toThrow(problem);
});

test.each<[unknown, string]>([
  [{ scope: 'store/order/created' }, 'store/order/created'],
  [{ scope: 'store/channel/12/order/created' }, 'store/order/created'],
  [{ scope: 'store/channel/updated' }, 'store/channel/updated'],
  [{ scope: 5 }, '5'],
  [{}, ''],
  [undefined, ''],
  [null, ''],
])('reads the topic of BigCommerce from the body %j as "%s"', (payload, topic) => {
  expect(bigcommerce.topicOf?.({}, payload)).toBe(topic);
});

test.each([
  ['store/order/statusUpdated', 'store/order/statusUpdated'],
  ['store/order/refund/created', 'store/order/refund/created'],
  ['store/order/transaction/updated', 'store/order/transaction/updated'],
  ['store/cart/lineItem/created', 'store/cart/lineItem/created'],
  ['store/cart/converted', 'store/cart/converted'],
  ['store/customer/jane.doe', 'other'],
])('logs the topic %s as %s', async (topic, logged) => {
  expect(loggableTopic(topic, await prepareSource(settings()))).toBe(logged);
});

const parsed = bigcommerceSettings().parse(settings({ topics: {} }));

test.each(Object.keys(parsed))('the guide explains the setting %s', (setting) => {
  expect(guide + common).toContain(`\`${setting}\``);
});

test.each(parsed.orderSources)('the guide names the order source %s', (source) => {
  expect(guide).toContain(`\`${source}\``);
});

test.each(Object.entries(bigcommerceTopics(bigcommerceSettings().parse(settings()))))(
  'the guide names the scope %s and its event %s',
  (topic, event) => {
    const row = guide
      .split('\n')
      .find((line) => line.startsWith(`| \`${topic}\``) && line.includes(`| ${event} |`));
    expect(row).toBeDefined();
  },
);
