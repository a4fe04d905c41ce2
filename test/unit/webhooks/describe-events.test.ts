/** The log line of a webhook says which event it became, with which fields, and what its mapping did not find. */
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { webhookReceiver, webhookRequest } from '../../support/webhooks/receive-webhooks.ts';
import { choices, type Json, shopifyOrder } from '../../support/webhooks/webhook-bodies.ts';

async function logOf(settings: Json, payload: unknown, headers: Readonly<Record<string, string>> = {}) {
  const { receive, sent } = await webhookReceiver({ settings });
  const { response, log = {} } = await receive(webhookRequest(JSON.stringify(payload), headers));
  return { response, log, sent };
}

const auth = { profile: 'static-token', header: 'x-token' };
const token = { 'x-token': 's3cret' };
const custom = (mapping: Json, payload: unknown, settings: Json = {}) =>
  logOf({ platform: 'custom', auth, mapping, ...settings }, payload, token);

const shopify = (own: Json, payload: Json = shopifyOrder()) => {
  const signature = createHmac('sha256', 's3cret').update(JSON.stringify(payload)).digest('base64');
  const headers = { 'x-shopify-topic': 'orders/paid', 'x-shopify-hmac-sha256': signature };
  return logOf({ ...choices.shopify, ...own }, payload, headers);
};

const order = {
  type: 'order.paid',
  data: { id: 'o-1', attributes: { total: '19.99', currency: 'EUR', email: 'jane@example.com' } },
};
const paths = {
  email: 'data.attributes.email',
  value: 'data.attributes.total',
  currency: 'data.attributes.currency',
};

test.each([true, false])('logs the event and its fields, in a dry run too: %j', async (dryRun) => {
  const mapping = { event_name: "'Purchase'", event_id: 'data.id', ...paths };
  const { log, sent } = await custom(mapping, order, { dryRun });
  expect(log).toMatchObject({
    event_name: 'Purchase',
    fields: 'event_id, event_time, email, value, currency',
  });
  expect(log.empty).toBeUndefined();
  expect(log.hint).toBeUndefined();
  expect(sent).toHaveLength(dryRun ? 0 : 1);
});

test('hints at the standard event that a name of the mapping nearly is', async () => {
  const { log } = await custom({ event_name: "'purchase'", event_id: 'data.id', ...paths }, order, {});
  expect(log).toMatchObject({
    event_name: 'purchase',
    hint: "event_name: sent as it is; TikTok's standard event is spelt Purchase",
  });
});

test('logs the fields of a platform with a built-in mapping', async () => {
  const { log } = await shopify({});
  expect(log).toMatchObject({
    event_name: 'Purchase',
    fields: expect.stringContaining('value, currency, contents'),
  });
  expect(JSON.stringify(log).length).toBeLessThan(500);
});

test('logs the entries that found nothing, each with its expression, why, and what is sent instead', async () => {
  const mapping = {
    event_name: "'Purchase'",
    event_id: 'data.ide',
    event_time: 'data.created',
    email: 'data.attributes.email',
    value: 'data.attributes.totl',
    currency: 'data.attributes.currncy',
  };
  const { log } = await custom(mapping, order);
  expect(log).toMatchObject({
    fields: 'event_id, event_time, email',
    empty:
      'event_id (data.ide); event_time (data.created); value (data.attributes.totl); currency (data.attributes.currncy)',
    hint: [
      'event_id: data has no ide; the event gets the id of the delivery or a digest of the body, which no pixel sends',
      'event_time: data has no created; the event gets the time of receipt',
      'value: data.attributes has no totl; did you mean total?',
      "currency: data.attributes has no currncy; did you mean currency? an amount gets the destination's default currency",
    ].join(' | '),
  });
});

test.each([
  ['a standard name of the body', 'type', { type: 'Lead' }, 'Lead'],
  ['a constant of the mapping', "type == 'a' && 'Trial' || 'Other'", { type: 'a' }, 'Trial'],
  ['an entry of a table in the mapping', 'pick(`{"a":"Trial"}`, type)', { type: 'a' }, 'Trial'],
  ['promise 5: any other text of the body', 'type', { type: 'jane@example.com' }, 'custom'],
  ['promise 5: a text that only resembles a constant', "type || 'jane'", { type: 'Jane' }, 'custom'],
])('logs %s as the name of the event: %s', async (_, event_name, payload, logged) => {
  const { log } = await custom({ event_name, external_id: "'x'" }, payload);
  expect(log.event_name).toBe(logged);
});

test('logs a name that the topics of the stage file give', async () => {
  const { log } = await shopify({ topics: { 'orders/paid': 'OwnPurchase' } });
  expect(log.event_name).toBe('OwnPurchase');
});

test('promise 5: logs a name of an event object only when TikTok knows it', async () => {
  const body = [
    { event_name: 'Subscribe', external_id: 'a' },
    { event_name: 'Canary Doe', external_id: 'b', custom_properties: { canary: 'doe' } },
  ];
  const payload = JSON.stringify(body);
  const key = Buffer.from('s3cret-s3cret-s3cret-s3cret', 'utf8');
  const secret = `whsec_${key.toString('base64')}`;
  const now = 1_795_176_000;
  const signature = createHmac('sha256', key).update(`m.${now}.${payload}`).digest('base64');
  const { receive } = await webhookReceiver({ settings: choices.standard ?? {}, secrets: [[secret]] });
  const headers = {
    'webhook-id': 'm',
    'webhook-timestamp': `${now}`,
    'webhook-signature': `v1,${signature}`,
  };
  const { log } = await receive(webhookRequest(payload, headers));
  expect(log).toMatchObject({
    event_name: 'Subscribe@0 custom@1',
    fields: 'event_id, event_time, external_id, custom_properties',
  });
  expect(JSON.stringify(log)).not.toMatch(/canary/i);
});

