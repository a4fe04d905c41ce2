import { describe, expect, test } from 'vitest';
import { decodeEvent } from '../../../lib/events/decode/decode-event.ts';
import { prepareSources } from '../../../lib/webhooks/prepare-source.ts';
import { parseSources } from '../../../lib/webhooks/source-settings.ts';
import {
  choices,
  deliver,
  eventOf,
  hoursAgo,
  type Json,
  nowMs,
  nowSeconds,
  outcomeOf,
  reasonOf,
  shopifyOrder,
  stripeEvent,
} from '../../support/webhooks/webhook-bodies.ts';

const standard = (changes: Json = {}) => ({ ...choices.standard, ...changes });
const signup = { event_name: 'Subscribe', email: 'a@example.com' };
const destinations = { default: { pixelCode: 'P', eventSource: 'web' as const, currency: 'USD' } };
const headers = { 'webhook-id': 'msg_1' };

describe('a standard source takes event objects as they are', () => {
  test.each<[string, unknown, string[]]>([
    ['one', signup, ['msg_1']],
    ['a list', [signup, { ...signup, event_id: 'e-2' }], ['msg_1-1', 'e-2']],
    ['events', { events: [signup] }, ['msg_1']],
  ])('accepts from a standard source: %s', async (_form, body, ids) => {
    const { outcomes } = await deliver({ settings: standard(), body, headers });
    expect(outcomes.map((outcome) => outcome.kind === 'event' && outcome.event.event_id)).toEqual(ids);
  });

  test('adds only its destination to an event of a standard source', async () => {
    const { event, notAfterMs, omitted } = await outcomeOf({ settings: standard(), body: signup, headers });
    expect(event).toEqual({ ...signup, event_id: 'msg_1', destination: 'default' });
    expect(notAfterMs).toBe(nowMs + 47 * 3_600_000);
    expect(omitted).toEqual([]);
  });

  test("omits wrong fields of a standard source's event and sends the event", async () => {
    const body = {
      ...signup,
      phone: ['030 901820', 'call me'],
      ip: 'unknown',
      currency: 'XXX',
      value: 5,
      predicted_ltv: 9,
      contents: [{ content_id: 'a', price: 5 }],
    };
    const { event, omitted } = await outcomeOf({ settings: standard(), body, headers, country: 'DE' });
    expect(event).toMatchObject({ phone: ['+4930901820'], contents: [{ content_id: 'a' }] });
    for (const field of ['ip', 'currency', 'value', 'predicted_ltv']) expect(event).not.toHaveProperty(field);
    expect(event.contents).toEqual([{ content_id: 'a' }]);
    expect(omitted).toEqual([
      { field: 'phone', code: 'invalid_phone' },
      { field: 'ip', code: 'invalid_ip' },
      { field: 'currency', code: 'unsupported_currency' },
    ]);
  });

  test.each<[string, unknown, unknown, string]>([
    ['value', '12,50 €', undefined, 'invalid_number'],
    ['page_url', '/cart', undefined, 'invalid_url'],
    ['order_id', 1.5, undefined, 'invalid_type'],
    ['ip', 'unknown', undefined, 'invalid_ip'],
    ['ip', '127.0.0.1', undefined, 'private_ip'],
    ['hashed_email', 'ABC', undefined, 'invalid_digest'],
    ['customer_type', 'guest', undefined, 'invalid_value'],
    ['content_id', { a: 1 }, undefined, 'invalid_type'],
    ['app', 'x', undefined, 'invalid_type'],
    ['ttclid', 'x'.repeat(1025), undefined, 'too_long'],
    ['ttclid', '__CLICKID__', undefined, 'placeholder'],
    ['user_agent', 'x'.repeat(3000), undefined, 'too_long'],
    ['external_id', ['a', '', {}], ['a'], 'invalid_type'],
    ['external_id', ['a', 'undefined'], ['a'], 'placeholder'],
    [
      'external_id',
      Array.from({ length: 11 }, (_, index) => `u${index}`),
      Array.from({ length: 10 }, (_, index) => `u${index}`),
      'too_many',
    ],
    ['content_ids', ['a', {}, 7], ['a', '7'], 'invalid_type'],
    ['contents', { content_id: 'a' }, undefined, 'invalid_type'],
    ['contents', [{ content_id: 'a', quantity: 1.5 }], [{ content_id: 'a' }], 'invalid_number'],
    ['contents', [{ content_id: 'a', x: 1 }, { y: 1 }], [{ content_id: 'a' }], 'unknown_field'],
    ['contents', [{ content_id: 'a' }, 'b'], [{ content_id: 'a' }], 'invalid_type'],
    ['custom_properties', { kept: 'y', nested: { a: { b: { c: 1 } } } }, { kept: 'y' }, 'invalid_type'],
    // What limits the use of data holds, however it is written.
    ['limited_data_use', 'certainly', true, 'invalid_type'],
  ])('omits a wrong %s, or a part of it, and sends the event: %j', async (field, wrong, left, code) => {
    const body = { ...signup, [field]: wrong };
    const { event, omitted } = await outcomeOf({ settings: standard(), body, headers });
    expect(Reflect.get(event, field)).toEqual(left);
    expect(event).toMatchObject({ ...signup, event_id: 'msg_1' });
    expect(omitted).toEqual([{ field, code }]);
    expect(decodeEvent(event, { receivedAtMs: nowMs, destinations })).toMatchObject({ ok: true });
  });

  test.each(['yes', 'Y', 'true', '1', 1])('reads a limited_data_use of %j as true', async (limited) => {
    const body = { ...signup, limited_data_use: limited };
    const { event, omitted } = await outcomeOf({ settings: standard(), body, headers });
    expect(event.limited_data_use).toBe(true);
    expect(omitted).toEqual([]);
  });

  test('omits an unknown field of a webhook and counts it without its name', async () => {
    const body = { ...signup, 'jane@example.com': 1 };
    const { event, omitted } = await outcomeOf({ settings: standard(), body, headers });
    expect(event).toEqual({ ...signup, event_id: 'msg_1', destination: 'default' });
    expect(omitted).toEqual([{ field: 'unknown_field', code: 'unknown_field' }]);
  });

  test.each<[string, Json]>([
    ['is empty', { event_id: '' }],
    ['is too long', { event_id: 'x'.repeat(257) }],
    ['is an object', { event_id: {} }],
  ])('uses the id of the delivery when the id of the event %s', async (_case, changes) => {
    const event = await eventOf({ settings: standard(), body: { ...signup, ...changes }, headers });
    expect(event.event_id).toBe('msg_1');
  });

  test('prefers the list of products in a webhook to a single one', async () => {
    const body = { ...signup, contents: [{ content_id: 'a' }], content_id: 'b', price: 5 };
    const { event, omitted } = await outcomeOf({ settings: standard(), body, headers });
    expect(event).not.toHaveProperty('content_id');
    expect(omitted).toEqual([
      { field: 'content_id', code: 'two_forms' },
      { field: 'price', code: 'two_forms' },
    ]);
  });

  test.each<[string, Json, string | undefined, unknown]>([
    ['without a currency anywhere is left out', {}, undefined, undefined],
    ['takes the default of its destination', {}, 'EUR', 5],
    ['in no readable currency is left out', { currency: {} }, 'EUR', undefined],
  ])("handles a value of a standard source's event that %s", async (_case, changes, currency, value) => {
    const body = { ...signup, value: 5, ...changes };
    const event = await eventOf({ settings: standard(), body, headers, ...(currency && { currency }) });
    expect(event.value).toBe(value);
  });

  test.each<[string, Json, string, string]>([
    ['has no name', { event_name: ' ' }, 'invalid_event', 'event_name: empty'],
    ['has a name that is no text', { event_name: 5 }, 'invalid_event', 'event_name: invalid_type'],
    ['has an unreadable time', { event_time: 'yesterday' }, 'invalid_event', 'event_time: invalid_time'],
    ['has a time that is no text', { event_time: {} }, 'invalid_event', 'event_time: invalid_type'],
    ['is in the future', { event_time: '2031-01-01T00:00:00Z' }, 'invalid_event', 'event_time: in_future'],
    ['is older than 28 days', { event_time: nowSeconds - 29 * 86_400 }, 'too_old', 'event_time'],
    [
      'has a test code that is no text',
      { test_event_code: 5 },
      'invalid_event',
      'test_event_code: invalid_type',
    ],
  ])(
    'skips a webhook event that %s, because it would become another event',
    async (_case, changes, reason, detail) => {
      const { outcomes } = await deliver({ settings: standard(), body: { ...signup, ...changes }, headers });
      const hint = expect.stringMatching(`^${detail.replace(/:.*/, '')}: `);
      const why = reason === 'invalid_event' ? { hint } : {};
      expect(outcomes).toEqual([{ kind: 'skipped', reason, detail, ...why }]);
    },
  );

  test('names what was left out of a webhook event that matches nobody', async () => {
    const body = { event_name: 'Subscribe', email: 'none', phone: 'call me', external_id: 'null' };
    const { outcomes } = await deliver({ settings: standard(), body, headers });
    const detail = 'email: placeholder; phone: invalid_phone; external_id: placeholder';
    expect(outcomes).toEqual([{ kind: 'skipped', reason: 'no_match_key', detail }]);
  });

  test('omits the price of one product in an unknown currency', async () => {
    const body = { ...signup, currency: 'XXX', content_id: 'a', price: 5 };
    expect(await eventOf({ settings: standard(), body, headers })).not.toHaveProperty('price');
  });

  test.each<[string, unknown, Json]>([
    ['no_match_key', { event_name: 'X' }, {}],
    ['no_match_key', { event_name: 'X', phone: 'none' }, {}],
    ['destination_not_allowed', { ...signup, destination: 'other' }, {}],
    ['no_consent', signup, { consent: 'require' }],
    ['no_consent', { ...signup, custom_properties: { tiktok_consent: 'denied' } }, { consent: 'require' }],
    ['unexpected_body', [], {}],
    ['unexpected_body', 7, {}],
    ['unexpected_body', Array.from({ length: 501 }, () => signup), {}],
  ])('skips an event of a standard source with the reason %s: %j', async (reason, body, changes) => {
    expect(await reasonOf({ settings: standard(changes), body, headers })).toBe(reason);
  });

  test("reports each entry of a webhook's list that is no event", async () => {
    const { outcomes } = await deliver({ settings: standard(), body: [signup, null, 5], headers });
    const reasons = outcomes.map((outcome) => (outcome.kind === 'event' ? 'event' : outcome.reason));
    expect(reasons).toEqual(['event', 'unexpected_body', 'unexpected_body']);
  });

  test.each<[string, unknown, string, string]>([
    ['always', 'denied', 'no_consent', ''],
    ['require', 'granted', 'event', ''],
    ['require', 'denied', 'no_consent', ''],
    ['require', 'perhaps', 'no_consent', ''],
    ['limit', 'granted', 'event', ''],
    ['limit', 'denied', 'event', 'limited'],
  ])(
    'with consent %s, a consent of %j in an event object gives: %s %s',
    async (mode, consent, reason, limited) => {
      const body = { ...signup, consent };
      const { outcomes } = await deliver({ settings: standard({ consent: mode }), body, headers });
      const [outcome] = outcomes;
      expect(outcome?.kind === 'event' ? 'event' : outcome?.reason).toBe(reason);
      if (outcome?.kind !== 'event') return;
      expect(outcome.event.limited_data_use).toBe(limited === 'limited' ? true : undefined);
      expect(outcome.event).not.toHaveProperty('consent');
    },
  );

  test('reads the keys of consent in the custom_properties of a standard source', async () => {
    const body = { ...signup, custom_properties: { tiktok_consent: 'denied' } };
    const event = await eventOf({ settings: standard({ consent: 'limit' }), body, headers });
    expect(event.limited_data_use).toBe(true);
  });
});

