/** The first public address among those of a platform names the visitor. */
import { expect, test } from 'vitest';
import { publicIp, visitorIp, visitorLocale } from '../../../lib/payload/visitor.ts';

test.each<[string | null, string | undefined]>([
  ['203.0.113.1', '203.0.113.1'],
  ['203.0.113.1:51234', '203.0.113.1'],
  ['203.0.113.1:51234, 10.0.0.1:80', '203.0.113.1'],
  ['10.0.0.1, 203.0.113.1', '203.0.113.1'],
  ['127.0.0.1, ::1', undefined],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['::ffff:203.0.113.1', '203.0.113.1'],
  ['::ffff:10.0.0.1', undefined],
  ['2001:db8::1', '2001:db8::1'],
  ['192.168.1.1', undefined],
  ['172.20.0.1', undefined],
  ['127.0.0.1', undefined],
  ['::1', undefined],
  ['fe80::1', undefined],
  ['2001:db8::1%eth0', undefined],
  ['::', undefined],
  ['1.2.3', undefined],
  [null, undefined],
])("reads the visitor's address %s as %s", (given, expected) => {
  expect(publicIp(given)).toBe(expected);
});

test('passes over private addresses and other texts to the first public address', () => {
  expect(publicIp(null, 'unknown', '10.0.0.1', 7, '203.0.113.1', '203.0.113.2')).toBe('203.0.113.1');
});

test('names the first text when there is no public address, so that the event says what was omitted', () => {
  expect(visitorIp(null, '10.0.0.1', 'unknown')).toBe('10.0.0.1');
  expect(visitorIp('::1', '203.0.113.1')).toBe('203.0.113.1');
  expect(visitorIp(null, '', {})).toBeUndefined();
});

test.each<[unknown[], string | undefined]>([
  [['pt-BR'], 'pt-BR'],
  [[null, '', 'en-GB,en-US;q=0.9,en;q=0.8'], 'en-GB'],
  [['de;q=0.5'], 'de'],
  [['*', 'fr'], 'fr'],
  [[{}, undefined, '*;q=0.1'], undefined],
])('reads the language of a visitor from %j', (candidates, locale) => {
  expect(visitorLocale(...candidates)).toBe(locale);
});
