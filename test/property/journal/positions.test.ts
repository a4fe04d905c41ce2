/** The labels of a list survive their encoding, for any text. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeLabels, encodeLabels } from '../../../lib/journal/positions.ts';

const label = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.constantFrom('Purchase', 'AddToCart', 'a b', '50%', 'x@1'),
);
const sortedSet = (labels: readonly string[]): string[] => [...new Set(labels)].toSorted();

test('every position keeps its labels', () => {
  fc.assert(
    fc.property(fc.array(fc.array(label, { maxLength: 4 }), { minLength: 1, maxLength: 60 }), (labels) => {
      const decoded = decodeLabels(encodeLabels(labels), labels.length);
      expect(decoded.map(sortedSet)).toEqual(labels.map(sortedSet));
    }),
  );
});

test('an encoded list has one entry for each label, however many positions have it', () => {
  const labels = Array.from({ length: 500 }, (_, position) =>
    position === 499 ? ['AddToCart'] : ['Purchase'],
  );
  expect(encodeLabels(labels)).toBe('Purchase@0-498 AddToCart@499');
  expect(encodeLabels([['Purchase'], ['Purchase']])).toBe('Purchase');
  expect(encodeLabels([[], []])).toBeUndefined();
});

test('decoding any text gives a list of the right length and never throws', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 0, max: 50 }), (text, length) => {
      expect(decodeLabels(text, length)).toHaveLength(length);
    }),
  );
  expect(decodeLabels('Purchase@0-999999', 2)).toEqual([['Purchase'], ['Purchase']]);
});
