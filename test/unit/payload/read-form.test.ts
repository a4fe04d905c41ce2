import { expect, test } from 'vitest';
import { readForm } from '../../../lib/payload/read-form.ts';

test.each<[string, unknown]>([
  ['a=1&b=2', { a: '1', b: '2' }],
  ['a=', { a: '' }],
  ['a=1&b', { a: '1', b: '' }],
  ['a=1&&b=2&', { a: '1', b: '2' }],
  [' a=1\r\n', { a: '1' }],
  ['a=x+y%20z%2B', { a: 'x y z+' }],
  ['a=b=c', { a: 'b=c' }],
  ['a=50%&b=%zz', { a: '50%', b: '%zz' }],
  ['name=%C5%81%C3%B3d%C5%BA+\u{1F600}', { name: 'Łódź \u{1F600}' }],
  ['a=%EF%BF%BD', { a: '\uFFFD' }],
  ['a=\uFFFD', { a: '\uFFFD' }],
  ['a=1&a=2&a=3', { a: ['1', '2', '3'] }],
  ['a[]=1', { a: ['1'] }],
  ['a[]=1&a[]=2', { a: ['1', '2'] }],
  ['a%5Bb%5D=1&a[c]=2', { a: { b: '1', c: '2' } }],
  ['a[b][c][]=1&a[b][c][]=2', { a: { b: { c: ['1', '2'] } } }],
  ['a[b]=1&a[b]=2', { a: { b: ['1', '2'] } }],
  ['a[spouse name]=x', { a: { 'spouse name': 'x' } }],
  ['i[0][sku]=a&i[1][sku]=b', { i: [{ sku: 'a' }, { sku: 'b' }] }],
  ['i[1]=b&i[0]=a', { i: { 0: 'a', 1: 'b' } }],
  ['i[7]=a', { i: { 7: 'a' } }],
  ['0=a&1=b', { 0: 'a', 1: 'b' }],
  // Names without a clear meaning stay as they are written.
  ['a[=1&]b=2&[c]=3&a[b]c=4&d[[e]]=5', { 'a[': '1', ']b': '2', '[c]': '3', 'a[b]c': '4', 'd[[e]]': '5' }],
  ['i[][sku]=a&i[][sku]=b', { 'i[][sku]': ['a', 'b'] }],
  ['a=1&a[b]=2&a[]=3', { a: ['1', '3'], 'a[b]': '2' }],
  ['a[]=1&a[b][]=2', { a: ['1'], 'a[b][]': '2' }],
  ['a[b]=1&a=2', { a: { b: '1' } }],
  ['a[1][2][3][4][5][6][7]=x', { a: { 1: { 2: { 3: { 4: { 5: { 6: { 7: 'x' } } } } } } } }],
  ['a[1][2][3][4][5][6][7][8]=x', { 'a[1][2][3][4][5][6][7][8]': 'x' }],
])('reads the form %j', (text, form) => {
  expect(readForm(text)).toEqual({ ok: true, form });
});

test('keeps names of the prototype as plain fields', () => {
  const read = readForm(
    '__proto__[admin]=1&a[__proto__][admin]=1&constructor[prototype][admin]=1&toString=1',
  );
  expect(read.ok && Object.keys(read.form)).toEqual(['__proto__', 'a', 'constructor', 'toString']);
  expect(read.ok && Object.getPrototypeOf(read.form)).toBe(Object.prototype);
  expect(read.ok && Object.hasOwn(read.form.a as object, '__proto__')).toBe(true);
  expect(({} as Record<string, unknown>).admin).toBeUndefined();
});

test.each([
  ['no_form', ''],
  ['no_form', 'verify'],
  ['no_form', '{"a":1}'],
  ['too_many_fields', 'a=1&'.repeat(1001)],
  ['not_utf8', 'a=%E9t%E9'],
  ['not_utf8', 'a%FF=1'],
])('gives the reason %s for a text that it does not read as a form: case %#', (reason, text) => {
  expect(readForm(text)).toEqual({ ok: false, reason });
});

test('reads a form of 1000 fields', () => {
  const read = readForm(Array.from({ length: 1000 }, (_, index) => `f${index}=x`).join('&'));
  expect(read.ok && Object.keys(read.form)).toHaveLength(1000);
});