describe('a custom source', () => {
  const settings = (mapping: Json, changes: Json = {}) => ({
    platform: 'custom',
    auth: { profile: 'static-token', header: 'authorization' },
    mapping: { event_name: "'Purchase'", email: 'mail', ...mapping },
    ...changes,
  });
  const body = { mail: 'a@example.com', paid: hoursAgo(46), ok: 'no' };

  test("promise 2: derives the id of a custom source's event from its body, so that a repeat is the same", async () => {
    const delivery = { settings: settings({}), body };
    const first = await eventOf(delivery);
    expect(first.event_id).toMatch(/^wh-[0-9a-f]{40}$/);
    expect(await eventOf(delivery)).toEqual(first);
    expect((await eventOf({ ...delivery, body: { ...body, x: 1 } })).event_id).not.toBe(first.event_id);
    // Its webhook-id is not signed, and not believed.
    expect((await eventOf({ ...delivery, headers })).event_id).toBe(first.event_id);
  });

  test('sends an event of a custom source only within 47 hours of its payment', async () => {
    const own = settings({ 'source.paid_at': 'paid' });
    expect((await outcomeOf({ settings: own, body })).notAfterMs).toBe(nowMs + 3_600_000);
    expect(await reasonOf({ settings: own, body: { ...body, paid: hoursAgo(47) } })).toBe('stale');
    expect(await reasonOf({ settings: own, body: { ...body, paid: 'soon' } })).toBe('no_time');
    expect(await reasonOf({ settings: own, body: { ...body, paid: 8.9e15 } })).toBe('no_time');
  });

  test('reads the consent that the mapping of a custom source names', async () => {
    const own = settings({ 'source.consent': 'ok' }, { consent: 'require' });
    expect(await reasonOf({ settings: own, body })).toBe('no_consent');
    expect(await reasonOf({ settings: own, body: { ...body, ok: 'granted' } })).toBe('event');
  });

  test('skips a payment of a custom source without a date', async () => {
    const own = settings({ 'source.paid_at': 'paid' });
    expect(await reasonOf({ settings: own, body: { ...body, paid: null } })).toBe('no_time');
  });

  test('omits an optional field of a custom source whose expression does not fit', async () => {
    const { event, omitted } = await outcomeOf({ settings: settings({ value: 'sum(mail)' }), body });
    expect(event).toMatchObject({ event_name: 'Purchase', email: 'a@example.com' });
    expect(omitted).toEqual([{ field: 'value', code: 'mapping_failed' }]);
  });

  test.each(['event_name', 'event_id', 'limited_data_use', 'source.paid_at'])(
    'reports that the expression of %s did not fit',
    async (name) => {
      const { outcomes } = await deliver({ settings: settings({ [name]: 'sum(mail)' }), body });
      expect(outcomes).toEqual([{ kind: 'skipped', reason: 'mapping_failed', detail: name }]);
    },
  );
});

