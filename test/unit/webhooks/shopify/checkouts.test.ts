/** Checkouts at Shopify: created without a name, updated when the shopper gives one, and closed by the order. */
import { expect, test } from 'vitest';
import {
  choices,
  deliver,
  eventOf,
  fixture,
  hoursAgo,
  type Json,
  nowSeconds,
  reasonOf,
  shopifyCheckout,
  shopifyOrder,
} from '../../../support/webhooks/webhook-bodies.ts';

const settings = choices.shopify ?? {};
const updated = (changes: Json = {}, own: Json = {}) => ({
  settings: { ...settings, ...own },
  topic: 'checkouts/update',
  body: shopifyCheckout({ updated_at: hoursAgo(0.1), ...changes }),
});
const created = (changes: Json = {}) => ({ ...updated(changes), topic: 'checkouts/create' });

test('maps checkouts/update to the InitiateCheckout of checkouts/create: same name, id and time', async () => {
  const event = await eventOf(updated());
  expect(event).toMatchObject({
    event_name: 'InitiateCheckout',
    event_id: '84ad78572dae52a8cbea7d55371afe89',
    event_time: nowSeconds - 3600,
    email: 'robin.walker@example.com',
  });
  expect(await eventOf(created())).toEqual(event);
});

test('gives a Shopify checkout the id of the order that it becomes', async () => {
  const order = shopifyOrder({ checkout_token: fixture('shopify-checkout').token });
  const { event_id } = await eventOf({ settings, topic: 'orders/paid', body: order });
  expect((await eventOf(updated())).event_id).toBe(event_id);
});

test.each<[string, Json, string]>([
  ['47 hours after its start, however new the update', { created_at: hoursAgo(47) }, 'stale'],
  ['46 hours after its start', { created_at: hoursAgo(46) }, 'event'],
  ['without a time of its start', { created_at: null }, 'no_time'],
  ['with a start that cannot be read', { created_at: 'today' }, 'no_time'],
  ['with an update that cannot be read', { updated_at: 'today' }, 'event'],
])('judges an updated Shopify checkout by created_at: %s', async (_age, changes, reason) => {
  expect(await reasonOf(updated(changes))).toBe(reason);
});

test.each(['checkouts/create', 'checkouts/update'])(
  'skips %s as completed when the checkout has become an order',
  async (topic) => {
    const body = shopifyCheckout({ completed_at: hoursAgo(0.1) });
    const { outcomes } = await deliver({ settings, topic, body });
    expect(outcomes).toEqual([{ kind: 'skipped', reason: 'completed', detail: 'completed_at' }]);
  },
);

test.each([null, '', undefined])(
  'sends a Shopify checkout whose completed_at is %j',
  async (completed_at) => {
    expect(await reasonOf(updated({ completed_at }))).toBe('event');
  },
);

test('skips a Shopify checkout of 0 unless the settings send it', async () => {
  expect(await reasonOf(updated({ total_price: '0.00' }))).toBe('zero_value');
  expect(await reasonOf(updated({ total_price: '0.00' }, { zeroValue: 'send' }))).toBe('event');
});

test('says why a Shopify checkout that names nobody is not sent, and sends its next update', async () => {
  const { outcomes } = await deliver(created({ email: null }));
  expect(outcomes).toEqual([
    {
      kind: 'skipped',
      reason: 'no_match_key',
      detail: 'the checkout has no email, phone, customer or click id yet',
    },
  ]);
  expect(await reasonOf(updated({ phone: '+61 491 570 006', email: null }))).toBe('event');
});

test('names the value of a Shopify checkout that could not be used when it names nobody else', async () => {
  const { outcomes } = await deliver(updated({ email: 'none' }));
  expect(outcomes).toEqual([{ kind: 'skipped', reason: 'no_match_key', detail: 'email: placeholder' }]);
});

test.each<[string, Json]>([
  ['a customer', { customer: { id: 7 } }],
  ['a phone', { phone: '+61491570006' }],
  ['a click id in its landing page', { landing_site: '/?ttclid=E.C.P.1' }],
  ['a click id in an attribute', { note_attributes: [{ name: 'ttclid', value: 'E.C.P.1' }] }],
  ['the phone of its address', { shipping_address: { country_code: 'AU', phone: '0491 570 156' } }],
])('sends a Shopify checkout without an e-mail address that has %s', async (_key, changes) => {
  expect(await reasonOf(updated({ email: null, ...changes }))).toBe('event');
});

test('says what a Shopify order that names nobody lacks', async () => {
  const nobody = { email: '', contact_email: '', phone: '', customer: null };
  const nowhere = { billing_address: null, shipping_address: null, browser_ip: null, client_details: null };
  const body = shopifyOrder({ ...nobody, ...nowhere });
  const { outcomes } = await deliver({ settings, topic: 'orders/paid', body });
  expect(outcomes).toEqual([
    {
      kind: 'skipped',
      reason: 'no_match_key',
      detail: 'the body has no contact data, click id, or address with browser',
    },
  ]);
});

test('sends a Shopify checkout whose match key comes from the mapping of the stage file', async () => {
  const mapping = { external_id: "note_attributes[?name == 'visitor'].value | [0]" };
  const note_attributes = [{ name: 'visitor', value: 'v-1' }];
  const event = await eventOf(updated({ email: null, note_attributes }, { mapping }));
  expect(event.external_id).toBe('v-1');
});
