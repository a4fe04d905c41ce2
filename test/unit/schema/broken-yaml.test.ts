import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { describeBrokenYaml } from '../../../lib/schema/broken-yaml.ts';

const describe = (text: string): string => {
  const [error] = parseDocument(text, { prettyErrors: false }).errors;
  return error === undefined ? 'valid' : describeBrokenYaml(text, error);
};

test.each([
  [
    'a name that is there twice',
    'sources: {}\napi: {}\nsources: {}\n',
    'line 3: not valid YAML (DUPLICATE_KEY): the name on this line is there a second time; keep one of the two',
  ],
  [
    'a tab at the start of a line',
    'api:\n\tthrottle: 5\n',
    'line 2: not valid YAML (TAB_AS_INDENT): indent with spaces, not with tabs',
  ],
])('says the line and the remedy for %s', (_mistake, text, expected) => {
  expect(describe(text)).toBe(expected);
});

test('says the line and the code of any other mistake', () => {
  expect(describe('api: [\n')).toMatch(/^line \d: not valid YAML \(\w+\)$/);
});