describe('a mapping on a built-in platform', () => {
  const own = (mapping: Json) => ({ ...choices.shopify, mapping });
  const paid = (mapping: Json) => ({ settings: own(mapping), topic: 'orders/paid', body: shopifyOrder() });

  test('overrides fields of a built-in platform with the mapping of the stage file', async () => {
    const event = await eventOf(paid({ description: 'tags', customer_type: "'new'", order_id: 'name' }));
    expect(event).toMatchObject({ event_name: 'Purchase', customer_type: 'new', order_id: '#1030' });
  });

  test('keeps the fields of a built-in platform when an expression of the mapping does not fit', async () => {
    const { event, omitted } = await outcomeOf(paid({ description: 'sum(name)', email: 'sum(name)' }));
    expect(event.email).toBe('robin.walker@example.com');
    // Its own address is sent, so no address was omitted.
    expect(omitted).toEqual([{ field: 'description', code: 'mapping_failed' }]);
  });

  test.each([
    ['a currency that TikTok does not take', 'JOD'],
    ['another currency that TikTok takes', 'AUD'],
  ])('sends no price of a line when the mapping converts the value from %s', async (_case, currency) => {
    const converted = own({ value: 'to_number(total_price) * `2`', currency: "'USD'" });
    const body = shopifyOrder({ currency, total_price: '10.00', total_price_set: null });
    const { event, omitted } = await outcomeOf({ settings: converted, topic: 'orders/paid', body });
    expect(event).toMatchObject({ value: 20, currency: 'USD', contents: [{ quantity: 1 }] });
    expect(event.contents).not.toMatchObject([{ price: expect.anything() }]);
    // The event has a currency, so none was omitted.
    expect(omitted).toEqual([]);
  });

  test.each([
    ['names the currency of the order', { currency: "'aud'" }],
    ['converts the value and the prices', { currency: "'USD'", contents: "[{content_id: '1', price: `5`}]" }],
    ['leaves the currency as it is', { currency: 'no_such_field' }],
  ])('sends the prices of lines when the mapping %s', async (_case, mapping) => {
    const body = shopifyOrder({ currency: 'AUD', total_price: '10.00', total_price_set: null });
    const { event } = await outcomeOf({ settings: own(mapping), topic: 'orders/paid', body });
    expect(event.contents).toMatchObject([{ price: expect.any(Number) }]);
  });

  test('reports no e-mail address as omitted when the mapping gives one', async () => {
    const body = shopifyOrder({ email: 'nobody', contact_email: null, customer: null });
    const withEmail = { settings: own({ email: 'tags' }), topic: 'orders/paid' };
    const given = await outcomeOf({ ...withEmail, body: { ...body, tags: 'a@example.com' } });
    expect(given.event.email).toBe('a@example.com');
    expect(given.omitted).toEqual([]);
    const missing = await outcomeOf({ ...withEmail, body: { ...body, tags: '' } });
    expect(missing.omitted).toEqual([{ field: 'email', code: 'invalid_email' }]);
  });

  test("filters a built-in platform's webhooks by its mapping, but never sends them to another destination", async () => {
    expect(await reasonOf(paid({ 'source.when': "currency == 'EUR'" }))).toBe('filtered');
    expect((await eventOf(paid({ destination: "'other'" }))).destination).toBe('default');
  });
});

