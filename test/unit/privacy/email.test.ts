/** E-mail addresses are trimmed and lower-cased; nothing else of them changes, and what is none is refused. */
import { expect, test } from 'vitest';
import { normalizeEmail } from '../../../lib/privacy/email.ts';

test.each([
  [' Jane.Doe+Shop@Example.COM ', 'jane.doe+shop@example.com'],
  ['\tjane@example.com\n', 'jane@example.com'],
  ['jörg@müller.example', 'jörg@müller.example'],
  ['ПОЧТА@пример.рф', 'почта@пример.рф'],
  ['a@b', 'a@b'],
  ["o'hara@example.com", "o'hara@example.com"],
])('normalizes the e-mail address %j to %j', (raw, normal) => {
  expect(normalizeEmail(raw)).toBe(normal);
  expect(normalizeEmail(normal)).toBe(normal);
});

test.each([
  '',
  ' ',
  '@',
  'jane',
  '@example.com',
  'jane@',
  'a@b@c',
  'ja ne@example.com',
  'jane@exam\u00a0ple.com',
  'ja\u0000ne@example.com',
  'jane@exa\u001fmple.com',
  'ja\u007fne@example.com',
  'ja\u0085ne@example.com',
  'jane@\u009fexample.com',
])('rejects %j as an e-mail address', (raw) => {
  expect(normalizeEmail(raw)).toBeUndefined();
});
