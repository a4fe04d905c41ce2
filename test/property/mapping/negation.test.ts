/** A `!` is refused exactly when the JMESPath library negates less than the whole path or comparison behind it. */
import { compile } from '@jmespath-community/jmespath';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { misleadingNegation } from '../../../lib/mapping/checks/negation.ts';

const starts = [
  'a',
  '"a b"',
  '@',
  '$',
  '(a)',
  '[a, b]',
  '{x: a}',
  '[0]',
  '[*]',
  '[1:]',
  '[]',
  '[?a]',
  '*',
  "f(a, 'x')",
  '!b',
];
const ends = [
  '.b',
  '.*',
  '[0]',
  '[-1]',
  '[*]',
  '[:2]',
  '[]',
  '[?c]',
  '[?!c]',
  '.{x: y}',
  '.f(@)',
  ' == c',
  " != 'x'",
  ' > `1`',
  ' | d',
  ' + e',
  ' - e',
];

test('finds a ! that negates less than it seems, and no other', () => {
  const parts = fc.tuple(
    fc.constantFrom('', ' '),
    fc.constantFrom(...starts),
    fc.array(fc.constantFrom(...ends), { maxLength: 4 }),
  );
  fc.assert(
    fc.property(parts, ([space, start, rest]) => {
      const text = `!${space}${start}${rest.join('')}`;
      let tree: ReturnType<typeof compile>;
      try {
        tree = compile(text);
      } catch {
        return;
      }
      expect(misleadingNegation(text) === 1).toBe(tree.type !== 'NotExpression');
    }),
    { numRuns: 3000 },
  );
});
