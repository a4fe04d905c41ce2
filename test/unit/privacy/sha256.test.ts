/** What counts as a digest, and how logs name an event. */
import { expect, test } from 'vitest';
import { fingerprint, isDigest, looksLikeDigest, sha256 } from '../../../lib/privacy/sha256.ts';

const digest = `${'a'.repeat(63)}0`;

test('hashes UTF-8 text to a digest in lower-case hex', () => {
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(sha256('ł')).toBe('6bd022e87d92407bdc51339598d8578ce666e8f33dcce747bfdebae2b5d9459b');
});

test.each([
  { text: digest, is: true, looks: true },
  { text: digest.toUpperCase(), is: false, looks: true },
  { text: ` ${digest}`, is: false, looks: true },
  { text: `${digest}\n`, is: false, looks: true },
  { text: digest.slice(1), is: false, looks: false },
  { text: `${digest}0`, is: false, looks: false },
  { text: `x${digest}`, is: false, looks: false },
  { text: `g${digest.slice(1)}`, is: false, looks: false },
  { text: '', is: false, looks: false },
])('decides whether $text is a digest and whether it looks like one', ({ text, is, looks }) => {
  expect(isDigest(text)).toBe(is);
  expect(looksLikeDigest(text)).toBe(looks);
});

test('names an event by the first 16 characters of the digest of its id', () => {
  expect(fingerprint('order-1001')).toBe(sha256('order-1001').slice(0, 16));
  expect(fingerprint('order-1001')).toMatch(/^[0-9a-f]{16}$/);
});
