/** `--set`, `--header` and `--body` change what `trigger` sends: by a friendly name on every platform, or by a path. */
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { friendlyNameList } from '../../../cli/trigger/set/friendly-names.ts';
import { sha256 } from '../../../lib/privacy/sha256.ts';
import { startTriggers, type Triggers } from './run-trigger.ts';

let triggers: Triggers;
const folder = mkdtempSync(join(tmpdir(), 'trigger-'));
beforeAll(async () => {
  triggers = await startTriggers();
});
afterAll(async () => {
  await triggers.stop();
  rmSync(folder, { recursive: true });
});

const sets = (...values: string[]): string[] => values.flatMap((value) => ['--set', value]);

/** The event that the sandbox received, in TikTok's form. */
async function eventOf(args: readonly string[]) {
  const { accepted, skipped, events = [] } = await triggers.json(args);
  expect({ accepted, skipped }).toEqual({ accepted: 1, skipped: [] });
  return triggers.delivered(events[0]?.event_id);
}

const bodyOf = async (...args: string[]) => JSON.parse((await triggers.print(args)).body);

const everywhere = sets(
  'email=Ada@Example.com',
  'phone=+12125550199',
  'first_name=Ada',
  'last_name=Jones',
  'country=de',
  'total=120.50',
  'currency=eur',
  'ttclid=E.C.P.mine',
);
const withLine = [...everywhere, ...sets('quantity=3')];

