/** Each entry of a mapping that gives nothing says why, with the remedy, and nothing of the body but near names. */
import { expect, test } from 'vitest';
import { compileMapping } from '../../../lib/mapping/compile-mapping.ts';
import type { MappingRequest } from '../../../lib/mapping/mapping-request.ts';
import { countUnreadable } from '../../../lib/mapping/unreadable.ts';

const body = {
  type: 'order.paid',
  data: {
    attributes: {
      total: '19.99',
      currency: null,
      note: ' ',
      tags: [],
      meta: {},
      status: 'paid',
      count: '3',
      paid: false,
    },
    customer: { contact: { email: 'jane@example.com' } },
  },
  items: [
    { sku: 'A', qty: 1, 'user-agent': 'x' },
    { sku: 'B', qty: 2 },
  ],
  'user-agent': 'm',
  order: { id: 5 },
  total: 5,
};

const notesOf = (mapping: Record<string, unknown>, payload: unknown = body, request: MappingRequest = {}) =>
  compileMapping({ event_name: "'Purchase'", ...mapping }, { isTolerant: true, isExplained: true })(
    payload,
    request,
  ).notes;

const hintsOf = (mapping: Record<string, unknown>, payload: unknown = body, request: MappingRequest = {}) =>
  notesOf(mapping, payload, request).map(({ entry, hint }) => `${entry}: ${hint}`);

test.each<[string, string]>([
  ['data.attributes.totl', 'data.attributes has no totl; did you mean total?'],
  ['data.atributes.total', 'data has no atributes; did you mean attributes?'],
  ['to_number(data.attributes.totl)', 'data.attributes has no totl; did you mean total?'],
  ['$.data.attributes.totl', 'data.attributes has no totl; did you mean total?'],
  ['data | attributes.totl', 'data.attributes has no totl; did you mean total?'],
  ['@.dta', 'the body has no dta; did you mean data?'],
  ['payload().data.totl', 'payload().data has no totl'],
  ['a || data.mail', 'the body has no a; data has no mail'],
  ['not_null(a, data.mail)', 'the body has no a; data has no mail'],
  ['a || data.attributes.currency', 'the body has no a'],
  ['items.sku', 'items is a list: write items[0].sku or items[].sku'],
  ['data.attributes.total.net', 'data.attributes.total is a text, which has no net'],
  ['total.net', 'total is a number, which has no net'],
  ['order[].id', 'order is an object, not a list: leave out [] and [*]'],
  ['order[*].id', 'order is an object, not a list: leave out [] and [*]'],
  ['order[?x].id', 'order is an object, not a list'],
  ['total.*', 'total is a number, and * is for the values of an object'],
  ['items[].skuu', 'items[] has no skuu; did you mean sku?'],
  ['items[*].skuu', 'items[] has no skuu; did you mean sku?'],
  ['items[1:].skuu', 'items[1:] has no skuu; did you mean sku?'],
  ['items[0].skuu', 'items[0] has no skuu; did you mean sku?'],
  ["items[?sky == 'A'].qty | [0]", 'items[] has no sky; did you mean sku?'],
  ["items[?sku == 'A'].qti | [0]", 'items[?…] has no qti; did you mean qty?'],
  ['items[?sku == "A"].qty | [0]', "items[] has no A: for a text, write single quotes, 'A'"],
  ['data.*.emil', 'data.* has no emil'],
  ["join(' ', map(&skuu, items))", 'items[] has no skuu; did you mean sku?'],
  ['let $c = data.customr in $c.contact', 'data has no customr; did you mean customer?'],
  ['let $c = data.customer in $c.contct', 'data.customer has no contct; did you mean contact?'],
  ["type == 'order.paid' && data.totl", 'data has no totl'],
  ["type == 'order.paid' ? data.totl : total", 'data has no totl'],
  [
    'data.e_mail || data.customer.contact.eMail2',
    'data has no e_mail; data.customer.contact has no eMail2; did you mean email?',
  ],
  ['data.customer.contact.Email', 'data.customer.contact has no Email; did you mean email?'],
  ['user-agent', 'user-agent is a subtraction: write the name in double quotes, "user-agent"'],
  ['$.user-agent', 'user-agent is a subtraction: write the name in double quotes, "user-agent"'],
  [
    'items[0].user-agent',
    'items[0].user-agent is a subtraction: write the name in double quotes, items[0]."user-agent"',
  ],
  ['data/attributes', 'data / attributes is a division: write data.attributes'],
  ["'a' + 'b'", "'a' + 'b' does not take a text and a text: write join('', ['a', 'b']) for texts"],
  ['order[0].id', 'order is an object, not a list: leave out [0]'],
  ['items[].sku[0]', 'items[].sku is a text, not a list: write | [0] for the item of the list'],
  ['phone(data.totls, null)', 'data has no totls'],
  ['sum(items)', 'sum(items) does not take a list of objects'],
  ['sum(data.totls)', 'data has no totls'],
  ["total - 'a'", "total - 'a' does not take a number and a text"],
  [
    'url_param(data.attributes.total, "ttclid")',
    "the body has no ttclid: for a text, write single quotes, 'ttclid'",
  ],
])('explains the mistake of %s', (expression, hint) => {
  expect(hintsOf({ value: expression })).toEqual([`value: ${hint}`]);
});

