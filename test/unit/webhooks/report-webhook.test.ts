/** The log shows topics that a platform or the stage file knows; whatever else is in the header stays out. */
import { expect, test } from 'vitest';
import { loggableTopic } from '../../../lib/webhooks/report-webhook.ts';
import { choices, type Json, prepareSource } from '../../support/webhooks/webhook-bodies.ts';

const sourceOf = (own: Json) => prepareSource({ ...choices.shopify, ...own });
const source = await sourceOf({});

test.each([
  'orders/paid',
  'orders/partially_fulfilled',
  'checkouts/create',
  'customers/data_request',
  'shop/redact',
  'app/uninstalled',
  'order.updated',
  'product.restored',
  'checkout.session.async_payment_succeeded',
  'payment_intent.amount_capturable_updated',
  'customer.subscription.trial_will_end',
])('shows the known topic %s in the log', (topic) => {
  expect(loggableTopic(topic, source)).toBe(topic);
});

test.each([
  '491555129999',
  '+491555129999',
  'jane.doe',
  'jane.doe.example.com',
  'orders/jane',
  'orders/491555129999',
  'orders//paid',
  'orders-paid',
  'Orders/Paid',
  'toString',
  `orders${'/orders'.repeat(20)}`,
])('promise 5: shows "other" in the log for the unknown topic %s', (topic) => {
  expect(loggableTopic(topic, source)).toBe('other');
});

test('shows a topic that the stage file names, and none when the webhook has none', async () => {
  const own = await sourceOf({ topics: { 'acme.thing': 'Subscribe' } });
  expect(loggableTopic('acme.thing', own)).toBe('acme.thing');
  expect(loggableTopic('', source)).toBeUndefined();
});
