/** Names are compared in lower case and without punctuation; how an accent is encoded makes no difference. */
import { expect, test } from 'vitest';
import { normalizeName } from '../../../lib/privacy/names.ts';
import { sha256 } from '../../../lib/privacy/sha256.ts';

test.each([
  ['Jane', 'jane'],
  [' JANE\t', 'jane'],
  ['José', 'josé'],
  ['Jose\u0301', 'josé'],
  ['JOSE\u0301', 'josé'],
  ['O’Brien-Smith Jr.', 'obriensmith jr'],
  ['Mary Ann', 'mary ann'],
  ['Mary\u00a0Ann', 'mary ann'],
  ['Mary\u200b Ann\u00ad', 'mary ann'],
  ['\ufeffŁukasz', 'łukasz'],
  ['Ѓорѓи', 'ѓорѓи'],
  ['山田', '山田'],
  ['\u1112\u1161\u11ab', '한'],
  ['Ada 🎉', 'ada 🎉'],
  ['e-\u0301', 'é'],
  ['- .', ''],
  ['\u200b', ''],
])('normalizes the name %j to %j', (raw, normal) => {
  expect(normalizeName(raw)).toBe(normal);
});

test('hashes a name that macOS decomposed like the composed name', () => {
  expect(sha256(normalizeName('Jose\u0301'))).toMatch(/^d994e1d0/);
});
