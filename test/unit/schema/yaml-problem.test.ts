import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { yamlProblem } from '../../../lib/schema/yaml-problem.ts';

const problemOf = (text: string) => yamlProblem(parseDocument(text, { prettyErrors: false }), text);

test.each([
  ['a tab as indentation', 'a:\n\tb: 1\n', 'use spaces'],
  ['a colon and a space inside a value', "a: 1\nb: pick({a: 'x'}, c)\n", 'put the value into double quotes'],
  ['a value that starts with a backtick', 'a: 1\nb: `1`\n', 'put it into double quotes'],
  ['a name twice', 'a: 1\na: 2\n', 'keep one'],
  ['an entry that is not aligned', 'a:\n    b: 1\n', undefined],
  ['text behind a quoted value', "a: 1\nb: 'x' == c\n", 'put the whole value into double quotes'],
  ['a negation without quotes', 'a: 1\nb: !test\n', 'starts with ! is a tag of YAML'],
  ['a wildcard without quotes', 'a: 1\nb: *.id\n', 'starts with * is an alias of YAML'],
  ['an alias of an anchor', 'a: &x 1\nb: *x\n', undefined],
  ['a second document', 'a: 1\n---\nb: 2\n', 'the rule MULTIPLE_DOCS of YAML is broken'],
])('names %s with the remedy', (_what, text, remedy) => {
  const found = problemOf(text);
  expect(found?.line).toBe(remedy === undefined ? undefined : 2);
  expect(found?.problem).toEqual(remedy === undefined ? undefined : expect.stringContaining(remedy));
});

test('repeats nothing of the file', () => {
  expect(JSON.stringify(problemOf('a: *secret-value\n'))).not.toContain('secret-value');
});
