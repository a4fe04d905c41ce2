/** Each platform names the order of a webhook by its id and by its number as people know it, also when it is skipped. */
import { expect, test } from 'vitest';
import { ordersOf } from '../../../lib/webhooks/map-webhook.ts';
import { platformNamed } from '../../../lib/webhooks/platforms.ts';
import { orderNumber } from '../../../lib/webhooks/rules/order-number.ts';
import { choices, type Json } from '../../support/webhooks/webhook-bodies.ts';

const boundOf = (name: string) =>
  platformNamed(name).bind({ ...choices[name], ...platformNamed(name).local?.settings, platform: name });

test.each<[string, string, Json, string[]]>([
  ['shopify', 'an order', { id: 77, name: '#1001', order_number: 1001 }, ['77', '1001']],
  [
    'shopify',
    'an order with a prefix',
    { id: 77, name: '#EN1001', order_number: 1001 },
    ['77', 'EN1001', '1001'],
  ],
  ['shopify', 'a checkout without an id', { token: 't-1' }, ['t-1']],
  ['shopify', 'a location with the name of a person', { id: 5, name: 'Jane Doe' }, ['5']],
  ['woocommerce', 'an order', { id: 727, parent_id: 0, number: '727' }, ['727']],
  ['woocommerce', 'an order with sequential numbers', { id: 727, number: 'W-1001' }, ['727', 'W-1001']],
  ['woocommerce', 'a subscription', { id: 12, parent_id: 11, number: '12' }, ['12', '11']],
  ['bigcommerce', 'an order', { data: { type: 'order', id: 250 } }, ['250']],
  ['bigcommerce', 'a converted cart', { data: { type: 'cart', id: 'c', orderId: 250 } }, ['250']],
  ['nuvemshop', 'an order before it is read', { id: 871254203 }, ['871254203']],
  ['nuvemshop', 'an order that was read', { id: 871254203, order: { number: 306 } }, ['871254203', '306']],
  ['shoplazza', 'an order', { id: '11218-1', number: '#1001' }, ['11218-1', '1001']],
  [
    'stripe',
    'a session',
    { id: 'evt_1', data: { object: { id: 'cs_1', payment_intent: 'pi_1', metadata: { order_id: '1001' } } } },
    ['cs_1', 'pi_1', '1001'],
  ],
])('names the order that %s sends as %s', (name, _, payload, expected) => {
  expect(ordersOf(boundOf(name), payload)).toEqual(expected);
});

test.each(['standard', 'custom'])('names nothing where only the stage file knows the body: %s', (name) => {
  const settings = { platform: name, destination: 'default', consent: 'always' };
  const auth = name === 'custom' && {
    auth: { profile: 'static-token', header: 'x-token' },
    mapping: { event_name: "'Lead'" },
  };
  expect(ordersOf(platformNamed(name).bind({ ...settings, ...auth }), { id: 7, data: { id: 8 } })).toEqual(
    [],
  );
});

test.each([
  ['#1001', '1001'],
  ['# 1001 ', '1001'],
  [1001, '1001'],
  ['EN-1001', 'EN-1001'],
  ['Jane', undefined],
  ['', undefined],
  [null, undefined],
  [{}, undefined],
])('reads the number of an order from %j', (value, expected) => {
  expect(orderNumber(value)).toBe(expected);
});
