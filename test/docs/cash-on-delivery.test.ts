/** The tables of docs/cash-on-delivery.md: each row is posted, signed, as the steps of an order that is paid later. */
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { webhookReceiver, webhookRequest } from '../support/webhooks/receive-webhooks.ts';
import {
  choices,
  deliver,
  hoursAgo,
  type Json,
  nowMs,
  nowSeconds,
  prepareSource,
  shopifyOrder,
  wooHoursAgo,
  wooOrder,
} from '../support/webhooks/webhook-bodies.ts';
import {
  order as bigcommerceOrder,
  settings as bigcommerceSettings,
  internetHoursAgo,
  products,
  statusHook,
} from '../unit/webhooks/bigcommerce/bodies.ts';
import {
  apiHoursAgo,
  hook as nuvemshopHook,
  order as nuvemshopOrder,
  settings as nuvemshopSettings,
} from '../unit/webhooks/nuvemshop/bodies.ts';
import {
  placedHoursAgo,
  order as shoplazzaOrder,
  settings as shoplazzaSettings,
} from '../unit/webhooks/shoplazza/order.ts';
import { fencedBlocks, readPage, tableOf } from './pages.ts';

const page = readPage('docs/cash-on-delivery.md');

const rowsOf = (head: string): string[][] =>
  tableOf(page, head)
    .split('\n')
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );

/** Webhooks of one step of an order: topic and body. */
type Step = readonly (readonly [topic: string, body: Json])[];

interface Order {
  /** Hours since it was placed. */
  readonly age: number;
  readonly isPaid: boolean;
  readonly method: string;
}

const shopifyStep = ({ age, isPaid }: Order): Step => [
  [
    isPaid ? 'orders/paid' : 'orders/create',
    shopifyOrder({
      financial_status: isPaid ? 'paid' : 'pending',
      processed_at: hoursAgo(age),
      created_at: hoursAgo(age),
      updated_at: hoursAgo(isPaid ? 0 : age),
    }),
  ],
];

function wooStep({ age, isPaid, method }: Order): Step {
  const isCash = method === 'cash on delivery';
  const body = wooOrder({
    payment_method: isCash ? 'cod' : 'bacs',
    // Cash on delivery is processed at once; WooCommerce completes it, and dates the payment, at the door.
    status: isCash ? (isPaid ? 'completed' : 'processing') : isPaid ? 'processing' : 'on-hold',
    date_created_gmt: wooHoursAgo(age),
    date_paid_gmt: isPaid ? wooHoursAgo(0) : null,
  });
  return isPaid
    ? [['order.updated', body]]
    : [
        ['order.created', body],
        ['order.updated', body],
      ];
}

const shoplazzaStep = ({ age, isPaid }: Order): Step => [
  [
    isPaid ? 'orders/paid' : 'orders/create',
    {
      order: shoplazzaOrder({
        financial_status: isPaid ? 'paid' : 'waiting',
        placed_at: placedHoursAgo(age),
        created_at: placedHoursAgo(age),
        updated_at: placedHoursAgo(isPaid ? 0 : age),
      }),
    },
  ],
];

/** From Incomplete to Awaiting Payment, and from there to Awaiting Fulfillment; with the order as the API returns it. */
const bigcommerceStep = ({ age, isPaid }: Order): Step => [
  [
    'store/order/statusUpdated',
    {
      ...statusHook(isPaid ? 7 : 0, isPaid ? 11 : 7, { created_at: nowSeconds - (isPaid ? 0 : age * 3600) }),
      order: bigcommerceOrder({ status_id: isPaid ? 11 : 7, date_created: internetHoursAgo(age) }),
      products: products(),
    },
  ],
];

/** With the order as the API returns it. */
const nuvemshopStep = ({ age, isPaid }: Order): Step => {
  const event = isPaid ? 'order/paid' : 'order/created';
  const order = nuvemshopOrder({
    payment_status: isPaid ? 'paid' : 'pending',
    created_at: apiHoursAgo(age),
    paid_at: isPaid ? apiHoursAgo(0) : null,
  });
  return [[event, { ...nuvemshopHook(event), order }]];
};

const platforms: Readonly<Record<string, { settings: Json; step: (order: Order) => Step }>> = {
  Shopify: { settings: choices.shopify ?? {}, step: shopifyStep },
  WooCommerce: { settings: choices.woocommerce ?? {}, step: wooStep },
  Shoplazza: { settings: shoplazzaSettings(), step: shoplazzaStep },
  BigCommerce: { settings: bigcommerceSettings(), step: bigcommerceStep },
  Nuvemshop: { settings: nuvemshopSettings(), step: nuvemshopStep },
};
const topicHeaders: Readonly<Record<string, (topic: string) => Record<string, string>>> = {
  Shopify: (topic) => ({ 'x-shopify-topic': topic, 'x-shopify-shop-domain': 'shop.myshopify.com' }),
  WooCommerce: (topic) => ({
    'x-wc-webhook-topic': topic,
    'x-wc-webhook-source': 'https://shop.example/',
  }),
  Shoplazza: (topic) => ({
    'x-shoplazza-topic': topic,
    'x-shoplazza-shop-domain': 'shop.myshoplaza.com',
  }),
};

