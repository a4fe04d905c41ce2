/** Whatever a platform sends: nothing throws, and every event that comes out is one that the gateway accepts. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeEvent } from '../../../lib/events/decode/decode-event.ts';
import { compileMapping } from '../../../lib/mapping/compile-mapping.ts';
import { isAbsent } from '../../../lib/schema/is-absent.ts';
import {
  choices,
  deliver,
  type Json,
  nowMs,
  shopifyCheckout,
  shopifyOrder,
  stripeEvent,
  wooCustomer,
  wooOrder,
} from '../../support/webhooks/webhook-bodies.ts';

const note = [
  { name: 'ttclid', value: 'E.C.P.1' },
  { name: 'tiktok_consent', value: 'granted' },
];
const { customer, created_at, updated_at } = shopifyOrder();
const shopifyAccount: Json = { ...(customer as Json), state: 'enabled', created_at, updated_at };
const bodies: [string, string, Json][] = [
  ['shopify', 'orders/paid', shopifyOrder({ note_attributes: note, landing_site: '/?ttclid=x' })],
  ['shopify', 'orders/create', shopifyOrder()],
  ['shopify', 'checkouts/create', shopifyCheckout()],
  ['shopify', 'checkouts/update', shopifyCheckout()],
  ['shopify', 'customers/create', shopifyAccount],
  ['shopify', 'customers/enable', shopifyAccount],
  ['woocommerce', 'order.updated', wooOrder({ meta_data: [{ key: '_ttp', value: 'p' }] })],
  ['woocommerce', 'order.created', wooOrder()],
  ['woocommerce', 'customer.created', wooCustomer()],
  ['stripe', '', stripeEvent({ metadata: { ttclid: 'x', ip: '203.0.113.1' } })],
  [
    'standard',
    '',
    { event_name: 'Purchase', email: 'a@example.com', value: 1, currency: 'USD', phone: '+15555555555' },
  ],
];

const strange = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    0,
    -1,
    1e300,
    true,
    [],
    {},
    [[]],
    [null],
    'x'.repeat(5000),
    '\ud800',
    '\uffff',
  ),
  fc.constantFrom(
    'NaN',
    '-5',
    '1e9',
    '٣',
    '0.0.0.0',
    'fe80::1%1',
    'http://[',
    '//',
    'javascript:1',
    '+',
    '00',
    '2026-13-45T99:99:99Z',
  ),
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.double(),
  fc.bigInt().map(String),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Every path to a value inside a body. */
function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, part]) => pathsOf(part, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((part, index) => (String(index) === key ? replaced(part, rest, by) : part));
  if (typeof value !== 'object' || value === null) return value;
  return { ...value, [key]: replaced((value as Json)[key], rest, by) };
}

const settings: Readonly<Record<string, Json[]>> = {
  shopify: [
    {},
    {
      purchaseMoment: 'placed',
      money: 'presentment',
      contentId: 'product_id',
      consent: 'limit',
      sourceNames: ['*'],
      testOrders: 'send',
      zeroValue: 'send',
    },
  ],
  woocommerce: [
    {},
    { purchaseMoment: 'placed', contentId: 'sku_or_variation_id', createdVia: ['*'], zeroValue: 'send' },
    { purchaseMoment: 'processing', consent: 'require' },
  ],
  stripe: [{}, { money: 'presentment', testOrders: 'send', zeroValue: 'send' }],
  standard: [{}],
};

const destinations = {
  default: { pixelCode: 'P', eventSource: 'web' as const, currency: 'USD', country: 'US' },
};

