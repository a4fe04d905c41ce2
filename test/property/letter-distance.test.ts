/** Laws of the distance between two spellings. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { letterDistance } from '../../lib/schema/letter-distance.ts';
import { nearestName } from '../../lib/schema/nearest-name.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 });

test('the distance of two spellings is the same both ways, and zero only for the same spelling', () => {
  fc.assert(
    fc.property(word, word, (one, other) => {
      const distance = letterDistance(one, other);
      expect(distance).toBe(letterDistance(other, one));
      expect(distance === 0).toBe(one === other);
      expect(distance).toBeGreaterThanOrEqual(Math.abs(one.length - other.length));
      expect(distance).toBeLessThanOrEqual(Math.max(one.length, other.length));
    }),
  );
});

test('one missing, added, wrong or swapped letter is a distance of one', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { minLength: 2 }),
      fc.nat(),
      (letters, seed) => {
        const at = seed % (letters.length - 1);
        const [before, first, second, after] = [
          letters.slice(0, at).join(''),
          letters[at] ?? '',
          letters[at + 1] ?? '',
          letters.slice(at + 2).join(''),
        ];
        const whole = letters.join('');
        for (const typed of [second, `${first}x${second}`, `x${second}`, second + first])
          expect(letterDistance(before + typed + after, whole)).toBe(1);
      },
    ),
  );
});

test.each([
  ['vlaue', 'value', 1],
  ['emial', 'email', 1],
  ['', 'abc', 3],
  ['kitten', 'sitting', 3],
  ['ca', 'abc', 3],
])('counts the typing errors between %s and %s: %i', (one, other, distance) => {
  expect(letterDistance(one, other)).toBe(distance);
});

test('names the first of equally near names, and none that is too far away', () => {
  expect(nearestName('ab', ['xb', 'ax'])).toBe('xb');
  expect(nearestName('abcdef', ['abcxyz'])).toBeUndefined();
  expect(nearestName('abcdef', ['abcdxy'])).toBe('abcdxy');
  expect(nearestName('a', [])).toBeUndefined();
  expect(nearestName('zzz', ['abc', 'zbc'], () => Number.POSITIVE_INFINITY)).toBe('zbc');
});
