/** Values of foreign payloads are read by their form, and a value of another form gives nothing. */
import { expect, test } from 'vitest';
import { asId, asText, firstObjects, firstText } from '../../../lib/payload/values.ts';

test('firstObjects keeps the objects among the first entries of a list', () => {
  expect(firstObjects([{ id: 1 }, 'text', { id: 2 }], 2)).toEqual([{ id: 1 }]);
});

test.each([undefined, null, 'text', { length: 1, 0: { id: 1 } }])(
  'firstObjects finds none when the value is %j instead of a list',
  (value) => {
    expect(firstObjects(value, 2)).toEqual([]);
  },
);

test.each<[unknown, string | undefined]>([
  [' Ada ', 'Ada'],
  [17, '17'],
  ['', undefined],
  [' \t\u00a0', undefined],
  ['\u200b\ufeff', undefined],
  [1.5, undefined],
  [2 ** 53, undefined],
  [true, undefined],
  [null, undefined],
])('reads the text %j as %j', (value, text) => {
  expect(asText(value)).toBe(text);
});

test.each<[unknown, string | undefined]>([
  [17, '17'],
  ['gid-1', 'gid-1'],
  [0, undefined],
  [-1, undefined],
  ['0', undefined],
  ['000', undefined],
  ['undefined', undefined],
  ['null', undefined],
  ['guest', undefined],
  ['00000000-0000-0000-0000-000000000000', undefined],
])('reads the id %j as %j', (value, id) => {
  expect(asId(value)).toBe(id);
});

test('firstText passes over what has no visible character', () => {
  expect(firstText(null, ' ', '\u200b', 'Ada', 'Bob')).toBe('Ada');
});