describe.each(bodies)('a webhook of %s with the topic %s', (platform, topic, body) => {
  const paths = pathsOf(body);
  const changed = fc
    .array(fc.tuple(fc.nat({ max: paths.length - 1 }), strange), { minLength: 1, maxLength: 4 })
    .map((changes) =>
      changes.reduce<unknown>((value, [at, by]) => replaced(value, paths[at] ?? [], by), body),
    );
  const own = fc.constantFrom(...(settings[platform] ?? [{}]));

  test(`maps a changed ${topic} of ${platform} to an acceptable event or a reason`, async () => {
    const check = async (sent: unknown, changes: Json) => {
      const delivery = {
        settings: { ...choices[platform], ...changes },
        topic,
        body: JSON.stringify(sent),
        country: 'DE',
      };
      const { outcomes } = await deliver(delivery);
      expect(outcomes.length).toBeGreaterThan(0);
      for (const outcome of outcomes) {
        if (outcome.kind === 'skipped') continue;
        // A standard source passes fields on as they are: they may be wrong, and are refused by name.
        if (platform === 'standard') continue;
        expect(JSON.stringify(outcome.event)).not.toMatch(/:null|[?&]key=/);
        expect(decodeEvent(outcome.event, { receivedAtMs: nowMs, destinations })).toMatchObject({ ok: true });
      }
    };
    await fc.assert(fc.asyncProperty(changed, own, check), { numRuns: 300 });
  });

  test(`maps any JSON as ${topic} of ${platform} to an event or a reason`, async () => {
    const check = async (sent: unknown) => {
      const { outcomes } = await deliver({
        settings: { ...choices[platform] },
        topic,
        body: JSON.stringify(sent),
      });
      expect(outcomes.length).toBeGreaterThan(0);
    };
    await fc.assert(fc.asyncProperty(fc.jsonValue(), check), { numRuns: 100 });
  });
});

test('maps any payload to events or reasons', () => {
  const map = compileMapping({
    'source.when': 'a || b || @',
    'source.each': 'list || [@]',
    'source.paid_at': 'unix_time(t)',
    event_name: "'X'",
    email: 'lower(a.email || b)',
    phone: 'phone(a, b)',
    value: 'minor_units(a, b)',
    ttclid: "url_param(a, 'ttclid')",
    contents: 'a[].{content_id: text(id)}',
    description: 'decode_html(pick(@, b))',
    city: 'upper(split(a, b)[0])',
  });
  const entry = fc.oneof(strange, fc.jsonValue());
  const payload = fc.record({ a: entry, b: entry, t: entry, list: entry }, { requiredKeys: [] });
  fc.assert(
    fc.property(payload, (value) => {
      const { events, paidAt, skipped } = map(value);
      expect(paidAt).toHaveLength(events.length);
      expect(events.length + skipped.length).toBeGreaterThan(0);
      expect(JSON.stringify(events)).not.toContain('null');
    }),
  );
});

test('gives an event without a time or an amount only for a row that has none', () => {
  const map = compileMapping({
    event_name: "'X'",
    event_time: 'unix_time(t) || unix_time(u)',
    value: 'to_number(a)',
    price: 'minor_units(b, c)',
  });
  const entry = fc.oneof(
    strange,
    fc.jsonValue(),
    fc.constantFrom('2026-11-20', 1_795_176_000, '19.99', 1999),
  );
  const row = fc.record({ t: entry, u: entry, a: entry, b: entry, c: fc.constantFrom('EUR', 'x', null) });
  const check = ({ t, u, a, b, c }: Json) => {
    const { events, omissions, skipped } = map({ t, u, a, b, c });
    const [event] = events;
    const omitted = omissions.flat().map(({ field }) => field);
    if (event === undefined) expect(skipped[0]?.fault).toMatchObject({ field: 'event_time' });
    else if (event.event_time === undefined) expect([t, u].every(isAbsent)).toBe(true);
    if (event === undefined) return;
    expect(event.value === undefined).toBe(isAbsent(a) || omitted.includes('value'));
    expect(event.price === undefined).toBe(isAbsent(b) || omitted.includes('price'));
  };
  fc.assert(fc.property(row, check), { numRuns: 1000 });
});

test('throws only an Error that names the mapping for any mapping', () => {
  const wrong = fc.dictionary(
    fc.constantFrom('event_name', 'email', 'source', 'x'),
    fc.oneof(fc.string(), fc.anything()),
  );
  fc.assert(
    fc.property(wrong, (mapping) => {
      try {
        compileMapping(mapping);
      } catch (error) {
        expect((error as Error).message).toMatch(/^setting mapping/);
      }
    }),
  );
});
