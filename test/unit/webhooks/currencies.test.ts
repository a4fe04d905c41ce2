/** Shops in currencies that TikTok does not take: the value in another currency of the body counts, and its prices with it. */
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
import { delivery as shoplazzaDelivery } from './shoplazza/order.ts';

type Amount = readonly [amount: string, currency: string];
const side = ([amount, currency_code]: Amount) => ({ amount, currency_code });
const set = (shop: Amount, seen: Amount) => ({ shop_money: side(shop), presentment_money: side(seen) });

interface Currencies {
  readonly shop: string;
  readonly seen: string;
  readonly money: 'shop' | 'presentment';
}

/** An order of 20 in the shop's currency, which the buyer saw as 10 in another. */
const deliveries: Readonly<Record<string, (currencies: Currencies) => Delivery>> = {
  shopify: ({ shop, seen, money }) => ({
    settings: { ...choices.shopify, money },
    topic: 'orders/paid',
    body: shopifyOrder({
      currency: shop,
      presentment_currency: seen,
      total_price: '20.00',
      total_price_set: set(['20.00', shop], ['10.00', seen]),
      line_items: [
        { variant_id: 1, quantity: 1, price: '18.00', price_set: set(['18.00', shop], ['9.00', seen]) },
        { variant_id: 2, quantity: 1, price: '2.00', price_set: null },
      ],
    }),
  }),
  stripe: ({ shop, seen, money }) => ({
    settings: { ...choices.stripe, money },
    body: stripeEvent({
      amount_total: 2000,
      currency: shop.toLowerCase(),
      presentment_details: { presentment_amount: 1000, presentment_currency: seen.toLowerCase() },
    }),
  }),
  bigcommerce: ({ shop, seen, money }) => ({
    settings: bigcommerceSettings({ money }),
    body: {
      ...statusHook(),
      order: bigcommerceOrder({
        total_inc_tax: '20.0000',
        default_currency_code: shop,
        currency_code: seen,
        currency_exchange_rate: '0.5000000000',
      }),
      products: products().map((line) => ({ ...line, price_inc_tax: '18.0000' })),
    },
  }),
};

const pricesOf = (event: Json): unknown[] | undefined =>
  (event.contents as Json[] | undefined)?.map(({ price }) => price);

/** What the first and any second line give in the shop's currency, and in the buyer's. */
const prices: Readonly<Record<string, readonly [unknown, unknown]>> = {
  shopify: [
    [18, 2],
    [9, undefined],
  ],
  stripe: [undefined, undefined],
  bigcommerce: [expect.arrayContaining([18]), expect.arrayContaining([9])],
};

const cases = Object.keys(deliveries).flatMap((platform) =>
  (
    [
      ['BGN', 'USD', 'shop', 'buyer'],
      ['LKR', 'USD', 'presentment', 'buyer'],
      ['USD', 'BGN', 'presentment', 'shop'],
      ['USD', 'BGN', 'shop', 'shop'],
      ['USD', 'EUR', 'shop', 'shop'],
      ['USD', 'EUR', 'presentment', 'buyer'],
    ] as const
  ).map(([shop, seen, money, side]) => ({ platform, shop, seen, money, side })),
);

test.each(cases)(
  'sends the $side’s money of a $platform order in $shop that was shown in $seen, with money: $money',
  async ({ platform, side, ...currencies }) => {
    const delivery = deliveries[platform]?.(currencies) ?? { settings: {}, body: {} };
    const { event, omitted } = await outcomeOf(delivery);
    const isShop = side === 'shop';
    expect(event).toMatchObject({
      value: isShop ? 20 : 10,
      currency: isShop ? currencies.shop : currencies.seen,
    });
    expect(pricesOf(event)).toEqual(prices[platform]?.[isShop ? 0 : 1]);
    expect(omitted).toEqual([]);
  },
);

