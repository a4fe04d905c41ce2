import { expect, test } from 'vitest';
import { canonicalJson } from '../../../lib/schema/canonical-json.ts';

test('writes the same text for the same content, whatever the order of the fields', () => {
  const text = '{"a":[1,{"c":null,"d":"x"}],"b":true}';
  expect(canonicalJson({ b: true, a: [1, { d: 'x', c: null }] })).toBe(text);
  expect(canonicalJson(JSON.parse(text))).toBe(text);
});

test('keeps the order of lists, which is part of the content', () => {
  expect(canonicalJson([2, 1])).toBe('[2,1]');
});

test('writes scalars at every depth in the way the caller asks for', () => {
  const asText = (value: unknown) => JSON.stringify(String(value));
  expect(canonicalJson({ a: 1, b: [2, { c: null }] }, asText)).toBe('{"a":"1","b":["2",{"c":"null"}]}');
});