describe('the consent that a mapping names on a built-in platform', () => {
  const paid = (consent: string, body: Json) => ({
    settings: { ...choices.shopify, consent, mapping: { 'source.consent': 'cart_consent' } },
    topic: 'orders/paid',
    body: shopifyOrder(body),
  });
  const denied = [{ name: 'tiktok_consent', value: 'denied' }];

  test.each<[string, Json, string]>([
    ['lets through what is granted', { cart_consent: 'granted' }, 'event'],
    ['stops what is refused', { cart_consent: 'denied' }, 'no_consent'],
    ['is not there', {}, 'no_consent'],
    ['does not overrule a refusal', { cart_consent: 'yes', note_attributes: denied }, 'no_consent'],
  ])('uses consent that the mapping of a built-in platform names when it %s', async (_case, body, reason) => {
    expect(await reasonOf(paid('require', body))).toBe(reason);
  });

  test("limits the use of data when the mapping's consent is refused", async () => {
    const event = await eventOf(paid('limit', { cart_consent: false }));
    expect(event.limited_data_use).toBe(true);
  });

  test.each(['source.each', 'source.paid_at'])(
    'stops the start when the mapping of a built-in platform contains %s, which has no effect',
    async (name) => {
      const sources = parseSources({ shop: { ...choices.shopify, mapping: { [name]: 'id' } } });
      await expect(prepareSources(sources)).rejects.toThrow(`sources.shop.mapping.${name} has no effect`);
    },
  );
});