test.each(Object.keys(deliveries))(
  'omits the value of a %s order, and each price, when TikTok takes no currency of its body',
  async (platform) => {
    const delivery = deliveries[platform]?.({ shop: 'BGN', seen: 'RSD', money: 'shop' });
    const { event, omitted } = await outcomeOf(delivery ?? { settings: {}, body: {} });
    expect(event).not.toHaveProperty('value');
    expect(event).not.toHaveProperty('currency');
    expect(pricesOf(event)?.filter((price) => price !== undefined) ?? []).toEqual([]);
    expect(omitted).toEqual([{ field: 'currency', code: 'unsupported_currency' }]);
  },
);

const noisy: readonly [string, Delivery, Json][] = [
  [
    'woocommerce',
    {
      settings: choices.woocommerce ?? {},
      topic: 'order.updated',
      body: wooOrder({
        total: '44.850000',
        line_items: [{ product_id: 1, quantity: 3, price: 14.950000000000001, total: '44.85' }],
      }),
    },
    { value: 44.85, contents: [{ content_id: '1', price: 14.95, quantity: 3 }] },
  ],
  [
    'woocommerce in yen',
    {
      settings: choices.woocommerce ?? {},
      topic: 'order.updated',
      body: wooOrder({
        currency: 'JPY',
        total: '1000',
        line_items: [{ product_id: 1, quantity: 3, price: 333.3333333333333 }],
      }),
    },
    { value: 1000, contents: [{ content_id: '1', price: 333, quantity: 3 }] },
  ],
  [
    'bigcommerce in a converted currency',
    {
      settings: bigcommerceSettings({ money: 'presentment' }),
      body: {
        ...statusHook(),
        order: bigcommerceOrder({
          total_inc_tax: '30.0000',
          default_currency_code: 'USD',
          currency_code: 'KWD',
          currency_exchange_rate: '0.3071000000',
        }),
        products: [],
      },
    },
    { value: 9.213, currency: 'KWD' },
  ],
  ['shoplazza', shoplazzaDelivery({ total_price: '35.679999' }), { value: 35.68 }],
  [
    'shopify',
    {
      settings: choices.shopify ?? {},
      topic: 'orders/paid',
      body: shopifyOrder({
        total_price: 14.950000000000001,
        line_items: [{ variant_id: 1, quantity: 1, price: 14.950000000000001 }],
      }),
    },
    { value: 14.95, contents: [{ content_id: '1', price: 14.95, quantity: 1 }] },
  ],
  [
    'a mapping that multiplies',
    {
      settings: {
        ...choices.standard,
        mapping: {
          event_name: "'Purchase'",
          email: 'email',
          value: 'price * quantity',
          currency: "'USD'",
          contents: '[{content_id: sku, price: price * `1.1`, quantity: quantity}]',
        },
      },
      body: { email: 'a@example.com', price: 4.65, quantity: 3, sku: 'a' },
    },
    { value: 13.95, contents: [{ content_id: 'a', price: 5.115, quantity: 3 }] },
  ],
];

test.each(noisy)('sends amounts of %s without the noise of arithmetic', async (_name, delivery, expected) => {
  expect((await outcomeOf(delivery)).event).toMatchObject(expected);
});

test('takes the price of a Shopify line from its set when the line has none beside it', async () => {
  const price_set = set(['18.00', 'AUD'], ['9.00', 'USD']);
  const body = shopifyOrder({ line_items: [{ variant_id: 1, quantity: 1, price: null, price_set }] });
  const { event } = await outcomeOf({ settings: choices.shopify ?? {}, topic: 'orders/paid', body });
  expect(event).toMatchObject({ currency: 'AUD', contents: [{ price: 18 }] });
});

test('names the value of a BigCommerce order that cannot be read, in a converted currency too', async () => {
  const { event, omitted } = await outcomeOf({
    settings: bigcommerceSettings({ money: 'presentment' }),
    body: {
      ...statusHook(),
      order: bigcommerceOrder({
        total_inc_tax: '1.234,50',
        default_currency_code: 'EUR',
        currency_code: 'USD',
        currency_exchange_rate: '1.1',
      }),
      products: [],
    },
  });
  expect(event).not.toHaveProperty('value');
  expect(omitted).toEqual([{ field: 'value', code: 'invalid_number' }]);
});
