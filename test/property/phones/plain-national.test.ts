/** Reading a national number by its country's plan gives the result of the phone library, for every country. */
import fc from 'fast-check';
import { type CountryCode, getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import metadata from 'libphonenumber-js/min/metadata';
import { expect, test } from 'vitest';
import { readPlainNational } from '../../../lib/privacy/phone-numbers/plain-national.ts';
import { runs } from '../../support/runs.ts';

const countries = getCountries();

const validIn = (digits: string, country: CountryCode): string | undefined => {
  const phone = parsePhoneNumberFromString(digits, { defaultCountry: country, extract: false });
  return phone?.isValid() ? phone.number : undefined;
};

/** Digits of the country's plan, also behind a prefix or with another digit, and any other digits. */
const digitsOf = (country: CountryCode) => {
  const [, , pattern, , , prefix] = metadata.countries[country] ?? [];
  const planned = fc.stringMatching(new RegExp(`^(?:${pattern})$`));
  return fc.oneof(
    { weight: 3, arbitrary: planned },
    { weight: 1, arbitrary: planned.map((digits) => `${prefix || '0'}${digits}`) },
    {
      weight: 1,
      arbitrary: fc.tuple(planned, fc.nat(9)).map(([digits, last]) => digits.slice(0, -1) + last),
    },
    { weight: 1, arbitrary: fc.stringMatching(/^\d{2,17}$/) },
  );
};

const number = fc
  .constantFrom(...countries, ...Array<CountryCode>(40).fill('US'))
  .chain((country) => digitsOf(country).map((digits) => ({ country, digits })));

test('reads a national number as the phone library does, or leaves it to the library', () => {
  fc.assert(
    fc.property(number, ({ country, digits }) => {
      const plain = readPlainNational(digits, country);
      if (plain !== undefined) expect(plain, `${country} ${digits}`).toBe(validIn(digits, country));
    }),
    runs(5_000),
  );
});

test.each([
  ['US', '2133734253', '+12133734253'],
  ['US', '8005550123', '+18005550123'],
  ['DE', '15112345678', '+4915112345678'],
  ['FR', '612345678', '+33612345678'],
] as const)('reads the plain number of %s, %s, without the library', (country, digits, expected) => {
  expect(readPlainNational(digits, country)).toBe(expected);
});

test.each([
  ['US', '12133734253', 'the country code'],
  ['US', '4165550123', 'an area code of Canada'],
  ['US', '0114930901820', 'the digits for a call abroad'],
  ['CA', '4165550123', 'a plan that another country shares'],
  ['DE', '03012345678', 'a trunk prefix'],
  ['BR', '90508894792', 'the digits for a collect call'],
] as [CountryCode, string, string][])(
  'leaves a number of %s, %s, to the library because of %s',
  (country, digits) => {
    expect(readPlainNational(digits, country)).toBeUndefined();
  },
);
