import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { compileMapping } from '../../../lib/mapping/compile-mapping.ts';

const map = (yaml: string, payload: unknown, request = {}) => compileMapping(parse(yaml))(payload, request);
const event = (yaml: string, payload: unknown, request = {}) => map(yaml, payload, request).events[0];

test('maps a payload to one event', () => {
  const yaml = `
      event_name: "'Purchase'"
      event_id: order.id
      email: order.customer.email || order.contact
      value: to_number(order.total)
      contents: "order.items[].{content_id: sku, quantity: qty, price: null}"
      custom_properties: { channel: order.channel, is_first: true, rank: 3 }
      limited_data_use: true`;
  const order = {
    id: 7,
    contact: 'a@example.com',
    total: '19.90',
    items: [{ sku: 's', qty: 2 }],
    channel: '',
  };
  expect(map(yaml, { order })).toEqual({
    events: [
      {
        event_name: 'Purchase',
        event_id: 7,
        email: 'a@example.com',
        value: 19.9,
        contents: [{ content_id: 's', quantity: 2 }],
        custom_properties: { is_first: true, rank: 3 },
        limited_data_use: true,
      },
    ],
    paidAt: [undefined],
    omissions: [[]],
    skipped: [],
    consent: undefined,
    notes: [],
  });
});

test('omits a mapped field that is null, empty or absent', () => {
  const yaml = `{event_name: "'X'", email: a, phone: b, external_id: c, city: "d[?x]", ttclid: "keys(e)"}`;
  const payload = { a: null, b: '', c: ' ', d: [], e: {} };
  expect(event(yaml, payload)).toEqual({ event_name: 'X' });
});

test('maps to plain JSON even when a name has a meaning in JavaScript', () => {
  const yaml = `{event_name: "'X'", email: toString, phone: constructor, city: __proto__}`;
  expect(event(yaml, {})).toEqual({ event_name: 'X' });
});

test('maps a payload only when source.when is true', () => {
  const yaml = `{source.when: "type == 'paid' && total > \`0\`", event_name: "'X'"}`;
  expect(map(yaml, { type: 'paid', total: 1 }).events).toHaveLength(1);
  const missed = { events: [], paidAt: [], omissions: [], consent: undefined, notes: [] };
  expect(map(yaml, { type: 'open', total: 1 })).toEqual({
    ...missed,
    skipped: [{ reason: 'filtered', detail: 'source.when' }],
  });
});

test('maps a payload to several events with source.each', () => {
  const yaml = `
      source: { each: "orders[?paid]" }
      event_name: "'Purchase'"
      event_id: id
      shop_id: payload().shop`;
  const payload = { shop: 's', orders: [{ id: 'a', paid: true }, { id: 'b' }, { id: 'c', paid: true }] };
  expect(map(yaml, payload).events).toEqual([
    { event_name: 'Purchase', event_id: 'a', shop_id: 's' },
    { event_name: 'Purchase', event_id: 'c', shop_id: 's' },
  ]);
  expect(map(yaml, { orders: [] }).skipped).toEqual([{ reason: 'filtered', detail: 'source.each' }]);
});

test('names the field whose expression does not fit a payload, and keeps the other events', () => {
  const yaml = `{source.each: "@", event_name: "'X'", value: sum(prices)}`;
  const mapped = map(yaml, [{ prices: [1, 2] }, { prices: 'free' }]);
  expect(mapped.events).toEqual([{ event_name: 'X', value: 3 }]);
  expect(mapped.skipped).toMatchObject([{ reason: 'mapping_failed', detail: 'value' }]);
  expect(map(`{source.when: "length(a) > \`1\`", event_name: "'X'"}`, { a: 1 }).skipped).toMatchObject([
    { reason: 'mapping_failed', detail: 'source.when' },
  ]);
});

test('reads the time of payment and the consent with the expressions of source', () => {
  const yaml = `{event_name: "'X'", source.paid_at: paid, source.consent: ok}`;
  expect(map(yaml, { paid: 7, ok: true })).toMatchObject({ paidAt: [7], consent: 'true' });
});

const rows = (yaml: string, row: unknown) =>
  compileMapping(parse(yaml), { includeSameNames: true })(row).events[0];

test('uses a column with the name of a field without a mapping entry', () => {
  const row = {
    event_name: 'Purchase',
    email: 'a@example.com',
    total: '5',
    note: 'x',
    phone: '',
    city: null,
  };
  expect(rows('{value: total}', row)).toEqual({
    event_name: 'Purchase',
    email: 'a@example.com',
    value: '5',
  });
});

test('prefers a mapping entry to the column with the name of its field', () => {
  expect(rows('{email: mail}', { event_name: 'X', email: 'old', mail: 'new' })).toMatchObject({
    email: 'new',
  });
});

test('maps a row without any mapping entry', () => {
  expect(rows('{}', { event_name: 'X', ttclid: 'c' })).toEqual({ event_name: 'X', ttclid: 'c' });
});

const value = (expression: string, payload: unknown = {}, request = {}) =>
  compileMapping({ event_name: "'X'", description: expression })(payload, request).events[0]?.description;