test.each<[string, string]>([
  ['data.attributes.currency', 'data.attributes.currency is null in this body'],
  ['data.attributes.note', 'data.attributes.note is an empty text in this body'],
  ['data.attributes.tags', 'data.attributes.tags is an empty list in this body'],
  ['data.attributes.meta', 'data.attributes.meta is an empty object in this body'],
  ['data.attributes.tags[0].name', 'data.attributes.tags is an empty list in this body'],
  ['items[5].sku', 'items has no item [5] in this body'],
  ['items[-5].sku', 'items has no item [-5] in this body'],
  ["items[?sku == 'C'].qty | [0]", "no item of items fits sku == 'C'"],
  ["header('x-topic')", "header('x-topic') is not in the request"],
  ["url_param(type, 'ttclid')", "url_param(type, 'ttclid') gives nothing"],
  ['to_number(data.attributes.note)', 'data.attributes.note is an empty text in this body'],
])('says what the body does not have for %s, which is no mistake', (expression, hint) => {
  expect(hintsOf({ value: expression })).toEqual([`value: ${hint}`]);
});

test.each<[string, string]>([
  ['type == "order.paid"', 'the body has no "order.paid": for a text, write single quotes, \'order.paid\''],
  ['type == paid', "the body has no paid: for a text, write single quotes, 'paid'"],
  ["data.attributes.status == 'PAID '", "data.attributes.status and 'PAID ' differ only in case or space"],
  ["data.attributes.state == 'paid'", 'data.attributes has no state; did you mean status?'],
  [
    'data.attributes.count == `3`',
    "data.attributes.count is a text and `3` is a number, which are never equal: write '3'",
  ],
  ["total == '5'", "'5' is a text and total is a number, which are never equal: write `5`"],
  [
    'data.attributes.status == `true`',
    "data.attributes.status is a text and `true` is a boolean, which are never equal: write 'true'",
  ],
  ['type == total', 'type is a text and total is a number, which are never equal'],
  [
    'data.attributes.total > `3`',
    'data.attributes.total is a text, and only numbers have an order: write to_number(data.attributes.total)',
  ],
  ["type == 'a' && foo.bar", "type == 'a' is false"],
  [
    "type == 'order.paid' && data.attributes.stat == 'paid'",
    'data.attributes has no stat; did you mean status?',
  ],
  ["type == 'a' || type == 'b'", "type == 'a' is false"],
  ["type != 'order.paid'", "type != 'order.paid' is false"],
  ['!(type)', '!(type) is false'],
  ["contains(['a', 'b'], type)", "contains(['a', 'b'], type) is false"],
  ["starts_with(type, 'refund')", "starts_with(type, 'refund') is false"],
  ['data.attributes.paid', 'data.attributes.paid is false in this body'],
  ['data.attributes.currency', 'data.attributes.currency is null in this body'],
  ['total > `10`', 'total > `10` is false'],
])('says why a body is filtered by %s', (when, hint) => {
  const compiled = compileMapping({ event_name: "'X'", 'source.when': when }, { isExplained: true });
  const { skipped, notes } = compiled(body);
  expect(skipped).toEqual([{ reason: 'filtered', detail: 'source.when' }]);
  expect(notes).toEqual([
    { entry: 'source.when', expression: when.replace(/\s+$/, ''), isEmpty: false, hint },
  ]);
});