describe.concurrent('a friendly name', () => {
  test.for([
    { trigger: 'shopify:orders/paid', args: [...withLine, ...sets('ttp=mine', 'variant_id=42')] },
    { trigger: 'woocommerce:order.updated', args: [...withLine, ...sets('ttp=mine', 'sku=42')] },
    { trigger: 'shoplazza:orders/paid', args: [...withLine, ...sets('variant_id=42')] },
    { trigger: 'stripe:checkout.session.completed', args: [...everywhere, ...sets('ttp=mine')] },
    { trigger: 'standard:Purchase', args: [...withLine, ...sets('ttp=mine', 'product_id=42')] },
  ])('reaches TikTok in the event of $trigger', async ({ trigger, args }) => {
    const event = await eventOf([trigger, ...args]);
    expect(event).toMatchObject({
      user: {
        email: sha256('ada@example.com'),
        phone: sha256('+12125550199'),
        first_name: sha256('ada'),
        last_name: sha256('jones'),
        ttclid: 'E.C.P.mine',
        ...(args.includes('ttp=mine') && { ttp: 'mine' }),
      },
      properties: { value: 120.5, currency: 'EUR' },
    });
    if (args.includes('quantity=3'))
      expect(event).toHaveProperty('properties.contents', [
        expect.objectContaining({ content_id: '42', quantity: 3, price: 40.16 }),
      ]);
  });

  test('is one that some body has a place for', async () => {
    const example = (name: string) => (name === 'test' ? 'test=false' : undefined);
    const numbers = { total: '10', quantity: '1', product_id: '1', variant_id: '2', id: '3' } as const;
    const values: Record<string, string> = {
      ...numbers,
      country: 'DE',
      currency: 'EUR',
      placed: '1h',
      paid: '1m',
    };
    const all = friendlyNameList.map((name) => example(name) ?? `${name}=${values[name] ?? 'x@example.com'}`);
    const { code, stderr } = await triggers.run(['shopify:orders/paid', ...sets(...all), '--print']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('keeps the sums of the order', async () => {
    const order = await bodyOf('woocommerce:order.updated', ...sets('total=100', 'quantity=3'));
    const [line] = order.line_items;
    expect(Number(line.total) + Number(order.shipping_total)).toBeCloseTo(Number(order.total), 6);
    expect(line).toMatchObject({ price: 33.33, quantity: 3, total: '99.99' });
    expect(order).toMatchObject({ total: '100.00', shipping_total: '0.01' });
  });

  test.for([
    ['JPY', '1200', 1200],
    ['EUR', '12.34', 1234],
    ['KWD', '1.234', 1234],
    ['UGX', '1200', 120_000],
  ] as const)('becomes the smallest unit that Stripe counts %s in', async ([currency, total, units]) => {
    const { data } = await bodyOf(
      'stripe:checkout.session.completed',
      ...sets(`currency=${currency}`, `total=${total}`),
    );
    expect(data.object).toMatchObject({ amount_total: units, currency: currency.toLowerCase() });
  });

  test('names the same order in every run when it is the id', async () => {
    const first = await triggers.json(['shopify:orders/paid', ...sets('id=1001')]);
    const second = await triggers.json(['shopify:orders/paid', ...sets('id=1001')]);
    expect(second.events).toEqual(first.events);
    expect((await bodyOf('shopify:orders/paid', ...sets('id=1001'))).id).toBe(1001);
  });

  test('is new in every run without an id', async () => {
    const runs = await Promise.all([1, 2].map(() => triggers.json(['woocommerce:order.updated'])));
    expect(runs[0]?.events).not.toEqual(runs[1]?.events);
  });

  test('is left out when its value is empty', async () => {
    const order = await bodyOf('shopify:orders/paid', ...sets('email=', 'phone=', 'ttclid=', 'ttp='));
    expect(order).toMatchObject({
      email: null,
      contact_email: null,
      customer: { email: null, phone: null },
      billing_address: { phone: null },
      note_attributes: [],
      landing_site: '/products/linen-towel',
    });
  });
});

describe.concurrent('a body that the settings skip', () => {
  test.for([
    ['shopify:orders/paid', ['placed=5d', 'paid=1m'], 'late_payment'],
    ['woocommerce:order.updated', ['placed=5d', 'paid=1m'], 'late_payment'],
    ['stripe:checkout.session.completed', ['placed=5d', 'paid=1m'], 'late_payment'],
    ['shoplazza:orders/paid', ['placed=5d'], 'stale'],
    ['shopify:orders/paid', ['financial_status=pending'], 'unpaid'],
    ['shopify:orders/paid', ['total=0'], 'zero_value'],
    ['shopify:orders/paid', ['channel=pos'], 'pos_order'],
    ['woocommerce:order.updated', ['channel=subscription'], 'renewal'],
    ['standard:Purchase', ['consent=denied'], 'no_consent'],
  ] as const)('is %s with --set %j: skipped as %s, with exit code 1', async ([trigger, values, reason]) => {
    const { code, accepted, skipped } = await triggers.json([trigger, ...sets(...values)]);
    expect({ code, accepted, skipped }).toEqual({ code: 1, accepted: 0, skipped: [reason] });
  });

  test('is explained with the setting that decided, the channel and what to do', async () => {
    const { code, stdout } = await triggers.run(['shopify:orders/paid', ...sets('channel=pos')]);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^Skipped: pos_order \(sourceNames\)\. .* The channel is pos\.\n {2}What to do: Add `pos` to `sourceNames`, beside `'\*'`, if such orders count\.\n/,
    );
  });
});

test.each([
  'shopify:orders/paid',
  'shoplazza:orders/paid',
  'stripe:checkout.session.completed',
  'bigcommerce:store/order/statusUpdated',
])('counts a test order of %s on the stage local', async (trigger) => {
  const { code, accepted, skipped } = await triggers.json([trigger, ...sets('test=true')]);
  expect({ code, accepted, skipped }).toEqual({ code: 0, accepted: 1, skipped: [] });
});

test('names the fields that the gateway left out of an accepted event', async () => {
  const { code, stdout } = await triggers.run(['shopify:orders/paid', ...sets('phone=12', 'email=nobody')]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Accepted: 1 event of source shopify\.\n {2}Purchase, event id \w+\n/);
  expect(stdout).toContain('\n  Omitted, email: invalid_email (docs/errors.md)\n');
  expect(stdout).toContain('\n  Omitted, phone: invalid_phone (docs/errors.md)\n');
});

describe.concurrent('a path', () => {
  test('changes a field of a line and of a list', async () => {
    const values = sets(
      'line_items.0.sku=ABC',
      'note_attributes.0.value=x',
      'financial_status=partially_refunded',
    );
    expect(await bodyOf('shopify:orders/paid', ...values)).toMatchObject({
      line_items: [{ sku: 'ABC' }],
      note_attributes: [{ value: 'x' }, {}],
      financial_status: 'partially_refunded',
    });
  });

  test('takes JSON, and keeps numbers as text where the body has text', async () => {
    const values = sets(
      'tags=["a"]',
      'total_price=10',
      'test=true',
      '.location_id=7',
      'customer=null',
      'note=12345678901234567890',
    );
    expect(await bodyOf('shopify:orders/paid', ...values)).toMatchObject({
      tags: ['a'],
      total_price: '10',
      test: true,
      location_id: 7,
      customer: null,
      note: '12345678901234567890',
    });
  });

  test('adds to a list, makes what is missing below a known field, and adds a field after a dot', async () => {
    const values = sets('note_attributes.2.name=gift', 'payment_terms.due=soon', '.extra.deep=1');
    expect(await bodyOf('shopify:orders/paid', ...values)).toMatchObject({
      note_attributes: [{}, {}, { name: 'gift' }],
      payment_terms: { due: 'soon' },
      extra: { deep: 1 },
    });
  });

  test('after a dot is a field even when it is called like a friendly name', async () => {
    const order = await bodyOf('shopify:orders/paid', ...sets('.email=only@example.com'));
    expect(order).toMatchObject({ email: 'only@example.com', contact_email: 'robin.walker@example.com' });
  });
});

describe.concurrent('--header and --body', () => {
  test('--header replaces a header and adds one', async () => {
    const { headers } = await triggers.print([
      'shopify:orders/paid',
      '--header',
      'X-Shopify-Shop-Domain=other.myshopify.com',
      '--header',
      'x-shopify-test: true',
    ]);
    expect(headers).toMatchObject({
      'x-shopify-shop-domain': 'other.myshopify.com',
      'x-shopify-test': 'true',
      'x-shopify-topic': 'orders/paid',
    });
  });

  test('--body sends the bytes of a file with the topic of the platform, as they are', async () => {
    const file = join(folder, 'order.json');
    const order = await bodyOf('shopify:orders/paid');
    writeFileSync(file, `${JSON.stringify(order, undefined, 3)}\n`);
    const { body, headers } = await triggers.print(['shopify:orders/paid', '--body', file]);
    expect(body).toBe(`${JSON.stringify(order, undefined, 3)}\n`);
    const signature = createHmac('sha256', 'local-shopify-secret').update(body).digest('base64');
    expect(headers).toMatchObject({ 'x-shopify-hmac-sha256': signature, 'x-shopify-topic': 'orders/paid' });
    expect(await triggers.json(['shopify:orders/paid', '--body', file])).toMatchObject({ accepted: 1 });
  });

  test('--body reads standard input, and takes a topic that the command has no body for', async () => {
    const { code, skipped } = await triggers.json(['shopify:orders/edited', '--body', '-'], '{"id":1}');
    expect({ code, skipped }).toEqual({ code: 1, skipped: ['ignored_topic'] });
  });

  test('--body keeps the digits of large ids when --set changes another field', async () => {
    const args = ['shopify:orders/paid', '--body', '-', ...sets('.note=x')];
    const { body } = await triggers.print(args, '{"id":820982911946154508,"price":1.5,"note":null}');
    expect(body).toBe('{"id":820982911946154508,"price":1.5,"note":"x"}');
  });

  test('--body changes fields by their paths', async () => {
    const { body } = await triggers.print(
      [
        'standard:Lead',
        '--body',
        '-',
        ...sets('email=x@example.com', '.value=5').slice(2),
        ...sets('event_id=7'),
      ],
      '{"event_name":"Lead","event_id":"1","email":"a@example.com"}',
    );
    expect(JSON.parse(body)).toEqual({ event_name: 'Lead', event_id: '7', email: 'a@example.com', value: 5 });
  });
});
