/** What is wrong with a mapping before any row arrives: a `!` that negates too little, entries that name no column. */
import { expect, test } from 'vitest';
import { compileMapping } from '../../../lib/mapping/compile-mapping.ts';

const compile = (when: string) => compileMapping({ event_name: "'X'", 'source.when': when });

test.each([
  ['!a == b', 1],
  ['!a != b', 1],
  ['!a > `1`', 1],
  ['!a.b', 1],
  ['! a.b', 1],
  ['!!a.b', 1],
  ['x && !a.b', 6],
  ['!a[?x]', 1],
  ['!a[0].b', 1],
  ['!a[]', 1],
  ['!a.*', 1],
  ['!a | b', 1],
  ['!$x.b', 1],
  ['!@.b', 1],
  ['!payload().b', 1],
  ["!contains(a, 'x') == b", 1],
  ['!(a).b', 1],
  ['!{b: c}.b', 1],
  ['!"a.b".c', 1],
  ["a == '!x' && !b.c", 14],
  ['items[?!a.b]', 8],
  ['length(items[?!a == b])', 15],
  ['!a + b', 1],
])('does not start with %s, whose ! at %d negates less than it seems', (when, position) => {
  expect(() => compile(when)).toThrow(
    `mapping.source.when negates less than it seems with the ! at character ${position}:`,
  );
});

test.each([
  '!a',
  '!a && b',
  '!a || b',
  'a && !b || c',
  '!(a.b)',
  '!(a == b)',
  '(!a) == b',
  '(!a).b',
  '!a[0]',
  '!a[-1]',
  '!a[*].b',
  '!a[1:].b[?c]',
  '!a ? b : c',
  "!contains(a.b, 'x')",
  "!contains(a, 'x') && b == c",
  'a != b',
  "a == '!b.c'",
  'items[?!a].b',
  'items[?!(a.b)].c == d',
  '[!a, b.c]',
  '{x: !a, y: b.c}.x',
  'map(&!a, b).c',
])('starts with %s, whose ! negates what it seems to', (when) => {
  expect(() => compile(when)).not.toThrow();
});

const known = ['total', 'currency', 'customer', 'EMAIL'];
const entriesWithout = (mapping: Record<string, unknown>) =>
  compileMapping(mapping, { includeSameNames: true })
    .entriesWithout(known)
    .filter(({ isLost }) => isLost)
    .map(({ entry }) => entry);

test.each([
  'totl',
  'totl.net',
  'to_number(totl)',
  'totl || total_net',
  "totl[?name == 'total'].value | [0]",
  'totl[0].total',
  '@.totl',
  '$.totl',
  'payload().totl',
  '{a: totl}.a',
  'let $t = totl in $t.total',
  'map(&total, items)',
  'items[*].total',
  '"TOTAL"',
  "totl == `1` && 'a' || 'b'",
])('names the entry whose expression %s names no column that there is', (value) => {
  expect(entriesWithout({ value })).toEqual(['value']);
});

test.each([
  'total',
  'total || totl',
  'customer.totl',
  'to_number(total)',
  '`5`',
  "'Purchase'",
  'keys(@)[0]',
  '@',
  'payload()',
  'let $t = total in $t',
  'customer[?x == $.totl]',
])('names no entry with the expression %s', (value) => {
  expect(entriesWithout({ value })).toEqual([]);
});

test('names the part of an object, and a control', () => {
  const custom_properties = { a: 'totl', b: 'total' };
  expect(entriesWithout({ 'source.when': 'stat', custom_properties, value: 5 })).toEqual([
    'source.when',
    'custom_properties.a',
  ]);
});

test('names only the list when the other entries read its items', () => {
  expect(entriesWithout({ source: { each: 'items', paid_at: 'x' }, value: 'price' })).toEqual([
    'source.each',
  ]);
});

test('names the unknown columns of an entry that names known ones too', () => {
  const compiled = compileMapping(
    { value: 'minor_units(cents, currency)', email: 'email || contact' },
    { includeSameNames: true },
  );
  expect(compiled.entriesWithout(['currency', 'email'])).toEqual([
    { entry: 'value', missing: ['cents'], isLost: false },
    { entry: 'email', missing: ['contact'], isLost: false },
  ]);
  expect(compiled.entriesWithout(['cents', 'currency', 'email', 'contact'])).toEqual([]);
});