test('puts the fields and the empty entries of several events together', async () => {
  const mapping = {
    'source.each': 'items',
    event_name: "'X'",
    external_id: 'id',
    value: 'price',
    currency: "'USD'",
    brand: 'maker',
  };
  const items = [{ id: 'a', price: 1 }, { id: 'b', maker: 'm' }, { id: 'c' }];
  const { log } = await custom(mapping, { items });
  expect(log).toMatchObject({
    accepted: 3,
    event_name: 'X',
    fields: 'event_id, event_time, external_id, value, currency, contents',
    empty: 'brand (maker); value (price)',
    hint: `brand: the item has no maker: a constant needs quotes of its own, "'maker'" | value: the item has no price`,
  });
});

test('keeps the line short when a mapping with every field finds nothing', async () => {
  const names = [
    'email',
    'phone',
    'first_name',
    'last_name',
    'zip_code',
    'city',
    'state',
    'ttclid',
    'ttp',
    'locale',
  ];
  const long = Object.fromEntries(
    names.map((name) => [name, `data.attributes.a_rather_long_path_to_the_${name}`]),
  );
  const { log } = await custom({ event_name: "'X'", external_id: 'type', ...long }, order);
  expect(log.empty).toMatch(/; … \d more$/);
  expect(log.hint).toMatch(/ \| … \d more$/);
  expect(JSON.stringify(log).length).toBeLessThan(1100);
});

test.each([
  [
    'filtered',
    { 'source.when': "type == 'order.Paid'" },
    'source.when',
    "source.when: type and 'order.Paid' differ only in case or space",
  ],
  ['filtered', { 'source.when': 'data.paid' }, 'source.when', 'source.when: data has no paid'],
  ['filtered', { 'source.each': 'data.lines' }, 'source.each', 'source.each: data has no lines'],
  [
    'mapping_failed',
    { event_time: 'sum(data)' },
    'event_time',
    'event_time: sum(data) does not take an object',
  ],
  [
    'mapping_failed',
    { 'source.when': 'sum(data) > `1`' },
    'source.when',
    'source.when: sum(data) does not take an object',
  ],
  ['no_time', { 'source.paid_at': 'data.paid' }, 'source.paid_at', 'source.paid_at: data has no paid'],
  [
    'invalid_event',
    { event_time: 'type' },
    'event_time: invalid_time',
    'event_time: expected Unix seconds or milliseconds, or ISO 8601 with Z or an offset',
  ],
  [
    'invalid_event',
    { event_time: 'unix_time(type)' },
    'event_time: invalid_time',
    /^event_time: the mapping cannot read the value: expected/,
  ],
  ['no_match_key', { email: 'data.mail' }, undefined, 'email: data has no mail'],
])(
  'says for a webhook that is skipped as %s by %j which entry it was, and why',
  async (reason, mapping, detail, hint) => {
    const { log, response } = await custom({ event_name: "'X'", ...mapping }, order);
    expect(log).toMatchObject({ accepted: 0, reason });
    expect(log.detail).toBe(detail);
    if (typeof hint === 'string') expect(log.hint).toBe(hint);
    else expect(log.hint).toMatch(hint);
    expect(log.event_name).toBeUndefined();
    expect(log.fields).toBeUndefined();
    expect(response).toMatchObject({ statusCode: 200, body: `{"accepted":0,"skipped":["${reason}"]}` });
  },
);

test('says what it expected of an amount with a comma', async () => {
  const { log } = await custom(
    { event_name: "'X'", email: "'a@b.co'", value: 'total', currency: "'EUR'" },
    { total: '1.234,50' },
  );
  expect(log).toMatchObject({
    warnings: 'value:invalid_number',
    hint: 'value: expected a number of 0 or more, without currency signs or separators',
  });
});

test.each(['sum(id)', 'lower(customer)', 'client_details.browser_up'])(
  "sends the platform's own value where an override gives nothing, and does not call it omitted: %s",
  async (user_agent) => {
    const { log, sent, response } = await shopify({ mapping: { user_agent } });
    expect(JSON.parse(sent[0]?.body ?? '').event.user_agent).toMatch(/^Mozilla/);
    expect(log.warnings).toBeUndefined();
    expect(log.hint).toMatch(/^user_agent: .*[;?] the platform's own value is sent$/);
    expect(response).toMatchObject({ body: '{"accepted":1,"skipped":[]}' });
  },
);

test('calls a field omitted when neither the override nor the platform has it', async () => {
  const { log } = await shopify({ mapping: { ttclid: 'lower(customer)' } });
  expect(log).toMatchObject({ warnings: 'ttclid:unreadable' });
  expect(log.hint).toMatch(/^ttclid: the mapping cannot read the value: [^;]*$/);
});

test('calls a field omitted of which the override gives only a part', async () => {
  const contents = 'line_items[].{content_id: text(variant_id), content_name: text(properties)}';
  const { log } = await shopify({ mapping: { contents } });
  expect(log).toMatchObject({ warnings: 'contents:unreadable', fields: expect.stringContaining('contents') });
});

test('keeps silent about the overrides of an order that the platform skips', async () => {
  const { log } = await shopify({ mapping: { value: 'totl' } }, shopifyOrder({ test: true }));
  expect(log).toMatchObject({ reason: 'test_order' });
  expect(log.empty).toBeUndefined();
  expect(log.hint).toBeUndefined();
});