test.each<[Record<string, unknown>, string]>([
  [
    { custom_properties: { channel: 'web', kind: 'type' } },
    `custom_properties.channel: the body has no web: a constant needs quotes of its own, "'web'"`,
  ],
  [{ currency: 'usd' }, `currency: the body has no usd: a constant needs quotes of its own, "'usd'"`],
  [{ brand: '"Acme Ltd"' }, `brand: the body has no "Acme Ltd": for a text, write single quotes, 'Acme Ltd'`],
  [{ email: 'mail' }, 'email: the body has no mail'],
  [{ event_name: "type == 'a' && 'Lead'" }, "event_name: type == 'a' is false"],
  [{ contents: 'items[].{content_id: skew, quantity: qty}' }, 'contents.content_id: items[] has no skew'],
  [{ contents: '{content_id: order.sku, quantity: total}' }, 'contents.content_id: order has no sku'],
  [
    { value: 'to_number(type)' },
    'value: the mapping cannot read the value: expected a number such as 1999.5, with a point and without other separators',
  ],
  [{ 'source.consent': 'consnt' }, 'source.consent: the body has no consnt'],
  [{ 'source.paid_at': 'paid_at' }, 'source.paid_at: the body has no paid_at'],
])('names the entry or the part of %j that gives nothing', (mapping, hint) => {
  expect(hintsOf(mapping)).toEqual([hint]);
});

test('gives the expression on one line and shortened, and says which entries are empty', () => {
  const expression = `data.totl ||\n  ${'data.total_of_everything || '.repeat(5)} data.x`;
  const [note] = notesOf({ value: expression });
  expect(note).toMatchObject({ entry: 'value', isEmpty: true });
  expect(note?.expression).toMatch(/^data\.totl \|\| data\.total_of.{50,70}…$/);
  expect(notesOf({ value: 'sum(items)' })).toMatchObject([{ isEmpty: false }]);
});

test('reads an item with source.each, and knows what only the body has', () => {
  expect(
    hintsOf({ 'source.each': 'items', value: 'price', currency: 'total', 'source.consent': 'yes' }),
  ).toEqual([
    'source.consent: the body has no yes',
    'value: the item has no price',
    'currency: the item has no total, but the body has: write payload().total',
  ]);
});

test('explains an entry once for all items, and notes it when only some lack it', () => {
  const notes = notesOf({ 'source.each': 'items', user_agent: '"user-agent"', value: 'x' });
  expect(notes.map(({ entry }) => entry)).toEqual(['value', 'user_agent']);
});

test.each([
  ['order', 'source.each: it gives an object, not a list, and makes one event'],
  ['data.attributes.tags', 'source.each: data.attributes.tags is an empty list in this body'],
  ['lines', 'source.each: the body has no lines'],
])('says what is wrong with source.each: %s', (each, hint) => {
  expect(hintsOf({ 'source.each': each })).toEqual([hint]);
});

test('names the header that the request lacks only when it lacks it', () => {
  const request = { header: (name: string) => (name === 'x-topic' ? 'paid' : undefined) };
  expect(hintsOf({ value: "header('x-topic')", brand: "header('x-brand')" }, body, request)).toEqual([
    "brand: header('x-brand') is not in the request",
  ]);
});

