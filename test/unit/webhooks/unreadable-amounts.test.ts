/** An amount that is there and cannot be read is named: nobody would otherwise see why a sale has no value. */
import { expect, test } from 'vitest';
import {
  choices,
  type Delivery,
  type Json,
  outcomeOf,
  shopifyOrder,
  stripeEvent,
  wooOrder,
} from '../../support/webhooks/webhook-bodies.ts';
import {
  order as bigcommerceOrder,
  settings as bigcommerceSettings,
  products,
  statusHook,
} from './bigcommerce/bodies.ts';
import {
  hook as nuvemshopHook,
  order as nuvemshopOrder,
  settings as nuvemshopSettings,
} from './nuvemshop/bodies.ts';
import { delivery as shoplazzaDelivery } from './shoplazza/order.ts';

const deliveries: Readonly<Record<string, (total: unknown) => Delivery>> = {
  shopify: (total_price) => ({
    settings: choices.shopify ?? {},
    topic: 'orders/paid',
    body: shopifyOrder({ total_price, total_price_set: null }),
  }),
  woocommerce: (total) => ({
    settings: choices.woocommerce ?? {},
    topic: 'order.updated',
    body: wooOrder({ total }),
  }),
  stripe: (amount_total) => ({ settings: choices.stripe ?? {}, body: stripeEvent({ amount_total }) }),
  shoplazza: (total_price) => shoplazzaDelivery({ total_price }),
  bigcommerce: (total_inc_tax) => ({
    settings: bigcommerceSettings(),
    body: { ...statusHook(), order: bigcommerceOrder({ total_inc_tax }), products: products() },
  }),
  nuvemshop: (total) => ({
    settings: nuvemshopSettings(),
    body: { ...nuvemshopHook('order/paid'), order: nuvemshopOrder({ total }) },
  }),
};

const unreadable = ['1.234,50', '$19.99', 'NaN', -5, {}, true];
const cases = Object.keys(deliveries).flatMap((platform) => unreadable.map((total) => ({ platform, total })));

test.each(cases)('names the value of $platform that cannot be read: $total', async ({ platform, total }) => {
  const { event, omitted } = await outcomeOf(deliveries[platform]?.(total) ?? { settings: {}, body: {} });
  expect(event.value).toBeUndefined();
  expect(omitted).toContainEqual({ field: 'value', code: 'invalid_number' });
});

test.each(Object.keys(deliveries))(
  'omits nothing from an order of %s without an amount',
  async (platform) => {
    for (const total of [null, '', ' ']) {
      const { omitted } = await outcomeOf(deliveries[platform]?.(total) ?? { settings: {}, body: {} });
      expect(omitted).toEqual([]);
    }
  },
);

test('takes the amount in the other place when the first cannot be read', async () => {
  const body = shopifyOrder({ total_price: '1.234,50' });
  const { event, omitted } = await outcomeOf({ settings: choices.shopify ?? {}, topic: 'orders/paid', body });
  expect({ value: event.value, omitted }).toEqual({ value: 59.45, omitted: [] });
});

test.each([{ price: '3,00' }, { price: -1 }, { quantity: 'two' }, { quantity: 1.5 }])(
  'sends a product without the number that cannot be read, and names it: %j',
  async (changes) => {
    const [line] = wooOrder().line_items as Json[];
    const { event, omitted } = await outcomeOf({
      settings: choices.woocommerce ?? {},
      topic: 'order.updated',
      body: wooOrder({ line_items: [{ ...line, ...changes }] }),
    });
    const [product] = event.contents ?? [];
    const [field = ''] = Object.keys(changes);
    expect(product).toMatchObject({ content_id: '93' });
    expect(product).not.toHaveProperty(field);
    expect(omitted).toEqual([{ field: 'contents', code: 'invalid_number' }]);
  },
);
