import { expect, test } from 'vitest';
import { isNonceOf, isOpen, newConnectLink } from '../../../lib/oauth/connect-link.ts';

const nonce = 'n'.repeat(43);
const madeAtMs = Date.parse('2026-01-01T00:00:00.000Z');
const link = newConnectLink(nonce, 'default', madeAtMs);

test('stores a connect link with the digest of its nonce, its destination and an expiry in 10 minutes', () => {
  expect(JSON.stringify(link)).not.toContain(nonce);
  expect(link).toEqual({
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    destination: 'default',
    expires_at: '2026-01-01T00:10:00.000Z',
  });
});

test.each([
  [0, true],
  [599_999, true],
  [600_000, false],
])('keeps a connect link open for 10 minutes: open %d ms after its creation is %s', (ageMs, expected) => {
  expect(isOpen(link, madeAtMs + ageMs)).toBe(expected);
});

test('treats a connect link as closed when none is stored', () => {
  expect(isOpen(undefined, madeAtMs)).toBe(false);
});

test.each([
  [nonce, true],
  [nonce.toUpperCase(), false],
  ['', false],
  [link.digest, false],
  ['\u{1F600}'.repeat(2000), false],
])('accepts only the nonce of a connect link: case %#', (given, expected) => {
  expect(isNonceOf(given, link)).toBe(expected);
});
