/** Each promise of the README has a test whose title contains its number, in the form "promise 5: …". */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readPage } from './pages.ts';

const tests = fileURLToPath(new URL('..', import.meta.url));
const titles = readdirSync(tests, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts') && file !== 'docs/promises.test.ts')
  .flatMap(
    (file) => readFileSync(`${tests}${file}`, 'utf8').match(/['"`]promises? \d+[^'"`]*: [^'"`]+/g) ?? [],
  );

/** The numbers of the list below the README's heading. */
const promised = (readPage('README.md').split('## What it promises')[1] ?? '')
  .split('\n## ')[0]
  ?.match(/^\d+(?=\. )/gm)
  ?.map(Number);

test('numbers the promises of the README from 1 without a gap', () => {
  expect(promised?.length).toBeGreaterThanOrEqual(10);
  expect(promised).toEqual(promised?.map((_, index) => index + 1));
});

test.each([...(promised ?? [])])(
  'finds a test whose title starts with the number of promise %d',
  (number) => {
    expect(titles.some((title) => title.slice(1).startsWith(`promise ${number}: `))).toBe(true);
  },
);
