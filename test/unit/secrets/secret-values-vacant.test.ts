import { expect, test } from 'vitest';
import {
  decodeConnect,
  decodeToken,
  disconnectedValue,
  MalformedSecretError,
  spentValue,
} from '../../../lib/secrets/secret-values.ts';

const now = new Date('2026-01-01T00:00:00Z');
const digest = 'a'.repeat(64);

test.each([
  ['never written', undefined],
  ['an empty text', ' '],
  ['an empty object', '{}'],
  ['disconnected', disconnectedValue(now)],
])('finds no token in a secret that is %s', (_, text) => {
  expect(decodeToken('s', text)).toBeUndefined();
});

test.each([
  ['never written', undefined],
  ['an empty object', '{}'],
  ['spent', spentValue(now, 'request')],
])('finds no open link in a secret that is %s', (_, text) => {
  expect(decodeConnect('s', text)).toBeUndefined();
});

test.each([
  ['a misspelled field', '{"acces_token":"t"}'],
  ['a misspelled field beside the note', '{"acces_token":"t","disconnected_at":"x"}'],
  ['a list', '[]'],
  ['null', 'null'],
])('rejects a token secret that is %s', (_, text) => {
  expect(() => decodeToken('s', text)).toThrow(MalformedSecretError);
});

test('reads an open link with its digest, destination and expiry', () => {
  const link = { digest, destination: 'default', expires_at: '2026-01-01T00:10:00.000Z' };
  expect(decodeConnect('s', JSON.stringify(link))).toEqual(link);
});

test.each([
  ['digest', { digest: digest.toUpperCase() }],
  ['digest', { digest: digest.slice(1) }],
  ['destination', { destination: '../oauth-app' }],
  ['expires_at', { expires_at: 'tomorrow' }],
  ['expires_at', { expires_at: 1_800_000_000 }],
])('rejects an open link with a wrong %s by the name of the field', (field, change) => {
  const link = { digest, destination: 'default', expires_at: '2026-01-01T00:10:00Z', ...change };
  expect(() => decodeConnect('s', JSON.stringify(link))).toThrow(`secret s: ${field} is missing or not of`);
});
