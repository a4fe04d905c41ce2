/** Countries become ISO 3166-1 alpha-2, however people write them; any other text becomes nothing. */
import { expect, test } from 'vitest';
import { phoneCountry, toCountryCode } from '../../../lib/privacy/country.ts';
import { alpha2ByAlpha3, alpha2Codes } from '../../../lib/privacy/places/country-codes.ts';

const named = (language: string): [string | undefined, string][] => {
  const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
  return [...alpha2Codes].map((code) => [names.of(code), code]);
};

test('knows the 249 codes of ISO 3166-1 and XK, each with one alpha-3 code', () => {
  expect(alpha2Codes.size).toBe(250);
  expect(alpha2ByAlpha3.size).toBe(250);
  for (const [alpha3, alpha2] of alpha2ByAlpha3) {
    expect(toCountryCode(alpha3), alpha3).toBe(alpha2);
    expect(toCountryCode(` ${alpha2.toLowerCase()}\n`), alpha2).toBe(alpha2);
  }
});

test.each(['en', 'de', 'es', 'fr', 'it', 'ja'])(
  'converts the name that the language %s has for each country to its code',
  (language) => {
    for (const [name = '', code] of named(language)) {
      expect(toCountryCode(name), name).toBe(code);
      expect(toCountryCode(` ${name.toUpperCase()} `), name).toBe(code);
    }
  },
);

test.each([
  ['UK', 'GB'],
  ['uk', 'GB'],
  ['U.K.', 'GB'],
  ['U.S.', 'US'],
  ['USA', 'US'],
  ['U.S.A.', 'US'],
  ['United States of America', 'US'],
  ['The United States', 'US'],
  ['unitedstates', 'US'],
  ['United States (US)', 'US'],
  ['United Kingdom (UK)', 'GB'],
  ['Great Britain', 'GB'],
  ['England', 'GB'],
  ['Scotland', 'GB'],
  ['Holland', 'NL'],
  ['The Netherlands', 'NL'],
  ['Netherlands (the)', 'NL'],
  ['Czech Republic', 'CZ'],
  ['Czechia', 'CZ'],
  ['South Korea', 'KR'],
  ['Korea, Republic of', 'KR'],
  ["Korea, Democratic People's Republic of", 'KP'],
  ['Russia', 'RU'],
  ['Russian Federation', 'RU'],
  ['Vietnam', 'VN'],
  ['Viet Nam', 'VN'],
  ["Cote d'Ivoire", 'CI'],
  ['C\u00f4te d\u2019Ivoire', 'CI'],
  ['Ivory Coast', 'CI'],
  ['Turkey', 'TR'],
  ['Turkiye', 'TR'],
  ['T\u00dcRK\u0130YE', 'TR'],
  ['UAE', 'AE'],
  ['Iran, Islamic Republic of', 'IR'],
  ['Tanzania, United Republic of', 'TZ'],
  ['Congo, The Democratic Republic of the', 'CD'],
  ['Congo', 'CG'],
  ['Hong Kong', 'HK'],
  ['Bosnia and Herzegovina', 'BA'],
  ['Trinidad and Tobago', 'TT'],
  ['St. Lucia', 'LC'],
  ['Saint Lucia', 'LC'],
  ['Virgin Islands, U.S.', 'VI'],
  ['Georgia', 'GE'],
  ['Kosovo', 'XK'],
  ['Deutschland', 'DE'],
  ['DEUTSCHLAND', 'DE'],
  ['Espa\u00f1a', 'ES'],
  ['Espan\u0303a', 'ES'],
  ['Espana', 'ES'],
  ['\u00d6sterreich', 'AT'],
  ['OESTERREICH', 'AT'],
  ['Schweiz', 'CH'],
  ['Suisse', 'CH'],
  ['Belgi\u00eb', 'BE'],
  ['Magyarorsz\u00e1g', 'HU'],
  ['Polska', 'PL'],
  ['Brasil', 'BR'],
  ['Srbija', 'RS'],
  ['\u65e5\u672c', 'JP'],
  ['\u53f0\u7063', 'TW'],
  ['\ub300\ud55c\ubbfc\uad6d', 'KR'],
  ['\u0420\u043e\u0441\u0441\u0438\u044f', 'RU'],
  ['Aus\u200btralia\u00a0', 'AU'],
])('converts the country %s to %s', (text, code) => {
  expect(toCountryCode(text)).toBe(code);
});

test.each([
  '',
  ' ',
  'XX',
  'EU',
  'ZZ',
  'AN',
  'n/a',
  'none',
  'null',
  'undefined',
  'Atlantis',
  'California',
  'US-CA',
  '49',
  '()',
  '((US',
  'a'.repeat(65_536),
  '('.repeat(65_536),
])('does not take %j for a country', (text) => {
  expect(toCountryCode(text)).toBeUndefined();
});

test.each([
  [undefined, 'US', 'US'],
  ['\u200b', 'US', 'US'],
  ['', 'US', 'US'],
  [' ', 'US', 'US'],
  [undefined, undefined, undefined],
  ['Australia', 'US', 'AU'],
  ['UK', 'US', 'GB'],
  ['XX', 'US', undefined],
  ['Atlantis', 'US', undefined],
])(
  'reads a phone beside the country %j, with the default %s, in the country %s',
  (own, byDefault, expected) => {
    expect(phoneCountry(own, byDefault)).toBe(expected);
  },
);
