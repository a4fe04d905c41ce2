/** The text of which the id of a row is made is the same as the one that is made cell by cell, whatever the row contains. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortedText } from '../../../lib/rows/row-identity.ts';
import { canonicalJson } from '../../../lib/schema/canonical-json.ts';

const cellByCell = (value: unknown): string =>
  canonicalJson(value, (scalar) => JSON.stringify(String(scalar)));

const key = fc.oneof(
  fc.string(),
  fc.nat(120).map(String),
  fc.constantFrom('__proto__', 'toJSON', 'a', 'B', 'é'),
);

test('the text of any row equals the one that is made cell by cell', () => {
  fc.assert(
    fc.property(fc.anything({ key, maxDepth: 3, withNullPrototype: false }), (value) => {
      expect(sortedText([value, null])).toBe(cellByCell([value, null]));
    }),
    { numRuns: 2_000 },
  );
});

test('keys that look like numbers keep the order of their text', () => {
  expect(sortedText({ 10: 1, 9: 2, a: 3 })).toBe('{"10":"1","9":"2","a":"3"}');
  expect(sortedText(JSON.parse('{"__proto__":1,"b":2}'))).toBe('{"__proto__":"1","b":"2"}');
});