interface Result {
  /** The event's name, or the reason of the skip. */
  readonly word: string;
  readonly id?: string | undefined;
}

/** Signs a webhook as the platform does and receives it. Those of BigCommerce and Nuvemshop are mapped with the order that the API returned. */
async function post(platform: string, settings: Json, topic: string, payload: Json): Promise<Result> {
  const headersOf = topicHeaders[platform];
  if (headersOf === undefined) {
    const [outcome] = (await deliver({ settings, topic, body: payload })).outcomes;
    if (outcome?.kind !== 'event') return { word: outcome?.reason ?? '' };
    return { word: outcome.event.event_name, id: outcome.event.event_id };
  }
  const body = JSON.stringify(payload);
  const source = await prepareSource(settings);
  const request = { secret: 's3cret', body: Buffer.from(body), nowSeconds, id: 'msg_1' };
  const headers = { ...headersOf(topic), ...source.platform.sign(request) };
  const { receive, sent } = await webhookReceiver({ settings });
  const { response } = await receive(webhookRequest(body, headers));
  const answer = JSON.parse((response as { body: string }).body) as { skipped?: string[] };
  if (sent[0] === undefined) return { word: answer.skipped?.[0] ?? JSON.stringify(answer) };
  const { event } = JSON.parse(sent[0].body) as { event: { event_name: string; event_id: string } };
  return { word: event.event_name, id: event.event_id };
}

/** What a step of an order comes to: a Purchase if any of its webhooks is one, otherwise the first of them. */
async function resultOf(platform: string, own: Json, order: Order): Promise<Result> {
  const { settings, step } = platforms[platform] ?? { settings: {}, step: () => [] };
  const results: Result[] = [];
  for (const [topic, body] of step(order))
    results.push(await post(platform, { ...settings, ...own }, topic, body));
  return results.find(({ word }) => word === 'Purchase') ?? results[0] ?? { word: 'nothing' };
}

const settingsOf = (cell: string): Json => (cell === 'default' ? {} : (parse(cell) as Json));

const counting = rowsOf(
  '| Platform | Orders | Setting | Placed, not paid | Paid the next day | Paid after 5 days |',
).flatMap(([platform = '', orders = '', setting = '', ...expected]) =>
  (orders === 'both' ? ['cash on delivery', 'bank transfer'] : [orders]).map((method) => ({
    platform,
    method,
    setting,
    expected,
  })),
);

test('the page says what counts when on five platforms', () => {
  expect(counting.length).toBeGreaterThan(20);
  expect(new Set(counting.map(({ platform }) => platform))).toEqual(new Set(Object.keys(platforms)));
});

test.each(counting)(
  '$platform counts $method with $setting as the page says: $expected',
  async ({ platform, method, setting, expected }) => {
    const own = settingsOf(setting);
    const placed = await resultOf(platform, own, { age: 0, isPaid: false, method });
    const nextDay = await resultOf(platform, own, { age: 24, isPaid: true, method });
    const later = await resultOf(platform, own, { age: 120, isPaid: true, method });
    const isSame = nextDay.word === placed.word && nextDay.id === placed.id;
    const nextDayCell = isSame ? `${nextDay.word}, same id` : nextDay.word;
    expect([placed.word, nextDayCell, later.word]).toEqual(expected);
  },
);

const forms = rowsOf('| Platform | Channel of the order | Setting | Result |').map(
  ([platform = '', channel = '', setting = '', expected = '']) => ({ platform, channel, setting, expected }),
);

test.each(forms)(
  '$platform gives $expected for the channel $channel with $setting',
  async ({ platform, channel, setting, expected }) => {
    const source_name = channel === 'none' ? null : channel;
    const changes = platform === 'Shopify' ? { source_name } : { created_via: source_name ?? '' };
    const { settings, step } = platforms[platform] ?? { settings: {}, step: () => [] };
    const [[topic, body] = ['', {}]] = step({ age: 0, isPaid: false, method: 'cash on delivery' });
    const own = { ...settings, purchaseMoment: 'placed', ...settingsOf(setting) };
    expect((await post(platform, own, topic, { ...body, ...changes })).word).toBe(expected);
  },
);

describe('the mapping of a back end', () => {
  const [block = ''] = fencedBlocks(page, 'yaml');
  const { sources } = parse(block) as { sources: { shop: Json } };
  const body = (hours: number): Json => ({
    number: 1001,
    status: 'open',
    placed_at: new Date(nowMs - hours * 3_600_000).toISOString(),
    customer: { email: 'ada@example.com' },
    total: 20,
    currency: 'EUR',
  });
  const wordOf = async (hours: number): Promise<unknown> => {
    const [outcome] = (await deliver({ settings: sources.shop, body: body(hours) })).outcomes;
    return outcome?.kind === 'event' ? outcome.event.event_name : outcome?.reason;
  };

  test('counts an order when it is placed', async () => expect(await wordOf(0)).toBe('Purchase'));
  test('skips it as stale five days later', async () => expect(await wordOf(120)).toBe('stale'));
});
