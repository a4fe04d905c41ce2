/** Laws of the platforms whose orders are read from an API: what no order may do, whatever its fields hold. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isUnreadableTime } from '../../../lib/webhooks/rules/freshness.ts';
import { platform } from '../../support/webhooks/signed-requests.ts';
import { deliver, type Json, nowMs } from '../../support/webhooks/webhook-bodies.ts';
import {
  order as bigcommerceOrder,
  settings as bigcommerceSettings,
  statusHook,
} from '../../unit/webhooks/bigcommerce/bodies.ts';
import {
  customer as nuvemshopCustomer,
  hook as nuvemshopHook,
  order as nuvemshopOrder,
  settings as nuvemshopSettings,
  storeId,
} from '../../unit/webhooks/nuvemshop/bodies.ts';

const value = fc.oneof(
  fc.string(),
  fc.jsonValue(),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString().replace('Z', '+0000')),
  // JSON has no infinity.
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  fc.constantFrom('yesterday', '20.11.2026', '2026-11-31T10:00:00+0000', 'NaN', '-', '10:00'),
);

const nuvemshop = (event: string, changes: Json) => ({
  settings: nuvemshopSettings(),
  body: { ...nuvemshopHook(event), order: nuvemshopOrder(changes) },
});
const places: [string, (time: unknown) => { settings: Json; body: unknown }][] = [
  ['created_at of Nuvemshop', (created_at) => nuvemshop('order/created', { created_at })],
  ['paid_at of Nuvemshop', (paid_at) => nuvemshop('order/paid', { paid_at })],
  [
    'created_at of a customer of Nuvemshop',
    (created_at) => ({
      settings: nuvemshopSettings(),
      body: { ...nuvemshopHook('customer/created'), customer: nuvemshopCustomer({ created_at }) },
    }),
  ],
  [
    'date_created of BigCommerce',
    (date_created) => ({
      settings: bigcommerceSettings(),
      body: { ...statusHook(), order: bigcommerceOrder({ date_created }), products: [] },
    }),
  ],
];

describe.each(places)('%s', (place, build) => {
  test('skips the webhook when its time is there and cannot be read', async () => {
    await fc.assert(
      fc.asyncProperty(value, async (time) => {
        fc.pre(isUnreadableTime(time, nowMs));
        const { outcomes } = await deliver(build(time));
        expect(outcomes, place).toEqual([expect.objectContaining({ kind: 'skipped', reason: 'no_time' })]);
      }),
      { numRuns: 150 },
    );
  });
});

const taxId = '75839566500';
const read = Object.keys(nuvemshopOrder()).filter((name) => !/identification|^extra$|^note$/.test(name));

test('sends a tax id of Nuvemshop in no event, whichever fields of the order are missing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.subarray(read), async (missing) => {
      const changes = Object.fromEntries(missing.map((name) => [name, null]));
      const { outcomes } = await deliver(nuvemshop('order/paid', changes));
      expect(JSON.stringify(outcomes)).not.toContain(taxId);
    }),
    { numRuns: 150 },
  );
});

test('asks the API for the number of an order or customer only, whatever the webhook holds', async () => {
  const { fetch } = platform('nuvemshop', nuvemshopSettings());
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('order/paid', 'customer/created'),
      fc.oneof(value, fc.nat(), fc.nat().map(String)),
      async (topic, id) => {
        const paths: string[] = [];
        const payload = { store_id: Number(storeId), event: topic, id };
        const answer = async (path: string) => void paths.push(path);
        await fetch?.read({ topic, payload, headers: {} }, answer);
        for (const path of paths) expect(path).toMatch(/^\/(?:orders|customers)\/\d{1,20}$/);
      },
    ),
  );
});