describe('settings of sources', () => {
  test.each<[unknown, string]>([
    [{ s: { platform: 'shopify' } }, 'sources.s.contentId must be one of variant_id'],
    [{ s: { platform: 'woocommerce' } }, 'sources.s.contentId must be one of product_id'],
    [{ s: { platform: 'magento' } }, 'sources.s.platform must be one of the known platforms'],
    [{ s: { platform: 'stripe', secret: 'x' } }, 'sources.s has an unknown setting: secret'],
    [{ s: { platform: 'stripe', eventId: 'fixed' } }, 'sources.s.eventId is not valid'],
    [{ s: { platform: 'stripe', eventId: '{order_id}' } }, 'sources.s.eventId may use session_id'],
    [
      { s: { platform: 'stripe', consent: 'maybe' } },
      'sources.s.consent must be one of always, require, limit',
    ],
    [{ s: { platform: 'custom', mapping: {} } }, 'sources.s.auth'],
    [
      {
        s: {
          platform: 'custom',
          mapping: {},
          auth: { profile: 'hmac', header: 'x', signedTemplate: '{header:a}' },
        },
      },
      'sources.s.auth.signedTemplate is not valid',
    ],
    [
      { s: { platform: 'custom', mapping: {}, auth: { profile: 'hmac', header: 'x', toleranceSeconds: 5 } } },
      'sources.s.auth.toleranceSeconds and timestampHeader require each other',
    ],
    [
      {
        s: {
          platform: 'custom',
          mapping: {},
          auth: { profile: 'hmac', header: 'x', toleranceSeconds: 5, timestampHeader: 'x-time' },
        },
      },
      'sources.s.auth.timestampHeader is not part of signedTemplate',
    ],
    [{ 'a b': { platform: 'stripe' } }, 'sources.a b is not valid'],
  ])('rejects the sources %j with the message: %s', (input, problem) => {
    expect(() => parseSources(input)).toThrow(problem);
  });

  test('names the source of a broken mapping', async () => {
    const sources = parseSources({ salla: { ...choices.standard, mapping: { event_name: '(' } } });
    await expect(prepareSources(sources)).rejects.toThrow(
      'sources.salla.mapping.event_name is not a JMESPath',
    );
  });
});

