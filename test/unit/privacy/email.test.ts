/** The decoration around an e-mail address is removed, the address is trimmed and lower-cased, and nothing else of it changes. */
import { expect, test } from 'vitest';
import { normalizeEmail } from '../../../lib/privacy/email.ts';

test.each([
  [' Jane.Doe+Shop@Example.COM ', 'jane.doe+shop@example.com'],
  ['\tjane@example.com\n', 'jane@example.com'],
  ['jörg@müller.example', 'jörg@müller.example'],
  ['ПОЧТА@пример.рф', 'почта@пример.рф'],
  ['a@b', 'a@b'],
  ["o'hara@example.com", "o'hara@example.com"],
  ['"ada"@example.com', '"ada"@example.com'],
  ['ada@[192.0.2.1]', 'ada@[192.0.2.1]'],
  ['50%40off@example.com', '50%40off@example.com'],
])('normalizes the e-mail address %j to %j', (raw, normal) => {
  expect(normalizeEmail(raw)).toBe(normal);
  expect(normalizeEmail(normal)).toBe(normal);
});

test.each([
  'mailto:ada@example.com',
  'MAILTO:Ada@Example.com?subject=Hello, Ada&cc=x',
  'mailto:ada@example.com?cc=bob@example.com',
  'mailto://ada@example.com',
  'mailto:%20ada%40example.com',
  'mailto:mailto:ada@example.com',
  'smtp:ada@example.com',
  '<ada@example.com>',
  '<mailto:ada@example.com>.',
  '"Ada" <ada@example.com>',
  'Ada Lovelace <ada@example.com>',
  '"Lovelace, Ada" <ada@example.com>',
  'Lovelace, Ada <ada@example.com>',
  "'ada@example.com' <ada@example.com>",
  '"ada@work" <ada@example.com>;',
  'ada@example.com (work)',
  'Ada (ada@example.com)',
  '"ada@example.com"',
  "'ada@example.com'",
  "'ada@example.com",
  '"ada@example.com',
  '`ada@example.com`',
  '“ada@example.com”',
  '‘ada@example.com’',
  '«ada@example.com»',
  '„ada@example.com“',
  '\\"ada@example.com\\"',
  '(ada@example.com)',
  '[ada@example.com]',
  '{ada@example.com}',
  '["ada@example.com"]',
  '[ada@example.com](mailto:ada@example.com)',
  'ada@example.com.',
  'ada@example.com,',
  'ada@example.com;',
  'ada@example.com:',
  'ada@example.com>',
  ', ada@example.com',
  'ada@example.com\u200b',
  '\ufeffada@exam\u00adple.com',
  'ada＠example.com',
  'ada﹫example.com',
  'ａｄａ＠ｅｘａｍｐｌｅ．ｃｏｍ',
  'ada@example。com',
  'ada%40example.com',
  '%E2%80%8Bada%40example.com%20',
])('repairs %j', (raw) => {
  expect(normalizeEmail(raw)).toBe('ada@example.com');
});

test('gives up on an address inside more brackets than anybody writes', () => {
  expect(normalizeEmail(`ada@example.com${')'.repeat(5)}`)).toBe('ada@example.com');
  expect(normalizeEmail(`ada@example.com${')'.repeat(50)}`)).toBeUndefined();
});

test('gives a decomposed accent the digest of the composed one', () => {
  expect(normalizeEmail('jose\u0301@example.com')).toBe('josé@example.com');
});

test.each([
  'ada@example.com, bob@example.com',
  'ada@example.com;bob@example.com',
  'ada@example.com\nbob@example.com',
  'Ada <ada@example.com>, "Byron, Bob" <bob@example.com>',
  '["ada@example.com","bob@example.com"]',
  'mailto:ada@example.com,bob@example.com?subject=x',
  'ada@example.com; n/a',
  'null, ada@example.com',
  'ada@example.com,, bob@example.com,',
])('takes the first address of the list %j', (raw) => {
  expect(normalizeEmail(raw)).toBe('ada@example.com');
});

test.each([
  '',
  ' ',
  '@',
  'jane',
  '@example.com',
  'jane@',
  'jane@.',
  'a@b@c',
  'jane@@example.com',
  'jane@example.com bob@example.com',
  'jane@example.com, bob@',
  'jane, bob@example.com, ada@example.com',
  'jane@example, com',
  'ja ne@example.com',
  'my address is jane@example.com',
  'jane @example.com',
  'jane@exam\u00a0ple.com',
  'ja\u0000ne@example.com',
  'jane@exa\u001fmple.com',
  'ja\u007fne@example.com',
  'ja\u0085ne@example.com',
  'jane@\u009fexample.com',
  '%40',
  'jane%40',
  'jane%40example%40com',
  'jane%40%ZZexample.com',
  'undefined',
  'n/a',
  'mailto:',
  '<>',
  '"',
  `jane@${'x'.repeat(1_000)}!`,
])('finds no e-mail address in %j', (raw) => {
  expect(normalizeEmail(raw)).toBeUndefined();
});
