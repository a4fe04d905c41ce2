import { expect, test } from 'vitest';
import { decodeEscapes } from '../../../lib/privacy/decode-escapes.ts';

test.each([
  ['a%40b', 'a@b'],
  ['a%2540b', 'a@b'],
  ['a%25252540b', 'a@b'],
  ['%61%2b+', 'a++'],
  ['a%u0040b', 'a@b'],
  ['a\\u0040b\\x2B', 'a@b+'],
  ['a&#64;b&#043;', 'a@b+'],
  ['a&#x40;b&#x0002B;', 'a@b+'],
  ['a%26%2364%3Bb', 'a@b'],
  ['%%34%30', '@'],
  ['j%C3%B6rg', 'jörg'],
  ['%F0%9F%98%80', '😀'],
  ['j%F6rg', 'j\uFFFDrg'],
  ['100%', '100%'],
  ['%4', '%4'],
  ['%zz&#;&#x;&amp;\\u00', '%zz&#;&#x;&amp;\\u00'],
  ['', ''],
])('decodes %j to %j', (text, decoded) => {
  expect(decodeEscapes(text)).toBe(decoded);
});