test('maps the headers and the query of a webhook, which the functions header and query read', async () => {
  const mapping = { event_name: "header('x-topic')", email: "'a@example.com'", description: "query('shop')" };
  const event = await eventOf({
    settings: standard({ mapping }),
    body: {},
    headers: { ...headers, 'X-Topic': 'Lead' },
  });
  expect(event.event_name).toBe('Lead');
  expect(event).not.toHaveProperty('description');
});

test.each([
  ['not_json', '<order/>'],
  ['empty_body', ''],
])('skips a webhook as %s when its body cannot be read: %j', async (reason, body) => {
  expect(await reasonOf({ settings: standard(), body, headers })).toBe(reason);
});

test('derives an id, instead of an event_id that does not fit, when an overridden id is empty', async () => {
  const settings = { ...choices.stripe, mapping: { event_id: "''" } };
  const body = stripeEvent({ id: 'x'.repeat(300) });
  expect(await eventOf({ settings, body })).not.toHaveProperty('event_id');
});

test('names each of several wrong settings of sources', () => {
  const input = { a: { ...choices.stripe, eventId: 'fixed' }, b: { ...choices.stripe, consent: 'maybe' } };
  expect(() => parseSources(input)).toThrow(
    /sources\.a\.eventId is not valid.*; sources\.b\.consent must be/,
  );
});
