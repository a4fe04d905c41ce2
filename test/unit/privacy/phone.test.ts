/** Phones become E.164 with a plus, or are refused: nothing else can match at TikTok. */
import { expect, test } from 'vitest';
import { toE164 } from '../../../lib/privacy/phone.ts';

test.each([
  ['+12133734253', '+12133734253'],
  ['(+1)2133734253', '+12133734253'],
  ['0012133734253', '+12133734253'],
  ['+1 (213) 373-4253', '+12133734253'],
  ['+1\u00a0213\u202f373\u200e4253', '+12133734253'],
  ['+44 (0)20 7946 0000', '+442079460000'],
  ['+1234567', '+1234567'],
  ['+123456789012345', '+123456789012345'],
  ['+371234567890123', '+371234567890123'],
])('converts the international phone %s to %s in any country', (raw, expected) => {
  for (const country of [undefined, 'US', 'DE', 'XX']) expect(toE164(raw, country)).toBe(expected);
});

test.each([
  'x123',
  ' x 123',
  ' ext 123',
  ' ext. 123',
  ' ext123',
  ' Ext.123',
  ' extn 123',
  ' extension 12',
  ';ext=5',
  ' #7',
  ', 7',
  ' x1\n2',
])('cuts the extension of the phone +1 213 373 4253%s', (extension) => {
  expect(toE164(`+1 213 373 4253${extension}`, undefined)).toBe('+12133734253');
  expect(toE164(`(213) 373-4253${extension}`, 'US')).toBe('+12133734253');
});

test.each([
  ['(213) 373-4253', 'US', '+12133734253'],
  ['1 213 373 4253', 'US', '+12133734253'],
  ['020 7946 0000', 'GB', '+442079460000'],
  [' 020 7946 0000 ', 'GB', '+442079460000'],
  ['\t(213) 373-4253\n', 'US', '+12133734253'],
  ['0151 12345678', 'DE', '+4915112345678'],
  ['4000', 'NU', '+6834000'],
  ['011 49 151 12345678', 'US', '+4915112345678'],
  ['4915112345678', 'US', '+4915112345678'],
  ['4915112345678', undefined, '+4915112345678'],
  ['12133734253', 'XX', '+12133734253'],
  ['1-213-373-4253', undefined, '+12133734253'],
])('converts the phone %s in the country %s to %s', (raw, country, expected) => {
  expect(toE164(raw, country)).toBe(expected);
});

test.each([
  ['', undefined],
  [' ', 'US'],
  ['+', 'US'],
  ['+123456', undefined],
  ['+123456', 'DE'],
  ['+1234567890123456', undefined],
  ['+0213373425', 'US'],
  ['++12133734253', 'US'],
  ['2133734253', undefined],
  ['2133734253', 'XX'],
  ['02133734253', undefined],
  ['12345678901234', 'US'],
  ['98765432109876', 'US'],
  ['1234', 'DE'],
  ['491000', 'JM'],
  ['123456789012345', 'DE'],
  ['12', 'DE'],
  ['1-800-FLOWERS', 'US'],
  ['+12133734253 or +12133734254', 'US'],
  ['call me', 'US'],
  ['call (213) 373-4253', 'US'],
  ['2133734253 a', 'US'],
  ['(0)612345678', 'ES'],
  ['61(0)2345678', 'ES'],
  ['a12133734253', undefined],
  ['+1213373425a', 'US'],
])('rejects the phone %s in the country %s', (raw, country) => {
  expect(toE164(raw, country)).toBeUndefined();
});
