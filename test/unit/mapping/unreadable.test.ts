/** A value that is there and cannot be read is never the same as an absent one. */
import { expect, test } from 'vitest';
import { compileMapping } from '../../../lib/mapping/compile-mapping.ts';

const request = { country: 'US' };
const map = (mapping: Record<string, unknown>, row: unknown) =>
  compileMapping({ event_name: "'Purchase'", ...mapping })(row, request);

/** Whether the field is in the event, the codes of what was omitted, and what was skipped. */
function outcomeOf(mapping: Record<string, unknown>, row: unknown) {
  const { events, omissions, skipped } = map(mapping, row);
  return {
    events,
    omitted: omissions.flat().map(({ field, code }) => `${field}: ${code}`),
    skipped: skipped.map(({ reason, detail }) => `${reason} ${detail}`),
  };
}

test.each<[string, string, unknown]>([
  ['event_time', 'unix_time(v)', 'soon'],
  ['event_time', 'unix_time(v)', '2026-02-30 10:00:00'],
  ['event_time', 'unix_time(v)', 1_795_670_245_369_833],
  ['event_time', 'unix_time(v)', 0],
  ['event_time', 'unix_time(v)', false],
  ['event_time', 'unix_time(v) || unix_time(none)', 'soon'],
  ['event_time', 'not_null(unix_time(v), none)', 'soon'],
  ['event_time', 'v && unix_time(v)', 'soon'],
  ['event_time', 'to_number(v)', '2026-10-01 10:00:00+00'],
  ['source.paid_at', 'unix_time(v)', 'soon'],
])('gives no event when %s, mapped with %s, is %j', (field, expression, v) => {
  expect(outcomeOf({ [field]: expression }, { v })).toEqual({
    events: [],
    omitted: [],
    skipped: [`invalid_event ${field}: invalid_time`],
  });
  expect(map({ [field]: expression }, { v }).skipped[0]?.fault).toMatchObject({
    field,
    code: 'invalid_time',
  });
});

test.each([
  ['event_id', 'text(v)', { id: 7 }],
  ['event_name', 'upper(v)', ['a']],
  ['limited_data_use', 'to_number(v) > `0`', 'yes'],
])('gives no event when %s, mapped with %s, is %j', (field, expression, v) => {
  const { events, skipped } = map({ [field]: expression }, { v });
  expect(events).toEqual([]);
  expect(skipped).toMatchObject([
    { reason: 'invalid_event', detail: `${field}: unreadable`, fault: { field, code: 'unreadable' } },
  ]);
});

test.each<[string, string, Record<string, unknown>]>([
  ['value', 'minor_units(v, c)', { v: '1.999,00', c: 'EUR' }],
  ['value', 'minor_units(v, c)', { v: -5, c: 'EUR' }],
  ['value', 'minor_units(v, c)', { v: 1999, c: '' }],
  ['value', 'minor_units(v, c)', { v: 1999, c: 'Euro' }],
  ['value', 'to_number(v)', { v: '1.999,00' }],
  ['value', 'to_number(v)', { v: 'Infinity' }],
  ['value', 'to_number(v)', { v: '0x10' }],
  ['value', 'to_number(v)', { v: '0b11' }],
  ['value', 'to_number(v)', { v: true }],
  ['phone', 'phone(v, c)', { v: 'n/a', c: 'DE' }],
  ['phone', 'phone(v, c)', { v: ['030 901820'], c: 'DE' }],
  ['phone', 'phone(v, c)', { v: '213 373 4253', c: 'Atlantis' }],
  ['phone', 'phone(v, c)', { v: '213 373 4253', c: 7 }],
  ['phone', 'phone(v, c)', { v: '213 373 4253', c: {} }],
  ['ttclid', "url_param(v, 'ttclid')", { v: 'http://' }],
  ['ttclid', "url_param(v, 'ttclid')", { v: {} }],
  ['email', 'lower(v)', { v: {} }],
  ['city', 'upper(v)', { v: true }],
  ['description', 'decode_html(v)', { v: [] }],
  ['description', 'parse_json(v).text', { v: 'text=1' }],
  ['order_id', 'text(v)', { v: 2 ** 60 }],
])('omits and reports %s when %s cannot read %j', (field, expression, row) => {
  expect(outcomeOf({ [field]: expression }, row)).toEqual({
    events: [{ event_name: 'Purchase' }],
    omitted: [`${field}: unreadable`],
    skipped: [],
  });
});