test('notes nothing for entries that give a value, whatever their alternatives lack', () => {
  const mapping = {
    value: 'a.b || total',
    email: 'not_null(x, data.customer.contact.email)',
    contents: 'items[].{content_id: sku}',
    custom_properties: { a: 'type', b: 5 },
    event_id: 'order.id',
  };
  expect(notesOf(mapping)).toEqual([]);
});

test('notes nothing for rows, which have columns that are known', () => {
  expect(compileMapping({ value: 'totl' }, { includeSameNames: true })(body).notes).toEqual([]);
});

test.each([
  ['jane@example.com', 'jane@exmple.com'],
  ['491701234567', '"491701234568"'],
  ['jane_1987_05', 'jane_1987_06'],
  ['ann', 'an'],
  ['jane_van_der_berg', 'jane_von_den_borg'],
])('does not suggest the key %s for %s: it can be personal', (key, expression) => {
  const path = /^[\w]+$/.test(expression) ? expression : JSON.stringify(expression.replaceAll('"', ''));
  expect(JSON.stringify(notesOf({ email: `data.${path}` }, { data: { [key]: 'x' } }))).not.toContain(
    'did you mean',
  );
});

test('suggests no name for a body with thousands of keys beyond the first', () => {
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, 1]));
  expect(hintsOf({ email: 'emial' }, { email: '', ...many })).toEqual([
    'email: the body has no emial; did you mean email?',
  ]);
  expect(hintsOf({ email: 'emial' }, { ...many, email: '' })).toEqual(['email: the body has no emial']);
});

test('gives up on an explanation that costs too much, and keeps the event', () => {
  const deep = Array.from({ length: 600 }, () => 'a').join(' || ');
  const { events, notes } = compileMapping({ event_name: "'X'", value: deep }, { isExplained: true })(body);
  expect(events).toHaveLength(1);
  expect(notes).toMatchObject([{ entry: 'value', isEmpty: true, hint: undefined }]);
});

test('explains the first entries only when the body is very large, and keeps all notes', () => {
  const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index}`, 1]));
  const hints = hintsOf({ value: 'a.b', currency: 'c.d', email: 'e.f', phone: 'g.h', ip: 'i.j' }, wide);
  expect(hints).toEqual([
    'value: the body has no a',
    'currency: the body has no c',
    'email: the body has no e',
    'phone: the body has no g',
    'ip: undefined',
  ]);
});

test('takes a name that other items of the list have for no mistake', () => {
  const items = [{ sku: 'A' }, { sku: 'B', kind: 'y' }];
  expect(hintsOf({ value: "items[?kind == 'x'].sku | [0]" }, { items })).toEqual([
    "value: no item of items fits kind == 'x'",
  ]);
  expect(hintsOf({ value: "items[?color == 'x'].sku | [0]" }, { items })).toEqual([
    'value: items[] has no color',
  ]);
});

test('notes a part of a list only when no item has it', () => {
  const contents = 'items[].{content_id: sku, quantity: qty}';
  expect(notesOf({ contents }, { items: [{ sku: 'A', qty: 1 }, { qty: 2 }] })).toEqual([]);
});

test('keeps the note of the first item that gives nothing', () => {
  const mapping = { 'source.each': 'items', value: 'to_number(price)' };
  const first = [
    { entry: 'value', expression: 'to_number(price)', isEmpty: true, hint: 'the item has no price' },
  ];
  expect(notesOf(mapping, { items: [{ id: 1 }, { id: 2, pric: 3 }] })).toEqual(first);
  expect(notesOf(mapping, { items: [{ id: 1 }, { id: 2, price: 'x' }] })).toEqual(first);
});

test('leaves nothing behind of what an explanation could not read', () => {
  expect(hintsOf({ value: 'sum(items) + to_number(type)' })).toHaveLength(1);
  expect(countUnreadable()).toBe(0);
});
