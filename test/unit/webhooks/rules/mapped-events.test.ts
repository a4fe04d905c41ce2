/** A mapped value of a webhook that is there and cannot be read skips the event or costs its field, and says which. */
import { expect, test } from 'vitest';
import { choices, deliver, type Json, shopifyOrder } from '../../../support/webhooks/webhook-bodies.ts';

const settings = (mapping: Json) => ({
  platform: 'custom',
  auth: { profile: 'static-token', header: 'authorization' },
  mapping: { event_name: "'Purchase'", email: 'mail', ...mapping },
});
const body = { mail: 'ada@example.com', at: 'soon', cents: '1.999,00' };

test.each([
  ['event_time', 'event_time: invalid_time'],
  ['source.paid_at', 'source.paid_at: invalid_time'],
])('skips an event whose %s cannot be read', async (field, detail) => {
  const { outcomes } = await deliver({ settings: settings({ [field]: 'unix_time(at)' }), body });
  expect(outcomes).toEqual([{ kind: 'skipped', reason: 'invalid_event', detail }]);
});

test('omits a field whose value cannot be read, and names it', async () => {
  const value = "minor_units(cents, 'EUR')";
  const { outcomes } = await deliver({ settings: settings({ value }), body });
  expect(outcomes).toMatchObject([{ kind: 'event', omitted: [{ field: 'value', code: 'unreadable' }] }]);
});

test('skips the order of a built-in platform when its own event_time cannot be read', async () => {
  const own = { ...choices.shopify, mapping: { event_time: 'unix_time(name)' } };
  const order = shopifyOrder({ name: 'soon' });
  const { outcomes } = await deliver({ settings: own, topic: 'orders/paid', body: order });
  expect(outcomes).toMatchObject([
    { kind: 'skipped', reason: 'invalid_event', detail: 'event_time: invalid_time' },
  ]);
});