test.each<[string, unknown, unknown]>([
  ["url_param(u, 'ttclid')", { u: 'https://a.example/?x=1&ttclid=E.C%2BP' }, 'E.C+P'],
  ["url_param(u, 'ttclid')", { u: '/p?ttclid=1' }, '1'],
  ["url_param(u, 'ttclid')", { u: 'https://a.example/?x=1&amp;ttclid=1' }, '1'],
  ["url_param(u, 'ttclid')", { u: '/#/p?ttclid=1' }, '1'],
  ["url_param(u, 'ttclid')", { u: 'http://' }, undefined],
  ["url_param(u, 'ttclid')", {}, undefined],
  ['url_param(u, name)', { u: '/p?ttclid=1' }, undefined],
  ['minor_units(a, c)', { a: 1999, c: 'usd' }, 19.99],
  ['minor_units(a, c)', { a: '800', c: 'JPY' }, 800],
  ['minor_units(a, c)', { a: 1234, c: 'KWD' }, 1.234],
  ['minor_units(a, c)', { a: 1999 }, undefined],
  ['unix_time(t)', { t: '2026-11-20T12:00:00+02:00' }, 1795168800],
  ['unix_time(t)', { t: '2026-11-20T12:00:00' }, 1795176000],
  ['unix_time(t)', { t: '2026-11-20' }, 1795132800],
  ['unix_time(t)', { t: 'Fri, 20 Nov 2026 12:00:00 +0000' }, 1795176000],
  ['unix_time(t)', { t: 1795176000123 }, 1795176000],
  ['unix_time(t)', { t: 'soon' }, undefined],
  ['unix_time(t)', { t: '0000-00-00 00:00:00' }, undefined],
  ['phone(p, c)', { p: '030 901820', c: 'de' }, '+4930901820'],
  ['phone(p, null)', { p: '030 901820' }, '+4930901820'],
  ['phone(p, c)', { p: 'call me', c: 'DE' }, undefined],
  ['lower(s)', { s: ' ABC ' }, 'abc'],
  ['upper(s)', { s: 'abc' }, 'ABC'],
  ['lower(s)', {}, undefined],
  ['text(n)', { n: 12 }, '12'],
  ['decode_html(s)', { s: 'A &amp; B' }, 'A & B'],
  ['parse_json(s).a[0].b', { s: '{"a":[{"b":"C"}]}' }, 'C'],
  ['parse_json(s).id', { s: '{"id":1234567890123456789}' }, '1234567890123456789'],
  ['parse_json(s).a', { s: { a: 'C' } }, 'C'],
  ['parse_json(s).a', { s: null }, undefined],
  ['pick(`{"a.b":"C"}`, s)', { s: 'a.b' }, 'C'],
  ['pick(`{"a":"C"}`, s)', { s: 'toString' }, undefined],
  ["header('x-topic')", {}, 'paid'],
  ["header('x-none')", {}, undefined],
  ['header(name)', {}, undefined],
  ['query(name)', {}, undefined],
  ["query('shop')", {}, 'de'],
  ['payload().a', { a: 1 }, 1],
  ["split(s, '-')[1]", { s: 'a-b' }, 'b'],
  ['trim(s)', { s: ' a ' }, 'a'],
])('evaluates the expression %s with %j to %j', (expression, payload, expected) => {
  const request = {
    header: (name: string) => (name === 'x-topic' ? 'paid' : undefined),
    query: (name: string) => (name === 'shop' ? 'de' : undefined),
    country: 'DE',
  };
  expect(value(expression, payload, request)).toEqual(expected);
});

test('gives the function header no value outside a webhook request', () => {
  expect(value("header('x-topic')")).toBeUndefined();
});

test.each<[unknown, string]>([
  [[], 'mapping must be an object'],
  [{}, 'mapping.event_name is missing'],
  [{ event_name: "'X'", emial: 'a' }, 'mapping.emial is not a field of an event: did you mean email?'],
  [{ event_name: 'a[' }, 'mapping.event_name is not a JMESPath expression'],
  [{ event_name: '' }, 'mapping.event_name is empty'],
  [{ event_name: "nope('X')" }, 'mapping.event_name uses a function that does not exist: nope'],
  [{ event_name: 'a[].{b: nope(@)}' }, 'function that does not exist: nope'],
  [{ event_name: 'url_param(a)' }, 'mapping.event_name is wrong: url_param takes 2 arguments'],
  [{ event_name: "'X'", email: ['a', 'b'] }, 'mapping.email must be a JMESPath expression'],
  [{ event_name: "'X'", custom_properties: { a: '(' } }, 'mapping.custom_properties.a is not a JMESPath'],
  [{ event_name: "'X'", 'source.wen': 'a' }, 'did you mean source.when?'],
  [{ event_name: "'X'", source: { each: 1 } }, 'mapping.source.each must be a JMESPath expression'],
  [{ event_name: 'a'.repeat(5000) }, 'longer than 4096'],
])('rejects the mapping %j with the message: %s', (mapping, problem) => {
  expect(() => compileMapping(mapping)).toThrow(problem);
});

test('accepts a literal that looks like a function', () => {
  expect(() => compileMapping({ event_name: '`{"type":"Function","name":"nope"}`.name' })).not.toThrow();
});
