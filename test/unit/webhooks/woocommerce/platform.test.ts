import { expect, test } from 'vitest';
import { platform } from '../../../support/webhooks/signed-requests.ts';
import { choices, deliver } from '../../../support/webhooks/webhook-bodies.ts';

test.each<[Record<string, string>, string]>([
  [{ 'X-WC-Webhook-Topic': 'order.updated' }, 'order.updated'],
  [
    { 'x-wc-webhook-topic': '', 'x-wc-webhook-resource': 'order', 'x-wc-webhook-event': 'created' },
    'order.created',
  ],
  [{ 'x-wc-webhook-resource': 'order' }, ''],
])('reads the topic of WooCommerce from the headers %j as "%s"', (headers, topic) => {
  expect(platform('woocommerce').topicOf?.(headers, {})).toBe(topic);
});

const form = { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' };

test.each<[Record<string, string>, string, boolean]>([
  [form, 'webhook_id=12', true],
  [form, 'webhook_id=12&a=1', false],
  [form, 'webhook_id=', false],
  [{ 'content-type': 'application/json' }, 'webhook_id=12', false],
  [{}, 'webhook_id=12', false],
  [form, `webhook_id=12${' '.repeat(60)}`, false],
])("decides whether WooCommerce's headers %j with the body %s are a ping: %s", (headers, body, isPing) => {
  expect(platform('woocommerce').isPing?.(headers, Buffer.from(body))).toBe(isPing);
});

test.each([
  ['https://shop.example/sub/', 'ignored_topic'],
  ['shop.example', 'shop_not_allowed'],
])('allows a WooCommerce shop by the host of its address: %s is skipped as %s', async (source, reason) => {
  const settings = { ...choices.woocommerce, shops: ['shop.example'] };
  const headers = { 'x-wc-webhook-source': source };
  const { outcomes } = await deliver({ settings, topic: 'product.updated', body: {}, headers });
  expect(outcomes).toEqual([expect.objectContaining({ reason })]);
});

test('finds no WooCommerce shop in a webhook without the header that names it', () => {
  expect(platform('woocommerce').shopOf?.({})).toBeUndefined();
});
