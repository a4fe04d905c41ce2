/** Names, states and postal codes have one form, whatever people, shops and spreadsheets made of them. */
import { expect, test } from 'vitest';
import { normalizeName, normalizePlace, normalizeZip } from '../../../lib/privacy/names.ts';
import { normalizeState } from '../../../lib/privacy/state.ts';

test.each([
  ['Jose\u0301', 'jos\u00e9'],
  ['Jos\u00e9', 'jos\u00e9'],
  ['\u00a0O\u2019Neill\u200b', 'oneill'],
  ['J\u030c', '\u01f0'],
  ['e-\u0301', '\u00e9'],
  ['M\u00fcller-L\u00fcdenscheidt', 'm\u00fcllerl\u00fcdenscheidt'],
])('normalizes the name %j to %j', (raw, expected) => {
  expect(normalizeName(raw)).toBe(expected);
});

test.each([
  ['San Jose\u0301', 'sanjos\u00e9'],
  ['S\u00e3o\u00adPaulo', 's\u00e3opaulo'],
  ["Coeur d'Alene", 'coeurdalene'],
])('normalizes the city %j to %j', (raw, expected) => {
  expect(normalizePlace(raw)).toBe(expected);
});

test.each([
  ['2134', 'US', '02134'],
  ['2134', 'us', '02134'],
  ['2134.0', 'US', '02134'],
  ['501', 'US', '00501'],
  ['95110', 'US', '95110'],
  ['95110-1234', 'US', '95110'],
  ['95110 1234', 'US', '95110'],
  ['951101234', 'US', '95110'],
  ['02134-1234', 'US', '02134'],
  ['21341234', 'US', '02134'],
  ['601', 'PR', '00601'],
  ['12', 'US', '12'],
  ['2134', undefined, '2134'],
  ['95110-1234', undefined, '951101234'],
  ['951101234', 'DE', '951101234'],
  ['1067', 'DE', '01067'],
  ['1067.0', 'DE', '01067'],
  ['1000', 'FR', '01000'],
  ['118', 'IT', '00118'],
  ['8001', 'ES', '08001'],
  ['100', 'FI', '00100'],
  ['1310-100', 'BR', '01310100'],
  ['600001', 'JP', '0600001'],
  ['\uff11\uff10\uff10\uff0d\uff10\uff10\uff10\uff11', 'JP', '1000001'],
  ['\u3012100-0001', 'JP', '1000001'],
  ["'02134", 'US', '02134'],
  ["'2134", 'US', '02134'],
  ['="02134"', 'US', '02134'],
  ['\u201902134-1234', 'US', '02134'],
  ["'SW1A 1AA", 'GB', 'sw1a1aa'],
  ['18956', 'SG', '018956'],
  ['800', 'AU', '0800'],
  ['8001', 'CH', '8001'],
  ['1010', 'AT', '1010'],
  ['1000', 'BE', '1000'],
  ['067', 'DE', '067'],
  ['SW1A 1AA', 'GB', 'sw1a1aa'],
  ['M5V 3L9', 'CA', 'm5v3l9'],
  ['\u200bM5V\u00a03L9', 'CA', 'm5v3l9'],
])('normalizes the postal code %s of the country %s to %s', (raw, country, expected) => {
  expect(normalizeZip(raw, country)).toBe(expected);
});

test.each([
  ['California', 'US', 'ca'],
  ['CALIFORNIA', 'us', 'ca'],
  ['CA', 'US', 'ca'],
  ['New York', 'US', 'ny'],
  ['Washington, D.C.', 'US', 'dc'],
  ['US-CA', 'US', 'ca'],
  ['US:CA', 'US', 'ca'],
  ['us_ca', 'US', 'ca'],
  ['US-CA', undefined, 'ca'],
  ['Qu\u00e9bec', 'CA', 'qc'],
  ['Que\u0301bec', 'CA', 'qc'],
  ['British Columbia', 'CA', 'bc'],
  ['New South Wales', 'AU', 'nsw'],
  ['NSW', 'AU', 'nsw'],
  ['S\u00e3o Paulo', 'BR', 'sp'],
  ['Bavaria', 'DE', 'by'],
  ['Baden-W\u00fcrttemberg', 'DE', 'bw'],
  ['DE-BE', 'DE', 'be'],
  ['DE-BE', undefined, 'be'],
  ['JP13', 'JP', '13'],
  ['JP13', undefined, '13'],
  ['DE-BE', 'AT', 'debe'],
  ['XX-BE', undefined, 'xxbe'],
  ['California', undefined, 'california'],
  ['Noord-Holland', 'NL', 'noordholland'],
  ['Georgia', 'US', 'ga'],
])('normalizes the state %s of the country %s to %s', (raw, country, expected) => {
  expect(normalizeState(raw, country)).toBe(expected);
});
