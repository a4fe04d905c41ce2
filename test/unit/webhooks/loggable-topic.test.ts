/** The log shows topics that a platform or the stage file knows; whatever else is in the header stays out. */
import { expect, it } from 'vitest';
import { loggableTopic } from '../../../lib/webhooks/loggable-topic.ts';
import { parseSources } from '../../../lib/webhooks/parse-sources.ts';
import { choices } from '../../support/webhook-bodies.ts';

const settingsOf = (own: object) => {
  const { shop } = parseSources({ shop: { ...choices.shopify, ...own } });
  if (shop === undefined) throw new Error('no source');
  return shop;
};
const settings = settingsOf({});

it.each([
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
])('shows %s', (topic) => {
  expect(loggableTopic(topic, settings)).toBe(topic);
});

it.each([
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
])('shows "other" for %s', (topic) => {
  expect(loggableTopic(topic, settings)).toBe('other');
});

it('shows a topic that the stage file names, and nothing where there is none', () => {
  const own = settingsOf({ topics: { 'acme.thing': 'Subscribe' } });
  expect(loggableTopic('acme.thing', own)).toBe('acme.thing');
  expect(loggableTopic('', settings)).toBeUndefined();
});