test('says what a function expected, and never the value', () => {
  const { omissions, skipped } = map({ value: 'to_number(v)' }, { v: '4111 1111' });
  expect(skipped).toEqual([]);
  expect(omissions).toEqual([
    [
      {
        field: 'value',
        code: 'unreadable',
        message: expect.stringMatching(/^the mapping cannot read the value: expected a number such as/),
      },
    ],
  ]);
  expect(JSON.stringify(omissions)).not.toContain('4111');
  const [missed] = map({ event_time: 'unix_time(v)' }, { v: 1_795_670_245_369_833 }).skipped;
  expect(missed?.fault?.message).toContain('not microseconds: divide by 1,000,000');
});

test.each<[string, unknown]>([
  ['unix_time(v)', null],
  ['unix_time(v)', ' '],
  ['minor_units(v, `"EUR"`)', ''],
  ['to_number(v)', ''],
  ['to_number(v)', null],
  ["url_param(v, 'ttclid')", null],
  ["url_param(v, 'ttclid')", 'https://shop.example/?a=1'],
  ["phone(v, 'Atlantis')", '\u200b'],
  ['lower(v)', ''],
  ['text(v)', null],
])('takes the value of %s for absent when it is %j', (expression, v) => {
  for (const field of ['event_time', 'description'])
    expect(outcomeOf({ [field]: expression }, { v })).toEqual({
      events: [{ event_name: 'Purchase' }],
      omitted: [],
      skipped: [],
    });
});

const zeroDates = ['0000-00-00', '0000-00-00 00:00:00', '0001-01-01T00:00:00Z'];

test.each(zeroDates)('rejects the zero date of a database as the time of an event: %s', (v) => {
  for (const expression of ['unix_time(v)', 'unix_time(v) || unix_time(none)'])
    expect(outcomeOf({ event_time: expression }, { v }).skipped).toEqual([
      'invalid_event event_time: invalid_time',
    ]);
});

test.each(zeroDates)('takes a zero date for absent in a condition and in other fields: %s', (v) => {
  const mapping = { 'source.when': 'unix_time(v) == `null`', description: 'unix_time(v)' };
  expect(outcomeOf(mapping, { v })).toEqual({
    events: [{ event_name: 'Purchase' }],
    omitted: [],
    skipped: [],
  });
});

test('takes the time of an alternative in place of a zero date', () => {
  const { events } = outcomeOf(
    { event_time: 'unix_time(paid) || unix_time(created)' },
    { paid: '0000-00-00 00:00:00', created: 1_795_670_245 },
  );
  expect(events).toEqual([{ event_name: 'Purchase', event_time: 1_795_670_245 }]);
});

test.each([
  ['unix_time(a) || unix_time(b)', { a: 'soon', b: 1_795_670_245 }],
  ['unix_time(b) || unix_time(a)', { a: 'soon', b: 1_795_670_245 }],
  ['not_null(unix_time(a), unix_time(b))', { a: 'soon', b: 1_795_670_245 }],
  ['(unix_time(a) || unix_time(none)) || unix_time(b)', { a: 'soon', b: 1_795_670_245 }],
])('reports nothing when another alternative of %s gives the time', (expression, row) => {
  expect(outcomeOf({ event_time: expression }, row)).toEqual({
    events: [{ event_name: 'Purchase', event_time: 1_795_670_245 }],
    omitted: [],
    skipped: [],
  });
});

