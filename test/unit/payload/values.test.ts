/** Values of foreign payloads are read by their form, and a value of another form gives nothing. */
import { expect, test } from 'vitest';
import { firstObjects } from '../../../lib/payload/values.ts';

test('firstObjects keeps the objects among the first entries of a list', () => {
  expect(firstObjects([{ id: 1 }, 'text', { id: 2 }], 2)).toEqual([{ id: 1 }]);
});

test.each([undefined, null, 'text', { length: 1, 0: { id: 1 } }])(
  'firstObjects finds none when the value is %j instead of a list',
  (value) => {
    expect(firstObjects(value, 2)).toEqual([]);
  },
);