test('reports a part of a list or an object that it cannot read, and keeps the rest', () => {
  const contents = 'items[].{content_id: id, price: minor_units(cents, cur)}';
  const items = [
    { id: 'a', cents: 'free', cur: 'EUR' },
    { id: 'b', cents: 100, cur: 'EUR' },
  ];
  const custom_properties = { weight: 'to_number(weight)', color: 'color' };
  const row = { items, weight: '5 kg', color: 'red' };
  expect(outcomeOf({ contents, custom_properties }, row)).toEqual({
    events: [
      {
        event_name: 'Purchase',
        contents: [{ content_id: 'a' }, { content_id: 'b', price: 1 }],
        custom_properties: { color: 'red' },
      },
    ],
    omitted: ['contents: unreadable', 'custom_properties: unreadable'],
    skipped: [],
  });
});

test('reports no part of a list that has an alternative', () => {
  const contents = 'items[].{content_id: id, price: minor_units(cents, cur) || price}';
  const row = { items: [{ id: 'a', cents: 'free', cur: 'EUR', price: 5 }] };
  expect(outcomeOf({ contents }, row)).toMatchObject({
    events: [{ contents: [{ content_id: 'a', price: 5 }] }],
    omitted: [],
  });
});

test.each([
  ['source.when', 'unix_time(v) > `0`'],
  ['source.when', 'to_number(v) == `5`'],
  ['source.consent', 'text(v)'],
  ['source.each', 'items[?to_number(@) > `0`]'],
])('does not decide with %s: %s on a value that it cannot read', (control, expression) => {
  const row = { v: { at: 1 }, items: [1, 'two'] };
  expect(outcomeOf({ [control]: expression }, row)).toEqual({
    events: [],
    omitted: [],
    skipped: [`invalid_event ${control}: unreadable`],
  });
});

test.each(['consent', 'limited_data_use'])(
  'makes no event of an item whose %s cannot be read, because the choice may be a refusal',
  (field) => {
    const mapping = { event_name: "'X'", [field]: 'lower(choice)' };
    const { events, skipped } = compileMapping(mapping, { isTolerant: true })({ choice: ['denied'] });
    expect(events).toEqual([]);
    expect(skipped).toMatchObject([{ reason: 'invalid_event', detail: `${field}: unreadable` }]);
  },
);

test('keeps the other items of a list when the time of one cannot be read', () => {
  const mapping = { 'source.each': '@', event_time: 'unix_time(t)', event_id: 'id' };
  const rows = [
    { id: 'a', t: 1_795_670_245 },
    { id: 'b', t: 'soon' },
    { id: 'c', t: null },
  ];
  const { events, omissions, skipped } = map(mapping, rows);
  expect(events).toEqual([
    { event_name: 'Purchase', event_id: 'a', event_time: 1_795_670_245 },
    { event_name: 'Purchase', event_id: 'c' },
  ]);
  expect(omissions).toEqual([[], []]);
  expect(skipped).toMatchObject([{ reason: 'invalid_event', detail: 'event_time: invalid_time' }]);
});

test('omits a field whose expression fails, and says so, for a sender that cannot correct it', () => {
  const mapping = { event_name: "'X'", value: 'sum(prices)' };
  const { omissions } = compileMapping(mapping, { isTolerant: true })({ prices: 'free' });
  expect(omissions).toMatchObject([[{ field: 'value', code: 'mapping_failed' }]]);
});

test('reads each value for itself: a fault of one field does not reach the next', () => {
  const mapping = { value: 'to_number(v)', city: 'c', phone: 'phone(p, none)', description: 'max(v)' };
  const compiled = compileMapping({ event_name: "'X'", ...mapping }, { isTolerant: true });
  expect(compiled({ v: 'free', c: '', p: '' }).omissions[0]?.map(({ field }) => field)).toEqual([
    'value',
    'description',
  ]);
  expect(compiled({ v: 5, c: 'Rom', p: '' }).omissions[0]?.map(({ field }) => field)).toEqual([
    'description',
  ]);
});

test('reads a phone without a country of its own with the default country', () => {
  for (const country of [null, '', ' '])
    expect(map({ phone: 'phone(p, c)' }, { p: '213 373 4253', c: country }).events[0]?.phone).toBe(
      '+12133734253',
    );
  expect(map({ phone: 'phone(p, c)' }, { p: '+1 213 373 4253', c: 'Atlantis' }).events[0]?.phone).toBe(
    '+12133734253',
  );
});
